package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Finds engagements that are stored already under another identity: a whole export came again, and
 * a column that is part of a row's content was added, taken away or filled with other values.
 */
public final class RepeatedHistory {
  /** What an engagement says, whatever else its row has. */
  private static final List<String> SAID =
      List.of(
          "lead_id",
          "occurred_at",
          "event",
          "channel",
          "stated_direction",
          "asset",
          "value",
          "cost");

  private static final String MADE = "^[0-9a-f]{32}-[0-9]+$";

  private static final int MOST_NAMES = 5;

  private RepeatedHistory() {}

  /**
   * Adds {@code is_copy}: whether a stored engagement says the same, each of them standing for one
   * new row; and {@code known_attributes} of such a one. Where both have an id of the source, they
   * are two.
   *
   * @param fresh rows of {@link EngagementIdentity#distinct}
   * @param stored {@code engagements} of the same time
   */
  public static Dataset<Row> marked(Dataset<Row> fresh, Dataset<Row> stored) {
    Column[] ofStored =
        Stream.concat(SAID.stream(), Stream.of("event_id", "attributes"))
            .map(functions::col)
            .toArray(Column[]::new);
    Dataset<Row> together =
        fresh
            .withColumn("is_made", col("event_id").startsWith(concat(col("content"), lit("-"))))
            .withColumn("is_stored", lit(false))
            .unionByName(
                stored
                    .select(ofStored)
                    .withColumn("is_made", col("event_id").rlike(MADE))
                    .withColumn("is_stored", lit(true)),
                true);
    Column[] said = SAID.stream().map(functions::col).toArray(Column[]::new);
    Column[] alike =
        Stream.concat(Stream.of(said), Stream.of(col("is_stored"), col("is_made")))
            .toArray(Column[]::new);
    Column others =
        when(col("is_made"), count(when(col("is_stored"), 1)).over(Window.partitionBy(said)))
            .otherwise(
                count(when(col("is_stored").and(col("is_made")), 1))
                    .over(Window.partitionBy(said)));
    return together
        .withColumn("others", others)
        .withColumn(
            "known_attributes",
            max_by(
                    when(col("is_stored"), col("attributes")),
                    when(col("is_stored"), col("event_id")))
                .over(Window.partitionBy(said)))
        .withColumn("ordinal", row_number().over(Window.partitionBy(alike).orderBy("event_id")))
        .where(not(col("is_stored")))
        .withColumn("is_copy", col("ordinal").leq(col("others")))
        .drop("is_made", "is_stored", "others", "ordinal");
  }

  /**
   * How many rows say what a row of another file says, though their content differs.
   *
   * @param good good rows of {@link RawRows#engagements}; those with an id of the source are not
   *     looked at
   */
  public static long acrossFiles(Dataset<Row> good) {
    Column[] said = SAID.stream().map(functions::col).toArray(Column[]::new);
    Column[] inFile = Stream.concat(Stream.of(said), Stream.of(col("file"))).toArray(Column[]::new);
    Dataset<Row> each =
        EngagementIdentity.distinct(good.where(col("event_id").isNull()), good.limit(0));
    return each.groupBy(inFile)
        .agg(count(lit(1)).as("rows"))
        .groupBy(said)
        .agg(sum("rows").minus(max("rows")).as("more"))
        .agg(coalesce(sum("more"), lit(0L)))
        .head()
        .getLong(0);
  }

  /**
   * Names of attributes that copies have otherwise than what is stored, those of the most rows
   * first, five at most.
   *
   * @param copies rows of {@link #marked}
   */
  public static List<String> differing(Dataset<Row> copies) {
    Column known = coalesce(col("known_attributes"), col("attributes"));
    return copies
        .select(explode(AttributeNames.differing(col("attributes"), known)).as("name"))
        .groupBy("name")
        .agg(count(lit(1)).as("rows"))
        .orderBy(desc("rows"), col("name"))
        .limit(MOST_NAMES)
        .select("name")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
