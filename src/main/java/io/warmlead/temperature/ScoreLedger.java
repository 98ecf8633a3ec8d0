package io.warmlead.temperature;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Splits the change of a probability into its causes. Between the score before and today's stand
 * four more, each with one thing changed; a cause is the difference of two neighbours, so that all
 * add up to the whole change.
 */
public final class ScoreLedger {
  /** As published before. */
  public static final String BEFORE = "previous_probability";

  /** The old model, on the old date's history as it is known now. */
  public static final String CORRECTED = "corrected";

  /** The same, seen from today. */
  public static final String AGED = "aged";

  /** The same with today's attributes. */
  public static final String WITH_ATTRIBUTES = "with_attributes";

  /** The same with the engagements since. */
  public static final String WITH_EVENTS = "with_events";

  /** As published today, by today's model. */
  public static final String TODAY = "probability";

  private static final List<String> SCORES =
      List.of(BEFORE, CORRECTED, AGED, WITH_ATTRIBUTES, WITH_EVENTS, TODAY);

  static final String BY_CORRECTIONS = "by_corrections";
  static final String BY_DECAY = "by_decay";
  static final String BY_ATTRIBUTES = "by_attributes";
  static final String BY_NEW_EVENTS = "by_new_events";
  static final String BY_MODEL = "by_model";

  /** Columns that say how much of a change is due to what, in the order of the steps. */
  public static final List<String> CAUSES =
      List.of(BY_CORRECTIONS, BY_DECAY, BY_ATTRIBUTES, BY_NEW_EVENTS, BY_MODEL);

  private ScoreLedger() {}

  /**
   * Adds {@code delta} and the causes {@code by_corrections, by_decay, by_attributes,
   * by_new_events, by_model}.
   *
   * @param scores one row per lead with the six probabilities, none NULL
   */
  public static Dataset<Row> withCauses(Dataset<Row> scores) {
    Dataset<Row> all = scores.withColumn("delta", col(TODAY).minus(col(BEFORE)));
    for (int step = 0; step < CAUSES.size(); step++) {
      all =
          all.withColumn(CAUSES.get(step), col(SCORES.get(step + 1)).minus(col(SCORES.get(step))));
    }
    return all;
  }

  /**
   * Name of the cause that has moved a probability furthest in a direction, the earlier step of two
   * that are equal; NULL where none has, or nothing is known.
   *
   * @param direction positive for up, negative for down
   */
  static Column mainCause(Column direction) {
    Column largest = array_max(array(sized(-1)));
    Column smallest = array_min(array(sized(1)));
    return when(direction.gt(0).and(largest.getField("by").gt(0)), largest.getField("cause"))
        .when(direction.lt(0).and(smallest.getField("by").lt(0)), smallest.getField("cause"));
  }

  /** How much each cause did, then its step times a factor, by which equals are ordered. */
  private static Column[] sized(int order) {
    return IntStream.range(0, CAUSES.size())
        .mapToObj(
            step ->
                struct(
                    col(CAUSES.get(step)).as("by"),
                    lit(order * step).as("step"),
                    lit(CAUSES.get(step)).as("cause")))
        .toArray(Column[]::new);
  }
}
