package io.warmlead.feature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Chooses the features that the data can support. Never looks at outcomes. */
public final class FeaturePlanner {
  private static final int MAX_SIGNALS = 30;
  private static final int MAX_CHANNELS = 10;
  private static final int MAX_FAMILIES = 12;
  private static final int MAX_ATTRIBUTES = 40;
  private static final int MAX_LEVELS = 20;

  /** Leads behind a signal, channel or level, at least: this many, and this share. */
  private static final int MIN_LEADS = 10;

  private static final double MIN_SHARE = 0.002;

  /** Share of values that must be numbers for an attribute to be one. */
  private static final double NUMERIC_SHARE = 0.95;

  private FeaturePlanner() {}

  /**
   * Chooses features.
   *
   * @param activity daily_activity known at the as-of instant
   * @param leads leads as of that instant, one row each
   */
  public static FeaturePlan plan(Dataset<Row> activity, Dataset<Row> leads) {
    long leadCount = leads.count();
    long least = Math.max(MIN_LEADS, (long) (MIN_SHARE * leadCount));
    Map<String, Long> numbers = new LinkedHashMap<>();
    Map<String, List<String>> levels = new LinkedHashMap<>();
    attributes(leads, least, numbers, levels);
    return new FeaturePlan(
        frequent(activity, "signal", least, MAX_SIGNALS),
        frequent(activity, "family", least, MAX_FAMILIES),
        frequent(activity, "channel", least, MAX_CHANNELS),
        List.copyOf(numbers.keySet()),
        levels,
        !activity.where(col("value").gt(0)).isEmpty(),
        List.of());
  }

  private static List<String> frequent(Dataset<Row> activity, String column, long least, int most) {
    return activity
        .groupBy(col(column))
        .agg(countDistinct("lead_id").as("leads"))
        .where(col("leads").geq(least))
        .orderBy(desc("leads"), col(column))
        .limit(most)
        .select(column)
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  private static void attributes(
      Dataset<Row> leads, long least, Map<String, Long> numbers, Map<String, List<String>> levels) {
    Column number = functions.col("text").try_cast("double");
    Dataset<Row> values =
        leads
            .select(explode(LeadAttributes.all()).as(new String[] {"name", "text"}))
            .where(col("text").isNotNull());
    Dataset<Row> byLevel =
        values
            .groupBy("name", "text")
            .agg(
                count(lit(1)).as("leads"),
                max(when(number.isNotNull(), 1).otherwise(0)).as("is_number"));
    List<Row> names =
        byLevel
            .groupBy("name")
            .agg(
                sum("leads").as("filled"),
                sum(col("leads").multiply(col("is_number"))).as("numeric"),
                count(lit(1)).as("distinct"))
            .orderBy(desc("filled"), col("name"))
            .limit(MAX_ATTRIBUTES)
            .collectAsList();
    List<String> categories = new ArrayList<>();
    for (Row row : names) {
      boolean isNumber = row.getLong(2) >= NUMERIC_SHARE * row.getLong(1) && row.getLong(3) > 2;
      if (isNumber) {
        numbers.put(row.getString(0), row.getLong(1));
      } else {
        categories.add(row.getString(0));
      }
    }
    for (Row row :
        byLevel
            .where(col("name").isin(categories.toArray()).and(col("leads").geq(least)))
            .orderBy(col("name"), desc("leads"), col("text"))
            .collectAsList()) {
      List<String> known = levels.computeIfAbsent(row.getString(0), name -> new ArrayList<>());
      if (known.size() < MAX_LEVELS) {
        known.add(row.getString(1));
      }
    }
  }
}
