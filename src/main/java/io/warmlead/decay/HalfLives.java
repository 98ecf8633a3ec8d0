package io.warmlead.decay;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import io.warmlead.decay.Histogram.Bin;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * How fast those who will ever convert do so, and how many never will: a mixture-cure model per
 * dimension and value; exponential, Weibull or a power law by what came in the last quarter of the
 * log ({@link ShapeChoice}). With losses it describes the cumulative incidence of conversion (Fine
 * and Gray 1999: who ended otherwise stays at risk until the end of observation, which is known for
 * all).
 *
 * <p>The half-life is the time by which half of those who will ever convert have done so; its 95 %
 * interval is by profile likelihood, given the shape chosen. The fit reads bins, never leads (see
 * {@link DurationGrid}): at most {@value #MOST_VALUES} values per dimension and some 250 bins each
 * reach the driver, however long the history.
 */
public final class HalfLives {
  /** Values fitted per dimension: those with most leads. */
  static final int MOST_VALUES = 50;

  /** Share of the log, its last days, by which shapes are judged. */
  private static final double HELD_OUT = 0.25;

  private static final StructType FIT =
      StructType.fromDDL(
          "dimension STRING, value STRING, shape STRING, shape_exponent DOUBLE,"
              + " half_life_days DOUBLE, ci_low DOUBLE, ci_high DOUBLE,"
              + " never_converts_share DOUBLE, fit_method STRING");

  static final String NO_UPPER_END = ", no upper end within the time watched";

  private HalfLives() {}

  private record Group(String dimension, String value) {
    static final String[] KEY = {"dimension", "value"};

    static Group of(Row row) {
      return new Group(row.getAs("dimension"), row.getAs("value"));
    }
  }

  private record Lives(Histogram now, Histogram then) {}

  /**
   * How many of the last days show which shape foretold them, for {@link DurationCounts#of}.
   *
   * @param logBegins first instant of which engagements or outcomes tell
   */
  public static double heldOutDays(Instant logBegins, Instant asOf) {
    double minutes = Duration.between(logBegins, asOf).toMinutes();
    return Math.max(0, HELD_OUT * minutes / DurationCounts.MINUTES_PER_DAY);
  }

  /**
   * One row per dimension and value. Where the data do not allow a fit, half-life, interval and
   * share are NULL, shape is {@code none}, and method says why. Runs a job: the bins are collected.
   *
   * @param durationCounts as {@link DurationCounts} gives them, earlier by {@link #heldOutDays};
   *     read twice, so persist them
   * @return the columns of {@link io.warmlead.table.DecayHalfLives} without as_of and run_id
   */
  public static Dataset<Row> fit(Dataset<Row> durationCounts, DecaySettings settings) {
    Dataset<Row> fromTheStart = fromTheStart(durationCounts);
    Dataset<Row> groups = groups(fromTheStart, settings);
    List<Row> fits =
        histograms(fromTheStart, groups).entrySet().parallelStream()
            .map(entry -> fitted(entry.getKey(), entry.getValue(), settings.minGroupConversions()))
            .toList();
    Dataset<Row> fitted = durationCounts.sparkSession().createDataFrame(fits, FIT);
    return groups
        .join(broadcast(fitted), Group.KEY, "left")
        .select(
            col("dimension"),
            col("value"),
            coalesce(col("shape"), lit("none")).as("shape"),
            col("shape_exponent"),
            col("half_life_days"),
            col("ci_low"),
            col("ci_high"),
            col("never_converts_share"),
            col("n"),
            col("conversions"),
            concat(coalesce(col("withheld"), col("fit_method")), setAsideNote(), lateNote())
                .as("method"));
  }

  /**
   * A fit to the leads watched from day 0 is not biased by the others that had to last until then.
   * Who was lost stays among those who had not converted by the end of observation: taken for
   * somebody who might have, the more are lost, the more would seem to convert.
   */
  static Dataset<Row> fromTheStart(Dataset<Row> counts) {
    return counts
        .withColumn("converted", col("converted").minus(col("late_converted")))
        .withColumn("censored", col("unconverted"));
  }

  /** Sizes per group, the unit its durations are told in, and why it is not fitted, if so. */
  private static Dataset<Row> groups(Dataset<Row> durationCounts, DecaySettings settings) {
    Column inWholeDays =
        when(col("minutes").mod(DurationGrid.MINUTES_PER_DAY_UNIT).equalTo(0), col("converted"));
    Column tooFewLeads = col("n").lt(settings.minGroupLeads());
    Column tooFewConversions = col("conversions").lt(settings.minGroupConversions());
    Column rank =
        row_number()
            .over(
                Window.partitionBy("dimension")
                    .orderBy(tooFewLeads.or(tooFewConversions), col("n").desc(), col("value")));
    return durationCounts
        .groupBy("dimension", "value")
        .agg(
            sum(col("converted").plus(col("censored"))).as("n"),
            sum("converted").as("conversions"),
            sum("set_aside").as("set_aside"),
            sum("entered").as("late"),
            coalesce(sum(inWholeDays), lit(0L)).as("in_whole_days"))
        .withColumn("size_rank", rank)
        .withColumn(
            "withheld",
            when(tooFewLeads, tooFew("n", "leads", settings.minGroupLeads()))
                .when(
                    tooFewConversions,
                    tooFew("conversions", "conversions", settings.minGroupConversions()))
                .when(
                    col("size_rank").gt(MOST_VALUES),
                    "withheld: the " + MOST_VALUES + " largest of the dimension are fitted"))
        .withColumn(
            "unit_minutes",
            when(
                    col("in_whole_days").multiply(2).geq(col("conversions")),
                    DurationGrid.MINUTES_PER_DAY_UNIT)
                .otherwise(DurationGrid.MINUTES_PER_FINE_UNIT));
  }

  private static Column tooFew(String count, String noun, int needed) {
    return concat(
        lit("withheld: "), col(count).cast("string"), lit(" " + noun + ", " + needed + " needed"));
  }

  private static Column setAsideNote() {
    Column note =
        concat(
            lit("; "),
            col("set_aside").cast("string"),
            lit(" set aside (converted, lost or unknown before day 0)"));
    return when(col("set_aside").gt(0), note).otherwise("");
  }

  private static Column lateNote() {
    Column note =
        concat(
            lit("; "),
            col("late").cast("string"),
            lit(" left out (created before the log begins)"));
    return when(col("late").gt(0), note).otherwise("");
  }

  private static Map<Group, Lives> histograms(Dataset<Row> counts, Dataset<Row> groups) {
    Dataset<Row> toFit =
        groups.where(col("withheld").isNull()).select("dimension", "value", "unit_minutes");
    Column now = col("converted").plus(col("censored"));
    Column then = col("earlier_converted").plus(col("earlier_unconverted"));
    return counts
        .where(now.plus(then).gt(0L))
        .join(broadcast(toFit), Group.KEY)
        .withColumn("bin", DurationGrid.bin())
        .groupBy("dimension", "value", "unit_minutes", "bin")
        .agg(
            sum("converted").as("converted"),
            sum("censored").as("censored"),
            sum(col("censored").multiply(col("minutes"))).as("censored_minutes"),
            sum("earlier_converted").as("earlier_converted"),
            sum("earlier_unconverted").as("earlier_unconverted"),
            sum(col("earlier_unconverted").multiply(col("minutes")))
                .as("earlier_unconverted_minutes"))
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                Group::of, Collectors.collectingAndThen(Collectors.toList(), HalfLives::lives)));
  }

  private static Lives lives(List<Row> rows) {
    List<Row> inOrder =
        rows.stream()
            .sorted(Comparator.comparingInt((Row row) -> row.<Integer>getAs("bin")))
            .toList();
    return new Lives(
        histogram(inOrder, "converted", "censored"),
        histogram(inOrder, "earlier_converted", "earlier_unconverted"));
  }

  private static Histogram histogram(List<Row> inOrder, String converted, String censored) {
    return new Histogram(
        inOrder.stream()
            .map(row -> bin(row, converted, censored))
            .filter(bin -> bin.converted() + bin.censored() > 0)
            .toList());
  }

  private static Bin bin(Row row, String converted, String censored) {
    int unitMinutes = row.<Integer>getAs("unit_minutes");
    int bin = row.<Integer>getAs("bin");
    long count = row.<Long>getAs(censored);
    double minutes = row.<Long>getAs(censored + "_minutes");
    return new Bin(
        DurationGrid.lowDays(bin, unitMinutes),
        DurationGrid.highDays(bin, unitMinutes),
        row.<Long>getAs(converted),
        count,
        count == 0 ? 0 : minutes / count / DurationCounts.MINUTES_PER_DAY);
  }

  private static Row fitted(Group group, Lives lives, int leastConversions) {
    ShapeChoice choice = ShapeChoice.of(lives.now(), lives.then(), leastConversions);
    CureFit chosen = choice.fit();
    double halfLife = chosen.estimate().halfLifeDays();
    double watched = lives.now().longestDays();
    if (halfLife > watched) {
      return withheld(
          group,
          String.format(
              Locale.ROOT,
              "withheld: fitted half-life is longer than the %.0f days watched",
              watched));
    }
    // Beyond the time watched an end is the shape's alone, not the data's.
    boolean isOpen = !(chosen.highDays() <= watched);
    String method = method(choice);
    return RowFactory.create(
        group.dimension(),
        group.value(),
        chosen.shape().label(),
        chosen.estimate().exponent(),
        halfLife,
        nullWhereNone(chosen.lowDays()),
        isOpen ? null : chosen.highDays(),
        1 - chosen.estimate().convertingShare(),
        isOpen ? method + NO_UPPER_END : method);
  }

  private static String method(ShapeChoice choice) {
    return "mixture cure, maximum likelihood, shape by "
        + (choice.isTested()
            ? "-2 log-likelihood of the log's last quarter: "
            : "Akaike's criterion: ")
        + choice.candidates().stream()
            .map(
                candidate ->
                    String.format(
                        Locale.ROOT,
                        "%s %.1f",
                        candidate.fit().shape().label(),
                        choice.criterion(candidate)))
            .collect(Collectors.joining(", "))
        + "; interval by profile likelihood";
  }

  private static Row withheld(Group group, String reason) {
    return RowFactory.create(
        group.dimension(), group.value(), null, null, null, null, null, null, reason);
  }

  private static Double nullWhereNone(double days) {
    return Double.isNaN(days) ? null : days;
  }
}
