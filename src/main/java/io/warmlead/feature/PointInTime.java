package io.warmlead.feature;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.warmlead.activity.DailyActivities;
import io.warmlead.activity.EarlierColumns;
import io.warmlead.config.ConversionSettings;
import io.warmlead.config.RunSettings;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * History as it was known before an instant: only what had happened and had arrived strictly before
 * it. Training and scoring both go through here, for many instants or for one.
 */
public final class PointInTime {
  private PointInTime() {}

  /** The instants as a small frame: {@code as_of TIMESTAMP, as_of_day DATE}. */
  public static Dataset<Row> instants(SparkSession spark, List<Instant> asOf, RunSettings run) {
    StructType schema =
        new StructType()
            .add("as_of", DataTypes.TimestampType, false)
            .add("as_of_day", DataTypes.DateType, false);
    return spark.createDataFrame(
        asOf.stream()
            .map(instant -> RowFactory.create(Timestamp.from(instant), localDate(instant, run)))
            .toList(),
        schema);
  }

  /**
   * Activity per instant. Each row of {@code daily_activity} meets every instant after its day of
   * arrival; the begun day of an instant that is not a midnight comes from the engagements.
   *
   * <p>Adds {@code as_of}, {@code day_age} (whole days from the activity's day to the instant's, 1
   * = the day before), {@code age_days} (fractional days since {@code last_at}) and {@code
   * is_inbound} (unknown directions count as inbound); for rows of earlier history, which have a
   * column {@link EarlierColumns#EARLIER}, {@code earlier_days}, from their border.
   *
   * @param activity {@code daily_activity}; earlier history among it lies before every window of
   *     the instants
   * @param engagements {@code engagements}; read only for instants that are not midnights
   */
  public static Dataset<Row> activity(
      Dataset<Row> activity, Dataset<Row> engagements, List<Instant> asOf, RunSettings run) {
    Dataset<Row> instants = instants(activity.sparkSession(), asOf, run);
    // Together by lead from here on: one shuffle of the compact history serves all groupings, and
    // what is multiplied by the instants is never moved.
    Dataset<Row> whole =
        byLead(activity, asOf.size())
            .join(broadcast(instants), col("arrived_day").lt(col("as_of_day")));
    Dataset<Row> known =
        asOf.stream().allMatch(instant -> isMidnight(instant, run))
            ? whole
            : whole.unionByName(begun(engagements, instants, run), true);
    return aged(known);
  }

  /**
   * When each lead last engaged by itself, as it was known at instants: {@code lead_id, as_of,
   * last_inbound_micros} (from 1970) and {@code days_since_last_inbound}, fractional; no row where
   * nothing was known.
   *
   * <p>Every row of the history meets the first instant that knows it, and what is known is carried
   * on from there: however many instants there are, the history is gone through once.
   *
   * @param activity {@code daily_activity}
   * @param engagements {@code engagements}; read only for instants that are not midnights
   */
  public static Dataset<Row> lastInbound(
      Dataset<Row> activity, Dataset<Row> engagements, List<Instant> asOf, RunSettings run) {
    Dataset<Row> instants = instants(activity.sparkSession(), asOf, run);
    Column isFirst =
        col("arrived_day")
            .lt(col("as_of_day"))
            .and(col("day_before").isNull().or(col("arrived_day").geq(col("day_before"))));
    WindowSpec ofLead = Window.partitionBy("lead_id").orderBy("as_of");
    Dataset<Row> learned =
        lastMicros(activity.join(broadcast(withDayBefore(instants, asOf, run)), isFirst))
            .withColumn("last_inbound_micros", max("last_inbound_micros").over(ofLead))
            .withColumn("until", lead("as_of", 1).over(ofLead))
            .withColumnRenamed("as_of", "since");
    Dataset<Row> known =
        learned
            .join(
                broadcast(instants),
                col("as_of")
                    .geq(col("since"))
                    .and(col("until").isNull().or(col("as_of").lt(col("until")))))
            .select("lead_id", "as_of", "last_inbound_micros");
    if (!asOf.stream().allMatch(instant -> isMidnight(instant, run))) {
      known =
          known
              .unionByName(lastMicros(begun(engagements, instants, run)))
              .groupBy("lead_id", "as_of")
              .agg(max("last_inbound_micros").as("last_inbound_micros"));
    }
    return known.withColumn(
        "days_since_last_inbound",
        functions
            .unix_micros(col("as_of"))
            .minus(col("last_inbound_micros"))
            .divide(lit(86_400e6)));
  }

  /** Adds {@code day_before}: the day of the instant before, NULL for the first. */
  private static Dataset<Row> withDayBefore(
      Dataset<Row> instants, List<Instant> asOf, RunSettings run) {
    Column before = lit(null).cast("date");
    List<Instant> sorted = asOf.stream().distinct().sorted().toList();
    for (int index = 1; index < sorted.size(); index++) {
      before =
          when(
                  col("as_of").equalTo(lit(Timestamp.from(sorted.get(index)))),
                  lit(localDate(sorted.get(index - 1), run)))
              .otherwise(before);
    }
    return instants.withColumn("day_before", before);
  }

  private static Dataset<Row> lastMicros(Dataset<Row> activity) {
    return activity
        .where(isInbound())
        .groupBy("lead_id", "as_of")
        .agg(max(functions.unix_micros(col("last_at"))).as("last_inbound_micros"));
  }

  /** Unknown directions count as inbound. */
  private static Column isInbound() {
    return col("direction").isin("inbound", "unknown");
  }

  /**
   * What of the history counts.
   *
   * @param occurredBefore only what had happened before this instant
   * @param arrivedBefore only what had arrived before this one
   */
  public record Known(Instant occurredBefore, Instant arrivedBefore) {}

  /**
   * The same history seen from several instants: {@link #activity(Dataset, Dataset, List,
   * RunSettings)}, with what counts given apart from the instants that ages are measured at.
   *
   * @param activity {@code daily_activity}
   * @param engagements {@code engagements}; read only where a limit is not a midnight
   */
  public static Dataset<Row> activity(
      Dataset<Row> activity,
      Dataset<Row> engagements,
      List<Instant> asOf,
      Known known,
      RunSettings run) {
    Dataset<Row> instants = broadcast(instants(activity.sparkSession(), asOf, run));
    Dataset<Row> whole = byLead(activity.where(isWhole(known, run)), 1);
    if (isMidnight(known.occurredBefore(), run) && isMidnight(known.arrivedBefore(), run)) {
      return aged(whole.crossJoin(instants));
    }
    Dataset<Row> begun =
        engagements
            .withColumn("day", DailyActivities.localTime(col("occurred_at"), run).cast("date"))
            .withColumn("arrived_day", DailyActivities.localTime(col("known_at"), run).cast("date"))
            .where(functions.not(isWhole(known, run)))
            .where(col("occurred_at").lt(lit(Timestamp.from(known.occurredBefore()))))
            .where(col("known_at").lt(lit(Timestamp.from(known.arrivedBefore()))))
            .drop("day", "arrived_day");
    return aged(whole.unionByName(DailyActivities.of(begun, run), true).crossJoin(instants));
  }

  /** Whether all of a row of daily activity counts. */
  private static Column isWhole(Known known, RunSettings run) {
    return col("day")
        .lt(lit(localDate(known.occurredBefore(), run)))
        .and(col("arrived_day").lt(lit(localDate(known.arrivedBefore(), run))));
  }

  private static Date localDate(Instant instant, RunSettings run) {
    return Date.valueOf(instant.atZone(run.zone()).toLocalDate());
  }

  private static Dataset<Row> aged(Dataset<Row> known) {
    boolean hasEarlier = List.of(known.columns()).contains(EarlierColumns.EARLIER);
    return (hasEarlier
            ? known
            : known.withColumn(EarlierColumns.EARLIER, EarlierColumns.notEarlier()))
        .withColumn(
            "earlier_days", days(col(EarlierColumns.EARLIER).getField("until_at"), col("as_of")))
        .withColumn("day_age", functions.datediff(col("as_of_day"), col("day")))
        .withColumn("age_days", days(col("last_at"), col("as_of")))
        .withColumn("is_inbound", isInbound());
  }

  /**
   * Open leads per instant with their attributes as they were: created before it, in the version
   * valid then, and not closed by an outcome before it. Adds {@code was_closed}: whether one had
   * closed the lead before it acted again.
   *
   * @param aggregated result of a grouping of {@link #activity} by lead and instant; has {@code
   *     last_inbound_micros} where closed leads may reopen
   */
  public static Dataset<Row> openLeads(
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Dataset<Row> aggregated,
      List<Instant> asOf,
      ConversionSettings conversion,
      RunSettings run) {
    Dataset<Row> instants = instants(leads.sparkSession(), asOf, run);
    Dataset<Row> closings =
        outcomes
            .where(col("closes"))
            .join(broadcast(instants), col("occurred_at").lt(col("as_of")))
            .groupBy("lead_id", "as_of")
            .agg(max("occurred_at").as("closed_at"));
    Column isOpen = col("closed_at").isNull();
    if (conversion.reopensOnInbound()) {
      isOpen = isOpen.or(functions.unix_micros(col("closed_at")).lt(col("last_inbound_micros")));
    }
    return leadsAsOf(leads, instants)
        .join(closings, new String[] {"lead_id", "as_of"}, "left_outer")
        .join(aggregated, new String[] {"lead_id", "as_of"}, "left_outer")
        .where(isOpen)
        .withColumn("was_closed", col("closed_at").isNotNull())
        .drop("closed_at");
  }

  /**
   * Leads in the version that was valid at each instant; a lead's first version from its creation
   * on, though a source may date it later.
   */
  public static Dataset<Row> leadsAsOf(Dataset<Row> leads, Dataset<Row> instants) {
    return leads.join(
        broadcast(instants),
        col("created_at")
            .lt(col("as_of"))
            .and(coalesce(col("counts_from"), col("valid_from")).lt(col("as_of")))
            .and(col("valid_to").isNull().or(col("valid_to").geq(col("as_of")))));
  }

  /**
   * Leads known to convert within the horizon after an instant: {@code lead_id, as_of, delay_days}
   * (days to the first such conversion), once each.
   *
   * @param outcomes {@code outcomes}
   * @param knownBefore outcomes at or after this instant are not known
   */
  public static Dataset<Row> conversions(
      Dataset<Row> outcomes,
      List<Instant> asOf,
      int horizonDays,
      Instant knownBefore,
      RunSettings run) {
    Column ends =
        functions.timestamp_seconds(
            functions.unix_seconds(col("as_of")).plus(horizonDays * 86_400L));
    return outcomes
        .where(col("is_conversion").and(col("occurred_at").lt(lit(Timestamp.from(knownBefore)))))
        .join(
            broadcast(instants(outcomes.sparkSession(), asOf, run)),
            col("occurred_at").geq(col("as_of")).and(col("occurred_at").lt(ends)))
        .groupBy("lead_id", "as_of")
        .agg(functions.min(days(col("as_of"), col("occurred_at"))).as("delay_days"));
  }

  /** Adds {@code label}: 1 for a conversion within the horizon, else 0; and {@code delay_days}. */
  public static Dataset<Row> withLabel(Dataset<Row> rows, Dataset<Row> conversions) {
    return rows.join(conversions, new String[] {"lead_id", "as_of"}, "left_outer")
        .withColumn("label", when(col("delay_days").isNotNull(), 1).otherwise(0));
  }

  /** Fractional days between two timestamps. */
  public static Column days(Column from, Column to) {
    return functions.unix_micros(to).minus(functions.unix_micros(from)).divide(lit(86_400e6));
  }

  /** Whether an instant is the start of a day in the company's zone. */
  public static boolean isMidnight(Instant instant, RunSettings run) {
    ZonedDateTime local = instant.atZone(run.zone());
    return local.toLocalDate().atStartOfDay(run.zone()).toInstant().equals(instant)
        || local.toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  /**
   * Many instants multiply the rows after the shuffle, where Spark, which sees only the compact
   * history, would otherwise put all of it into one task.
   */
  private static Dataset<Row> byLead(Dataset<Row> activity, int instants) {
    int partitions =
        Integer.parseInt(activity.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return instants == 1
        ? activity.repartition(col("lead_id"))
        : activity.repartition(partitions, col("lead_id"));
  }

  private static Dataset<Row> begun(
      Dataset<Row> engagements, Dataset<Row> instants, RunSettings run) {
    Column arrivedDay = DailyActivities.localTime(col("known_at"), run).cast("date");
    return DailyActivities.of(
        engagements.join(
            broadcast(instants),
            arrivedDay.equalTo(col("as_of_day")).and(col("known_at").lt(col("as_of")))),
        run,
        col("as_of"),
        col("as_of_day"));
  }
}
