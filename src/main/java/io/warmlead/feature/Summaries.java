package io.warmlead.feature;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.EarlierColumns;
import io.warmlead.activity.FixedPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a lead did before an instant, summed up per signal, channel and direction: the few numbers
 * that all features and tier rules are made of. Features are conditional sums over these rows, of
 * which a lead has a handful, and not over its days, of which it has hundreds.
 *
 * <p>Sums of fractions are kept in fixed point (units of 2^-30), so that they do not depend on the
 * order of rows.
 */
public final class Summaries {
  private static final int BITS = 60;
  private static final int LONGEST_FIXED_WINDOW = 90;

  private final SortedSet<Integer> windows = new TreeSet<>();
  private final SortedSet<Integer> halfLives = new TreeSet<>();
  private final List<Column> further = new ArrayList<>();
  private final Map<String, Column> notes = new LinkedHashMap<>();

  /** Notes that the number of engagements of the last days is wanted. */
  public Summaries window(int days) {
    windows.add(days);
    return this;
  }

  /** Notes that the sum of engagements, halved every so many days, is wanted. */
  public Summaries halfLife(int days) {
    halfLives.add(days);
    return this;
  }

  /** Notes a further sum over {@link PointInTime#activity}. */
  public Summaries further(Column sum) {
    further.add(sum);
    return this;
  }

  /**
   * Notes a column over the sums. What many conditions ask for is made once per row: comparing
   * texts in each of hundreds of sums costs more than the sums.
   */
  public Summaries note(String name, Column column) {
    notes.put(name, column);
    return this;
  }

  /** Days of the longest window that is wanted, and of what else looks at single days. */
  public int longestWindow() {
    return Math.max(LONGEST_FIXED_WINDOW, windows.last());
  }

  /**
   * Sums up: one row per lead, instant, signal, channel and direction, with {@code events_total},
   * {@code events_Nd}, {@code decayed_Nd}, {@code min_age}, {@code max_age} (days since the last
   * and since the first of them), {@code last_micros}, {@code day_bits}, {@code week_bits}, {@code
   * weekend_90d}, {@code business_90d}, {@code value_total}, {@code value_90d}, {@code is_inbound},
   * the further sums and the noted columns.
   *
   * @param activity {@link PointInTime#activity}
   */
  public Dataset<Row> of(Dataset<Row> activity) {
    List<Column> sums = new ArrayList<>();
    for (int days : windows) {
      sums.add(known(sum(within(days, col("events")))).as("events_" + days + "d"));
    }
    for (int days : halfLives) {
      sums.add(known(sum(decayed(days))).as("decayed_" + days + "d"));
    }
    sums.add(min("age_days").as("min_age"));
    sums.add(max(PointInTime.days(col("first_at"), col("as_of"))).as("max_age"));
    sums.add(max(functions.unix_micros(col("last_at"))).as("last_micros"));
    sums.add(dayBits(1, lit(0L)).as("day_bits"));
    sums.add(dayBits(7, EarlierColumns.weekBits(col("as_of_day"))).as("week_bits"));
    Column isWeekend = functions.dayofweek(col("day")).isin(1, 7);
    sums.add(
        known(sum(within(90, when(isWeekend, col("events")).otherwise(0L)))).as("weekend_90d"));
    sums.add(known(sum(within(90, col("business_events")))).as("business_90d"));
    sums.add(sum("value").as("value_total"));
    sums.add(sum(when(col("day_age").leq(90), col("value"))).as("value_90d"));
    sums.addAll(further);
    return activity
        .groupBy("lead_id", "as_of", "signal", "channel", "family", "direction", "intent")
        .agg(known(sum("events")).as("events_total"), sums.toArray(Column[]::new))
        .withColumn("is_inbound", col("direction").isin("inbound", "unknown"))
        .withColumns(notes);
  }

  /**
   * Position of a text in a list, -1 for all others, never NULL: cheaper to compare than the text.
   */
  public static Column position(Column text, List<String> known) {
    Column position = lit(-1);
    for (int index = 0; index < known.size(); index++) {
      position = when(text.equalTo(known.get(index)), index).otherwise(position);
    }
    return position;
  }

  /** A condition that is false where it is not known. */
  public static Column isTrue(Column condition) {
    return coalesce(condition, lit(false));
  }

  /** Engagements of the last days in the rows that satisfy a condition. */
  public static Column events(Column condition, int days) {
    return total(condition, "events_" + days + "d");
  }

  /** All engagements in the rows that satisfy a condition. */
  public static Column events(Column condition) {
    return total(condition, "events_total");
  }

  /** Decayed engagements in the rows that satisfy a condition, fixed point. */
  public static Column decayed(Column condition, int halfLifeDays) {
    return total(condition, "decayed_" + halfLifeDays + "d");
  }

  /** Sum of a column of {@link #of} over the rows that satisfy a condition. */
  public static Column total(Column condition, String column) {
    return sum(when(condition, col(column)).otherwise(0L));
  }

  /** A fixed-point sum as a number; NULL counts as none. */
  public static Column number(Column fixedPoint) {
    return FixedPoint.number(fixedPoint);
  }

  /** A sum as a column that is never NULL, which Spark adds up without looking. */
  private static Column known(Column sum) {
    return coalesce(sum, lit(0L));
  }

  private static Column within(int days, Column amount) {
    return when(col("day_age").leq(days), amount).otherwise(0L);
  }

  private static Column decayed(int halfLifeDays) {
    return when(
            EarlierColumns.isDay(),
            FixedPoint.halved(col("events"), col("age_days"), lit((double) halfLifeDays)))
        .otherwise(EarlierColumns.decayed(halfLifeDays, col("earlier_days")));
  }

  /** One bit per spell of so many days, counted back from the instant, the newest first. */
  private static Column dayBits(int width, Column ofEarlier) {
    Column spell = functions.floor(col("day_age").divide(lit((double) width))).cast("int");
    return bit_or(
        when(not(EarlierColumns.isDay()), ofEarlier)
            .when(
                spell.leq(BITS).and(not(spell.lt(0))),
                functions.call_function("shiftleft", lit(1L), spell))
            .otherwise(lit(0L)));
  }
}
