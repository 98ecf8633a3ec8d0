package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds attributes that change with every export, such as the day on which a lead was last seen:
 * they make a version of every lead each night.
 */
public final class RestlessAttributes {
  private static final List<String> TEXTS =
      List.of(
          "source",
          "segment",
          "country",
          "language",
          "account_id",
          "referrer_id",
          "owner",
          "budget",
          "authority",
          "need",
          "timeline",
          "override_tier");

  private RestlessAttributes() {}

  /**
   * Attributes that new versions have otherwise than the version that is valid now: {@code
   * attribute, leads}.
   *
   * @param changed of {@link LeadVersions#changed}
   * @param stored the leads table
   */
  public static Dataset<Row> differing(Dataset<Row> changed, Dataset<Row> stored) {
    Dataset<Row> now = changed.where(not(col("is_outdated"))).as("now");
    Dataset<Row> before = stored.where(col("valid_to").isNull()).as("before");
    Column[] texts =
        TEXTS.stream()
            .map(name -> when(not(col("now." + name).eqNullSafe(col("before." + name))), lit(name)))
            .toArray(Column[]::new);
    Column others = AttributeNames.differing(col("now.attributes"), col("before.attributes"));
    return now.join(before, col("now.lead_id").equalTo(col("before.lead_id")))
        .select(
            col("now.lead_id").as("lead_id"),
            explode(concat(array_compact(array(texts)), others)).as("attribute"))
        .groupBy("attribute")
        .agg(count_distinct(col("lead_id")).as("leads"));
  }
}
