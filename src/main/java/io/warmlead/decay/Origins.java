package io.warmlead.decay;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.dayname;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Where lifetimes begin: the creation of a lead, and its first touches.
 *
 * <p>Result: one row per lead, dimension and value with lead_id, dimension, value, origin STRING,
 * origin_at TIMESTAMP, is_inbound BOOLEAN, as {@link Lifetimes} tells, and facts about the lead.
 */
final class Origins {
  static final String LEAD_CREATION = "lead_creation";

  private static final String[] LEAD = {"lead_id"};
  private static final String SIGNAL = "signal";
  private static final String FIRST_TOUCH = "first_touch";
  private static final String WEEKDAY = "weekday";

  private static final int DIRECTION_BITS = 2;
  private static final int INBOUND = 0;
  private static final int NEGATIVE = 1;
  private static final int OUTBOUND = 2;
  private static final int NOT_KNOWN = 3;

  private Origins() {}

  /**
   * The origins.
   *
   * @param facts what each row carries of its lead: {@code lead_id} and any columns, one row a
   *     lead. Joined before a lead becomes many rows, so that these are never moved
   */
  static Dataset<Row> of(Lifetimes.History history, Dataset<Row> facts) {
    return creations(history, facts).unionByName(firstTouches(history, facts));
  }

  private static Dataset<Row> creations(Lifetimes.History history, Dataset<Row> facts) {
    Column known = col("created_at").isNull().or(col("created_at").lt(lit(history.asOf())));
    return history
        .leads()
        .where(known)
        .select(
            col("lead_id"),
            lit(LEAD_CREATION).as("origin"),
            col("created_at").as("origin_at"),
            lit(false).as("is_inbound"),
            array(
                    group("overall", lit("all")),
                    group("segment", col("segment")),
                    group("source", col("source")))
                .as("groups"))
        .join(facts, LEAD, "left")
        .withColumn("group", explode(col("groups")))
        .select(col("*"), col("group.*"))
        .drop("group", "groups");
  }

  /**
   * First touches per signal and channel, and the first inbound one of all. A touch is one number,
   * its instant and behind it its direction, so that the grouping has nothing to sort.
   */
  private static Dataset<Row> firstTouches(Lifetimes.History history, Dataset<Row> facts) {
    Column touch = shiftleft(unix_micros(col("first_at")), DIRECTION_BITS).bitwiseOR(direction());
    Column isFirstOfAll =
        col("dimension")
            .equalTo(SIGNAL)
            .and(col("inbound_touch").isNotNull())
            .and(col("place").equalTo(1));
    return history
        .touches()
        .where(col("first_at").lt(lit(history.asOf())))
        .select(
            col("lead_id"),
            touch.as("touch"),
            explode(array(group(SIGNAL, col("signal")), group("channel", col("channel"))))
                .as("group"))
        .groupBy(col("lead_id"), col("group.dimension"), col("group.value"))
        .agg(
            min("touch").as("touch"),
            min(when(isInbound(col("touch")), col("touch"))).as("inbound_touch"))
        .withColumn(
            "place",
            row_number()
                .over(
                    Window.partitionBy("lead_id", "dimension")
                        .orderBy(col("inbound_touch").asc_nulls_last(), col("value"))))
        .join(facts, LEAD, "left")
        .withColumn(
            "start",
            explode(
                array(
                    start(col("dimension"), col("value"), col("touch")),
                    when(isFirstOfAll, start(lit(FIRST_TOUCH), col("value"), col("inbound_touch"))),
                    when(
                        isFirstOfAll,
                        start(
                            lit(WEEKDAY),
                            weekdayOf(at(col("inbound_touch")), history.dayZone()),
                            col("inbound_touch"))))))
        .where(col("start").isNotNull())
        .drop("dimension", "value", "touch", "inbound_touch", "place")
        .select(col("*"), col("start.*"), lit("touch").as("origin"))
        .withColumn("origin_at", at(col("touch")))
        .withColumn("is_inbound", isInbound(col("touch")))
        .drop("start", "touch");
  }

  /** At one instant what the lead did itself comes first. */
  private static Column direction() {
    return when(col("direction").equalTo("inbound"), INBOUND)
        .when(col("direction").equalTo("negative"), NEGATIVE)
        .when(col("direction").equalTo("outbound"), OUTBOUND)
        .otherwise(NOT_KNOWN);
  }

  /** An unknown direction counts as inbound, as it does in the signal catalogue. */
  private static Column isInbound(Column touch) {
    return touch.bitwiseAND((1 << DIRECTION_BITS) - 1).isin((long) INBOUND, (long) NOT_KNOWN);
  }

  private static Column at(Column touch) {
    return timestamp_micros(shiftright(touch, DIRECTION_BITS));
  }

  private static Column start(Column dimension, Column value, Column touch) {
    return struct(dimension.as("dimension"), value.as("value"), touch.as("touch"));
  }

  /** Numbered, so that the days sort as they follow each other. */
  private static Column weekdayOf(Column instant, ZoneId dayZone) {
    Column local = from_utc_timestamp(instant, dayZone.getId());
    return concat(weekday(local).plus(1).cast("string"), lit(" "), dayname(local));
  }

  private static Column group(String dimension, Column value) {
    return struct(
        lit(dimension).as("dimension"), coalesce(value, lit(Lifetimes.UNKNOWN)).as("value"));
  }
}
