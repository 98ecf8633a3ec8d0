package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.dayname;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where lifetimes begin: the creation of a lead, and its first touches.
 *
 * <p>Result: one row per lead, dimension and value with lead_id, dimension, value, origin STRING,
 * origin_at TIMESTAMP, is_inbound BOOLEAN, as {@link Lifetimes} tells; and spells of the lead, as
 * {@link FallingSilent} does.
 */
final class Origins {
  static final String LEAD_CREATION = "lead_creation";

  private static final String FIRST_TOUCH = "first_touch";
  private static final String WEEKDAY = "weekday";

  private Origins() {}

  static Dataset<Row> of(Lifetimes.History history) {
    return FallingSilent.withSpells(
        creations(history).unionByName(firstTouches(history)), history.silentAfterDays());
  }

  private static Dataset<Row> creations(Lifetimes.History history) {
    Column known = col("created_at").isNull().or(col("created_at").lt(lit(history.asOf())));
    return history
        .leads()
        .where(known)
        .select(
            col("lead_id"),
            col("created_at").as("origin_at"),
            lit(false).as("is_inbound"),
            lit(LEAD_CREATION).as("origin"),
            lit(null).cast("array<int>").as("inbound_days"),
            explode(
                    array(
                        group("overall", lit("all")),
                        group("segment", col("segment")),
                        group("source", col("source"))))
                .as("group"))
        .transform(Origins::withGroupColumns);
  }

  /**
   * First touches per signal and channel, and the first inbound one of all with the days of all, in
   * one grouping.
   */
  private static Dataset<Row> firstTouches(Lifetimes.History history) {
    // An unknown direction counts as inbound, as it does in the signal catalogue.
    Column isInbound = coalesce(col("direction").isin("inbound", Lifetimes.UNKNOWN), lit(true));
    Column isFirstOfAll = col("group.dimension").equalTo(FIRST_TOUCH);
    Column groups =
        array(
            group("signal", col("signal")),
            group("channel", col("channel")),
            when(isInbound, group(FIRST_TOUCH, lit(Lifetimes.UNKNOWN))));
    return history
        .touches()
        .where(col("first_at").lt(lit(history.asOf())))
        .select(
            col("lead_id"),
            // At one instant "inbound" sorts before "outbound": the lead's own act decides.
            struct(col("first_at"), col("direction"), col("signal")).as("touch"),
            isInbound.as("is_inbound"),
            col("inbound_days"),
            explode(groups).as("group"))
        .where(col("group").isNotNull())
        .groupBy("lead_id", "group")
        .agg(
            min(struct(col("touch"), col("is_inbound"))).as("first"),
            flatten(collect_list(when(isFirstOfAll, col("inbound_days")))).as("inbound_days"))
        .select(
            col("lead_id"),
            col("first.touch.first_at").as("origin_at"),
            col("first.is_inbound").as("is_inbound"),
            lit("touch").as("origin"),
            when(isFirstOfAll, col("inbound_days")).as("inbound_days"),
            explode(groupsOfFirst(history.dayZone())).as("group"))
        .transform(Origins::withGroupColumns);
  }

  private static Column groupsOfFirst(ZoneId dayZone) {
    Column local = from_utc_timestamp(col("first.touch.first_at"), dayZone.getId());
    // Numbered, so that the days sort as they follow each other.
    Column weekday = concat(weekday(local).plus(1).cast("string"), lit(" "), dayname(local));
    return when(
            col("group.dimension").equalTo(FIRST_TOUCH),
            array(group(FIRST_TOUCH, col("first.touch.signal")), group(WEEKDAY, weekday)))
        .otherwise(array(col("group")));
  }

  private static Column group(String dimension, Column value) {
    return struct(
        lit(dimension).as("dimension"), coalesce(value, lit(Lifetimes.UNKNOWN)).as("value"));
  }

  private static Dataset<Row> withGroupColumns(Dataset<Row> origins) {
    return origins.select(
        col("lead_id"),
        col("group.dimension"),
        col("group.value"),
        col("origin"),
        col("origin_at"),
        col("is_inbound"),
        col("inbound_days"));
  }
}
