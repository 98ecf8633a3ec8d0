package io.warmlead.temperature;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.BantSettings;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Budget, authority, need and timing: known from an attribute of the lead, or from a signal that
 * tells of it within the warm window.
 */
final class Bant {
  private static final Map<String, String> ATTRIBUTES =
      Map.of("budget", "budget", "authority", "authority", "need", "need", "timing", "timeline");

  private final Behaviour behaviour;

  Bant(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /**
   * Adds {@code bant_score} (0 to 4), {@code bant_missing} and {@code bant_evidence}.
   *
   * @param leads with the BANT attributes, behaviour and {@code as_of}
   */
  Dataset<Row> with(Dataset<Row> leads) {
    Column[] known = BantSettings.PARTS.stream().map(this::evidence).toArray(Column[]::new);
    Column[] missing =
        BantSettings.PARTS.stream()
            .map(part -> when(evidence(part).isNull(), lit(part)))
            .toArray(Column[]::new);
    return leads
        .withColumn("bant_evidence", array_compact(array(known)))
        .withColumn("bant_missing", array_compact(array(missing)))
        .withColumn("bant_score", size(col("bant_evidence")));
  }

  /** What a part is known from; NULL where it is not known. */
  private Column evidence(String part) {
    Column byAttribute =
        evidence(part, "attribute", lit(null).cast("string"), lit(null).cast("timestamp"));
    Column told = when(col(ATTRIBUTES.get(part)).isNotNull(), byAttribute);
    return behaviour
        .lastBantSignal(part)
        .map(last -> told.when(last.isOfLate(), evidence(part, "signal", last.signal(), last.at())))
        .orElse(told);
  }

  private static Column evidence(String part, String source, Column signal, Column at) {
    return struct(
        lit(part).as("part"), lit(source).as("source"), signal.as("signal"), at.as("signal_at"));
  }
}
