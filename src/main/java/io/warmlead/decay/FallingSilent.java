package io.warmlead.decay;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * When a lead has fallen silent: more than so many days have passed, day by day, without an inbound
 * engagement. It may come back; this is the first time after an origin that it was away so long.
 *
 * <p>Days are whole days of the zone, so that a curve has no more times of falling silent than its
 * history has days. A lead is silent from the start of the day on.
 *
 * <p>The days of a lead are held as spells: runs of days none of which is more than so many days
 * after the one before.
 */
final class FallingSilent {
  private static final String STARTS = "spell_starts";
  private static final String ENDS = "spell_ends";

  private FallingSilent() {}

  /**
   * Replaces {@code inbound_days} ARRAY&lt;INT&gt; (days since 1970, in any order, NULL where the
   * row tells nothing) by {@code spells} ARRAY&lt;STRUCT&gt; of the lead, the same on all its rows.
   *
   * @param rows with {@code lead_id}
   */
  static Dataset<Row> withSpells(Dataset<Row> rows, int silentAfterDays) {
    Column days = col("inbound_days");
    return rows.withColumn("inbound_days", array_sort(array_distinct(days)))
        .withColumn(
            STARTS, filter(days, (day, i) -> isApart(get(days, i.minus(1)), day, silentAfterDays)))
        .withColumn(
            ENDS, filter(days, (day, i) -> isApart(day, get(days, i.plus(1)), silentAfterDays)))
        .withColumn("spells", arrays_zip(col(STARTS), col(ENDS)))
        .withColumn("spells", max("spells").over(Window.partitionBy("lead_id")))
        .drop("inbound_days", STARTS, ENDS);
  }

  private static Column isApart(Column day, Column next, int silentAfterDays) {
    return coalesce(next.minus(day).gt(silentAfterDays), lit(true));
  }

  /**
   * Days from the day of an origin to the first on which the lead has fallen silent.
   *
   * @param originAt TIMESTAMP; counts as an engagement itself
   * @param watchedFrom TIMESTAMP from which engagements are known; counts as one where it is later
   */
  static Column days(Column originAt, Column watchedFrom, ZoneId zone, int silentAfterDays) {
    Column origin = day(originAt, zone);
    Column begin = day(watchedFrom, zone);
    Column from = when(begin.gt(origin), begin).otherwise(origin);
    Column spell = get(filter(col("spells"), each -> each.getField(ENDS).geq(from)), lit(0));
    Column lastDay =
        when(spell.getField(STARTS).minus(from).leq(silentAfterDays), spell.getField(ENDS))
            .otherwise(from);
    return lastDay.plus(silentAfterDays + 1).minus(origin);
  }

  private static Column day(Column timestamp, ZoneId zone) {
    return unix_date(from_utc_timestamp(timestamp, zone.getId()).cast("date"));
  }
}
