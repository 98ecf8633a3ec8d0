package io.warmlead.decay;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Turns leads, outcomes and touches into lifetimes: how long after an origin each lead converted,
 * or how long it was watched without converting.
 *
 * <p>Result: one row per lead, dimension and value with
 *
 * <ul>
 *   <li>{@code lead_id} STRING, {@code dimension} STRING (overall, segment, source, signal,
 *       channel, first_touch, weekday), {@code value} STRING ({@code all} for overall, {@code
 *       unknown} where NULL);
 *   <li>{@code origin} STRING: {@code lead_creation} for overall, segment and source; {@code touch}
 *       for the others: the lead's first of that signal, or on that channel; for first_touch (its
 *       signal) and weekday ({@code 1 Monday} to {@code 7 Sunday}) the first the lead came with by
 *       itself;
 *   <li>{@code duration_days} DOUBLE, fractional, 0 or more; NULL where set aside;
 *   <li>{@code entry_days} DOUBLE, 0 or more: the day from which the lead was watched. A lead
 *       created before the log begins is watched only from then on: had it converted before, nobody
 *       would know. NULL where set aside;
 *   <li>{@code is_converted} BOOLEAN: ended by the first conversion at or after the origin;
 *       otherwise censored, by the first closing outcome without conversion or by the as-of
 *       instant. A conversion and a loss at the same instant are a conversion;
 *   <li>{@code is_lost} BOOLEAN: censored by an outcome, not by the end of observation;
 *   <li>{@code watched_days} DOUBLE: from the origin to the end of observation, whether or not the
 *       lead had ended by then; NULL where set aside;
 *   <li>{@code silent_days} INT: whole days from the day of the origin to that on which the lead
 *       had been silent for too long for the first time ({@link FallingSilent}), whether or not it
 *       had ended by then; NULL where set aside;
 *   <li>{@code may_be_silent} BOOLEAN: watched for longer than that before engagements are known,
 *       so that nobody can tell;
 *   <li>{@code set_aside} STRING: NULL, or why the lead was never at risk: {@code
 *       converted_before_origin}, {@code lost_before_origin}, {@code origin_unknown}.
 * </ul>
 *
 * <p>Conversions that do not close a lead (repeat purchase) set nothing aside: the time runs to the
 * first one after the origin.
 *
 * <p><b>Bare dates.</b> An outcome at exactly midnight of the zone is taken for a date without
 * time. It is measured from the start of the origin's day, in whole days, so that a deal closed on
 * the day of the first contact lasts 0 days instead of standing before its own origin.
 */
public final class Lifetimes {
  static final String UNKNOWN = "unknown";

  private static final double MICROSECONDS_PER_DAY = 86_400e6;

  private Lifetimes() {}

  /**
   * What was known at an instant. Rows at or after that instant are not looked at.
   *
   * @param leads lead_id STRING, created_at TIMESTAMP, segment STRING, source STRING; one row a
   *     lead
   * @param outcomes lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN
   * @param touches lead_id STRING, signal STRING, channel STRING, first_at TIMESTAMP, direction
   *     STRING; the first touch per lead, signal, channel and direction
   * @param inboundDays lead_id STRING, day INT; the days of all inbound touches, each once, counted
   *     from 1970 in the zone of days
   * @param logBegins first instant of which engagements or outcomes tell, at the start of its day
   * @param engagementsBegin first instant of which engagements tell, likewise; not before logBegins
   * @param asOf end of observation
   * @param zone zone in which outcomes that are dates without time were read
   * @param dayZone zone of days and weekdays
   * @param silentAfterDays a lead is silent after more than so many days without inbound touch
   * @param inboundReopens whether an inbound touch reopens a closed lead, so that a touch after the
   *     closing starts a lifetime; otherwise such touches are set aside
   */
  public record History(
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Dataset<Row> touches,
      Dataset<Row> inboundDays,
      Instant logBegins,
      Instant engagementsBegin,
      Instant asOf,
      ZoneId zone,
      ZoneId dayZone,
      int silentAfterDays,
      boolean inboundReopens) {

    public History {
      Objects.requireNonNull(leads, "leads");
      Objects.requireNonNull(outcomes, "outcomes");
      Objects.requireNonNull(touches, "touches");
      Objects.requireNonNull(inboundDays, "inboundDays");
      Objects.requireNonNull(logBegins, "logBegins");
      Objects.requireNonNull(engagementsBegin, "engagementsBegin");
      Objects.requireNonNull(asOf, "asOf");
      Objects.requireNonNull(zone, "zone");
      Objects.requireNonNull(dayZone, "dayZone");
    }
  }

  /** Lifetimes of every lead in every dimension; shapes above. */
  public static Dataset<Row> of(History history) {
    Dataset<Row> facts =
        outcomesPerLead(history)
            .join(
                FallingSilent.spells(history.inboundDays(), history.silentAfterDays()),
                new String[] {"lead_id"},
                "full");
    return Origins.of(history, facts)
        .withColumn("origin_micros", unix_micros(col("origin_at")))
        .withColumn("origin_day_micros", unix_micros(startOfDay("origin_at", history.zone())))
        .transform(Lifetimes::withElapsed)
        .transform(lifetimes -> withSetAside(lifetimes, history.inboundReopens()))
        .transform(lifetimes -> withDuration(lifetimes, history.asOf()))
        .transform(lifetimes -> withEntry(lifetimes, history.logBegins()))
        .withColumn("silent_days", when(col("set_aside").isNull(), silentDays(history)))
        .withColumn("may_be_silent", col("set_aside").isNull().and(mayBeSilent(history)))
        .select(
            "lead_id",
            "dimension",
            "value",
            "origin",
            "duration_days",
            "is_converted",
            "set_aside",
            "is_lost",
            "watched_days",
            "entry_days",
            "silent_days",
            "may_be_silent");
  }

  private static Column silentDays(History history) {
    return FallingSilent.days(
        col("origin_at"),
        lit(history.engagementsBegin()),
        history.dayZone(),
        history.silentAfterDays());
  }

  /** Whether the lead may have fallen silent before engagements tell of anybody. */
  private static Column mayBeSilent(History history) {
    Column watchedFrom = greatest(col("origin_micros"), unix_micros(lit(history.logBegins())));
    return unix_micros(lit(history.engagementsBegin()))
        .minus(watchedFrom)
        .gt(lit(history.silentAfterDays() * MICROSECONDS_PER_DAY));
  }

  /** All outcomes of a lead in one array, so that each origin is joined to a single row. */
  private static Dataset<Row> outcomesPerLead(History history) {
    Column outcome =
        struct(
            unix_micros(col("occurred_at")).as("micros"),
            col("occurred_at").equalTo(startOfDay("occurred_at", history.zone())).as("is_date"),
            col("is_conversion"),
            col("closes"));
    return history
        .outcomes()
        .where(col("occurred_at").lt(lit(history.asOf())))
        .where(col("is_conversion").or(col("closes")))
        .groupBy("lead_id")
        .agg(collect_list(outcome).as("outcomes"));
  }

  /** Adds each outcome's time from the origin, and from these the first that count. */
  private static Dataset<Row> withElapsed(Dataset<Row> origins) {
    Column elapsed =
        transform(
            col("outcomes"),
            outcome ->
                struct(
                    outcome
                        .getField("micros")
                        .minus(
                            when(outcome.getField("is_date"), col("origin_day_micros"))
                                .otherwise(col("origin_micros")))
                        .as("micros"),
                    outcome.getField("is_conversion").as("is_conversion"),
                    outcome.getField("closes").as("closes")));
    return origins
        .withColumn("elapsed", elapsed)
        .withColumn("converted_after", firstAfterOrigin(true))
        .withColumn("lost_after", firstAfterOrigin(false));
  }

  private static Column firstAfterOrigin(boolean isConversion) {
    Column counting =
        filter(
            col("elapsed"),
            outcome ->
                outcome
                    .getField("is_conversion")
                    .equalTo(isConversion)
                    .and(outcome.getField("micros").geq(0)));
    return array_min(transform(counting, outcome -> outcome.getField("micros")));
  }

  private static Dataset<Row> withSetAside(Dataset<Row> lifetimes, boolean inboundReopens) {
    Column closed = inboundReopens ? not(col("is_inbound")) : lit(true);
    return lifetimes.withColumn(
        "set_aside",
        when(col("origin_at").isNull(), "origin_unknown")
            .when(closed.and(closedBeforeOrigin(true)), "converted_before_origin")
            .when(closed.and(closedBeforeOrigin(false)), "lost_before_origin"));
  }

  private static Column closedBeforeOrigin(boolean isConversion) {
    return exists(
        col("elapsed"),
        outcome ->
            outcome
                .getField("closes")
                .and(outcome.getField("is_conversion").equalTo(isConversion))
                .and(outcome.getField("micros").lt(0)));
  }

  private static Dataset<Row> withDuration(Dataset<Row> lifetimes, Instant asOf) {
    Column converted =
        col("converted_after")
            .isNotNull()
            .and(col("lost_after").isNull().or(col("converted_after").leq(col("lost_after"))));
    Column watched = unix_micros(lit(asOf)).minus(col("origin_micros"));
    Column isAtRisk = col("set_aside").isNull();
    Column micros =
        when(converted, col("converted_after")).otherwise(coalesce(col("lost_after"), watched));
    return lifetimes
        .withColumn("is_converted", isAtRisk.and(converted))
        .withColumn("is_lost", isAtRisk.and(not(converted)).and(col("lost_after").isNotNull()))
        .withColumn("duration_days", when(isAtRisk, micros.divide(lit(MICROSECONDS_PER_DAY))))
        .withColumn("watched_days", when(isAtRisk, watched.divide(lit(MICROSECONDS_PER_DAY))));
  }

  /** Touches are read from the log itself, so only creations can lie before it. */
  private static Dataset<Row> withEntry(Dataset<Row> lifetimes, Instant logBegins) {
    Column micros = greatest(unix_micros(lit(logBegins)).minus(col("origin_micros")), lit(0L));
    return lifetimes.withColumn(
        "entry_days",
        when(
            col("set_aside").isNull(),
            when(
                    col("origin").equalTo(Origins.LEAD_CREATION),
                    micros.divide(lit(MICROSECONDS_PER_DAY)))
                .otherwise(0D)));
  }

  private static Column startOfDay(String timestamp, ZoneId zone) {
    Column local = from_utc_timestamp(col(timestamp), zone.getId());
    return to_utc_timestamp(date_trunc("day", local), zone.getId());
  }
}
