package io.warmlead.ingest;

import static org.apache.spark.sql.functions.col;

import io.warmlead.config.ConversionSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
}
