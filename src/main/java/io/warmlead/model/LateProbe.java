package io.warmlead.model;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.LeadAttributes;
import io.warmlead.feature.PlanColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Attributes that leads get only after they converted, where versions from before and after the
 * conversion are there to tell. What every lead got at some time, converted or not, is innocent.
 */
final class LateProbe {
  /** Of the converted leads that have a value now, so many had none when they converted. */
  private static final double ONLY_AFTER = 0.9;

  /** Leads that did not convert have it so many times less often. */
  private static final double CONTRAST = 5;

  private LateProbe() {}

  /**
   * The suspects with their evidence.
   *
   * @param leads leads, all versions
   * @param outcomes outcomes
   * @param attributes attributes to look at, fewer than 64
   * @param asOf nothing at or after this instant is known
   */
  static Map<PlanColumn, String> suspects(
      Dataset<Row> leads, Dataset<Row> outcomes, List<String> attributes, Instant asOf) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    Column isBefore = col("valid_from").lt(col("converted_at"));
    Column isNow = col("valid_to").isNull().or(col("valid_to").geq(lit(asOf)));
    Dataset<Row> byLead =
        leads
            .where(col("valid_from").lt(lit(asOf)))
            .join(conversions(outcomes, asOf), new String[] {"lead_id"}, "left_outer")
            .withColumn("filled", filled(attributes))
            .groupBy("lead_id", "converted_at")
            .agg(
                bit_or(when(isBefore, col("filled"))).as("before"),
                bit_or(when(isNow, col("filled"))).as("now"),
                sum(when(isBefore, 0L).otherwise(1L)).as("later"));
    Column hasBoth =
        col("converted_at").isNotNull().and(col("before").isNotNull()).and(col("later").gt(0));
    Column isOther = col("converted_at").isNull();
    List<Column> sums = new ArrayList<>();
    sums.add(number(isOther));
    sums.add(number(hasBoth));
    for (int attribute = 0; attribute < attributes.size(); attribute++) {
      sums.add(number(isOther.and(has("now", attribute))));
      sums.add(number(hasBoth.and(has("now", attribute))));
      sums.add(number(hasBoth.and(has("now", attribute)).and(not(has("before", attribute)))));
    }
    Row counted =
        byLead.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).head();
    Map<PlanColumn, String> suspects = new LinkedHashMap<>();
    for (int attribute = 0; attribute < attributes.size(); attribute++) {
      int at = 2 + 3 * attribute;
      long others = Math.max(1, counted.getLong(0));
      long converted = counted.getLong(1);
      long otherFilled = counted.getLong(at);
      long filled = counted.getLong(at + 1);
      long onlyAfter = counted.getLong(at + 2);
      if (onlyAfter >= LeakageGate.FEWEST
          && onlyAfter >= ONLY_AFTER * filled
          && CONTRAST * otherFilled / others <= (double) filled / converted) {
        suspects.put(
            PlanColumn.attribute(attributes.get(attribute)),
            String.format(
                Locale.ROOT,
                "%d of %d converted leads that have it got it only after they converted; of the"
                    + " leads that did not convert %.1f %% have it",
                onlyAfter,
                filled,
                100.0 * otherFilled / others));
      }
    }
    return suspects;
  }

  /** The first conversion of every lead before an instant: {@code lead_id, converted_at}. */
  static Dataset<Row> conversions(Dataset<Row> outcomes, Instant asOf) {
    return outcomes
        .where(col("is_conversion").and(col("occurred_at").lt(lit(asOf))))
        .groupBy("lead_id")
        .agg(min("occurred_at").as("converted_at"));
  }

  /** One bit per attribute. */
  private static Column filled(List<String> attributes) {
    Column bits = lit(0L);
    for (int attribute = 0; attribute < attributes.size(); attribute++) {
      Column text = LeadAttributes.text(attributes.get(attribute));
      bits = bits.plus(when(text.isNotNull(), 1L << attribute).otherwise(0L));
    }
    return bits;
  }

  private static Column has(String bits, int attribute) {
    return coalesce(col(bits), lit(0L)).bitwiseAND(lit(1L << attribute)).notEqual(0L);
  }

  private static Column number(Column condition) {
    return coalesce(sum(when(condition, 1L).otherwise(0L)), lit(0L));
  }
}
