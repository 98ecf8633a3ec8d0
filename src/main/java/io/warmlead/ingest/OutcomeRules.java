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
   * One row of each lead, outcome and instant that is not stored yet.
   *
   * @param rows good rows of {@link RawRows#outcomes}
   */
  public static Dataset<Row> distinct(Dataset<Row> rows, Dataset<Row> stored) {
    String[] key = {"lead_id", "outcome", "occurred_at"};
    return rows.withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("lead_id", "outcome", "occurred_at")
                        .orderBy(col("value").desc_nulls_last(), col("file"))))
        .where(col("copy").equalTo(1))
        .drop("copy")
        .join(stored.select("lead_id", "outcome", "occurred_at"), key, "left_anti");
  }
}
