package io.warmlead.activity;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.warmlead.config.RunSettings;
import io.warmlead.config.SignalSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Keeps history that is too old for any window as a few numbers per lead and kind of engagement.
 *
 * <p>History is cut at borders, Mondays that lie four weeks apart. What arrived between two borders
 * is summed up as it stands at the later one, and added to what the row held before, faded to that
 * day. So the numbers depend on the days alone, and not on how many nights it took to add them up:
 * rows that were carried on are the same, to the last bit, as rows made from the whole history.
 */
public final class EarlierActivities {
  /** Rises when the same days come to other numbers. */
  private static final int FORMAT = 1;

  private static final int PERIOD_DAYS = 28;

  /** 1970-01-05, the first Monday of the calendar that Spark counts days in. */
  private static final int FIRST_MONDAY = 4;

  private static final String MONEY = "decimal(28,4)";
  private static final String PERIODS = "periods";
  private static final List<String> KIND =
      List.of("lead_id", "signal", "channel", "family", "direction", "intent");

  private final SignalSettings signals;
  private final RunSettings run;

  public EarlierActivities(SignalSettings signals, RunSettings run) {
    this.signals = signals;
    this.run = run;
  }

  /**
   * The border for a date: what arrived before it is older than any window.
   *
   * @param longestWindow days of the longest window that looks back from the date
   */
  public static LocalDate border(LocalDate date, int longestWindow) {
    long newest = date.toEpochDay() - longestWindow;
    return LocalDate.ofEpochDay(newest - Math.floorMod(newest - FIRST_MONDAY, PERIOD_DAYS));
  }

  /** Digest of all that the numbers depend on, beside the days. */
  public String definition() {
    return DigestUtils.sha256Hex(
            FORMAT
                + " "
                + signals
                + " "
                + run
                + PERIOD_DAYS
                + EarlierColumns.HALF_LIVES
                + Arrays.toString(EarlierColumns.LADDER))
        .substring(0, 16);
  }

  /**
   * Rows of {@code earlier_activity} from the days alone.
   *
   * @param days rows of {@code daily_activity} that arrived before a border
   */
  public Dataset<Row> of(Dataset<Row> days) {
    return folded(periods(days));
  }

  /**
   * The same, from rows that stood at an earlier border and the days that arrived since.
   *
   * @param stored rows of {@code earlier_activity}
   * @param days rows of {@code daily_activity} that arrived between the two borders
   * @return rows of kinds that had days; all others are as they were
   */
  public Dataset<Row> carriedOn(Dataset<Row> stored, Dataset<Row> days) {
    Dataset<Row> added = periods(days).localCheckpoint();
    String[] kind = KIND.toArray(String[]::new);
    return folded(
        added.unionByName(stored.join(added.select(kind()), kind, "left_semi").drop("definition")));
  }

  /**
   * Shows rows of {@code earlier_activity} as rows of {@code daily_activity}, each on its last day
   * and older than any window, with a further column {@link EarlierColumns#EARLIER}: {@code
   * STRUCT<until_at: TIMESTAMP, until_day: DATE, decayed, points, week_bits, digest>}.
   */
  public Dataset<Row> asActivity(Dataset<Row> earlier) {
    return earlier.select(
        col("lead_id"),
        DailyActivities.localTime(col("last_at"), run).cast("date").as("day"),
        col("signal"),
        col("channel"),
        date_sub(col("until_day"), 1).as("arrived_day"),
        col("family"),
        col("direction"),
        col("intent"),
        col("events"),
        col("first_at"),
        col("last_at"),
        col("value"),
        lit(0L).as("business_events"),
        col("batch"),
        struct(
                startOf(col("until_day")).as("until_at"),
                col("until_day"),
                col("decayed"),
                col("points"),
                col("week_bits"),
                col("digest"))
            .as(EarlierColumns.EARLIER));
  }

  /** Days summed up per kind and border, as they stand at the border after their arrival. */
  private Dataset<Row> periods(Dataset<Row> days) {
    Column sinceMonday = unix_date(col("arrived_day")).minus(FIRST_MONDAY);
    Column until =
        date_add(
            col("arrived_day"),
            lit(PERIOD_DAYS).minus(functions.pmod(sinceMonday, lit(PERIOD_DAYS))));
    List<Column> kind = new ArrayList<>(List.of(kind()));
    kind.add(col("until_day"));
    return days.withColumn("until_day", until)
        .withColumn("age_days", daysBetween(col("last_at"), startOf(col("until_day"))))
        .withColumn("points", DailyPoints.of(signals))
        .groupBy(kind.toArray(Column[]::new))
        .agg(
            sum("events").as("events"),
            min("first_at").as("first_at"),
            max("last_at").as("last_at"),
            sum("value").cast(MONEY).as("value"),
            array(
                    EarlierColumns.HALF_LIVES.stream()
                        .map(halfLife -> faded(col("events"), halfLife))
                        .toArray(Column[]::new))
                .as("decayed"),
            array(
                    Arrays.stream(EarlierColumns.LADDER)
                        .mapToObj(halfLife -> faded(col("points"), halfLife))
                        .toArray(Column[]::new))
                .as("points"),
            WeekBits.until(col("until_day")).as("week_bits"),
            bit_xor(EarlierColumns.digestOfDay()).as("digest"),
            max("batch").as("batch"));
  }

  private static Column faded(Column amount, double halfLifeDays) {
    return coalesce(sum(FixedPoint.halved(amount, col("age_days"), lit(halfLifeDays))), lit(0L));
  }

  /** Adds the periods of each kind up, the oldest first. */
  private Dataset<Row> folded(Dataset<Row> periods) {
    Column period =
        struct(
            col("until_day"),
            unix_micros(startOf(col("until_day"))).as("until_micros"),
            col("events"),
            col("first_at"),
            col("last_at"),
            col("value"),
            col("decayed"),
            col("points"),
            col("week_bits"),
            col("digest"),
            col("batch"));
    Column first = element_at(col(PERIODS), 1);
    Column others = slice(col(PERIODS), lit(2), functions.size(col(PERIODS)));
    return periods
        .groupBy(kind())
        .agg(array_sort(collect_list(period)).as(PERIODS))
        .withColumn("sum", aggregate(others, first, EarlierActivities::added))
        .select(col("*"), col("sum.*"))
        .drop(PERIODS, "sum", "until_micros")
        .withColumn("definition", lit(definition()));
  }

  /** What was known at a border, and what arrived between it and a later one. */
  private static Column added(Column before, Column since) {
    Column days =
        since.getField("until_micros").minus(before.getField("until_micros")).divide(lit(86_400e6));
    return struct(
        since.getField("until_day").as("until_day"),
        since.getField("until_micros").as("until_micros"),
        both(before, since, "events", Column::plus),
        both(before, since, "first_at", (one, other) -> least(one, other)),
        both(before, since, "last_at", (one, other) -> greatest(one, other)),
        both(before, since, "value", (one, other) -> one.plus(other).cast(MONEY)),
        fadedAndAdded(before, since, "decayed", doubles(EarlierColumns.HALF_LIVES), days),
        fadedAndAdded(before, since, "points", EarlierColumns.LADDER, days),
        WeekBits.added(
                before.getField("week_bits"),
                before.getField("until_day"),
                since.getField("week_bits"),
                since.getField("until_day"))
            .as("week_bits"),
        both(before, since, "digest", Column::bitwiseXOR),
        both(before, since, "batch", (one, other) -> greatest(one, other)));
  }

  private static Column[] kind() {
    return KIND.stream().map(functions::col).toArray(Column[]::new);
  }

  private static Column both(
      Column before, Column since, String name, BinaryOperator<Column> together) {
    return together.apply(before.getField(name), since.getField(name)).as(name);
  }

  private static Column fadedAndAdded(
      Column before, Column since, String name, double[] halfLives, Column days) {
    return array(
            IntStream.range(0, halfLives.length)
                .mapToObj(
                    index ->
                        FixedPoint.aged(
                                before.getField(name).getItem(index), days, lit(halfLives[index]))
                            .plus(since.getField(name).getItem(index)))
                .toArray(Column[]::new))
        .as(name);
  }

  private static double[] doubles(List<Integer> numbers) {
    return numbers.stream().mapToDouble(Integer::doubleValue).toArray();
  }

  private Column startOf(Column date) {
    return to_utc_timestamp(date.cast("timestamp"), run.zone().getId());
  }

  private static Column daysBetween(Column from, Column to) {
    return unix_micros(to).minus(unix_micros(from)).divide(lit(86_400e6));
  }
}
