package io.warmlead.decay;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
   * One row per lead: {@code lead_id}, {@code spells} ARRAY&lt;STRUCT&gt;, in order.
   *
   * @param inboundDays {@code lead_id STRING, day INT} (days since 1970), each once, in any order
   */
  static Dataset<Row> spells(Dataset<Row> inboundDays, int silentAfterDays) {
    Column days = col("days");
    return inboundDays
        .groupBy("lead_id")
        .agg(array_sort(collect_list("day")).as("days"))
        .select(
            col("lead_id"),
            filter(days, (day, i) -> isApart(get(days, i.minus(1)), day, silentAfterDays))
                .as(STARTS),
            filter(days, (day, i) -> isApart(day, get(days, i.plus(1)), silentAfterDays)).as(ENDS))
        .select(col("lead_id"), arrays_zip(col(STARTS), col(ENDS)).as("spells"));
  }

  private static Column isApart(Column day, Column next, int silentAfterDays) {
    return coalesce(next.minus(day).gt(silentAfterDays), lit(true));
  }

  /**
   * Days from the day of an origin to the first on which the lead has fallen silent; over rows with
   * the {@link #spells} of their lead.
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
