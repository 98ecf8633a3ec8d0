package io.warmlead.insight;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What leads can have been brought by, as {@code source_performance.sql} names it. */
public final class Touchpoints {
  private static final List<String> MODELS =
      List.of("first_touch", "last_touch", "time_decayed", "position_based");

  static final List<String> SOURCES =
      List.of(
          "content",
          "referral",
          "event and webinar",
          "outreach reply",
          "e-mail",
          "social",
          "inbound signup",
          "demo request",
          "re-engaged",
          "site",
          "product",
          "ad",
          "other",
          "no touch");

  private Touchpoints() {}

  /** Rows that are there even where nobody was touched so: {@code model STRING, source STRING}. */
  public static Dataset<Row> listed(SparkSession spark) {
    return spark.createDataFrame(
        MODELS.stream()
            .flatMap(model -> SOURCES.stream().map(source -> RowFactory.create(model, source)))
            .toList(),
        new StructType()
            .add("model", DataTypes.StringType, false)
            .add("source", DataTypes.StringType, false));
  }
}
