package io.warmlead.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import io.warmlead.config.ConversionSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What outcomes mean. */
public final class OutcomeRules {
  private OutcomeRules() {}

  /** Adds {@code is_conversion} and {@code closes}. */
  public static Dataset<Row> classified(Dataset<Row> outcomes, ConversionSettings conversion) {
    Column isConversion = col("outcome").isin(conversion.outcomes().toArray());
    Column isLost = col("outcome").isin(conversion.lost().toArray());
    return outcomes
        .withColumn("is_conversion", isConversion)
        .withColumn("closes", conversion.closesLead() ? isConversion.or(isLost) : isLost);
  }

  /**
   * One row of each lead, outcome, instant and value that is not stored yet: two purchases of one
   * day are two outcomes where their amounts differ.
   *
   * @param rows good rows of {@link RawRows#outcomes}
   */
  public static Dataset<Row> distinct(Dataset<Row> rows, Dataset<Row> stored) {
    Dataset<Row> known =
        stored.select(
            col("lead_id").as("known_lead"),
            col("outcome").as("known_outcome"),
            col("occurred_at").as("known_at"),
            col("value").as("known_value"));
    return rows.withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("lead_id", "outcome", "occurred_at", "value")
                        .orderBy(col("file"))))
        .where(col("copy").equalTo(1))
        .drop("copy")
        .join(
            known,
            col("lead_id")
                .equalTo(col("known_lead"))
                .and(col("outcome").equalTo(col("known_outcome")))
                .and(col("occurred_at").equalTo(col("known_at")))
                .and(col("value").eqNullSafe(col("known_value"))),
            "left_anti");
  }
}
