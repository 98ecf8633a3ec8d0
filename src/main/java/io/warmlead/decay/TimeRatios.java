package io.warmlead.decay;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.DecaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.regression.AFTSurvivalRegression;
import org.apache.spark.ml.regression.AFTSurvivalRegressionModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * How many times longer the leads of one segment or source take to convert than those of the
 * largest: a Weibull accelerated failure time model per dimension, log T = m(value) + s W with W
 * the standard minimum extreme value, by MLlib's AFTSurvivalRegression.
 *
 * <p>The ratio is exp(m(value) - m(base)); its interval comes from the observed information ({@link
 * WeibullInformation}). Leads that had to last until the log began are left out, times under half a
 * minute count as half a minute; of more than {@value #MOST_LEADS} leads of a value a sample is
 * fitted. It takes leads that never convert for very slow ones: where values differ in that share
 * rather than in speed, the ratio says both at once.
 */
final class TimeRatios {
  private static final Object[] DIMENSIONS = {"segment", "source"};
  private static final int MOST_ITERATIONS = 300;

  /** Leads of one value at most: every iteration goes over every lead. */
  private static final long MOST_LEADS = 10_000;

  private static final double TOLERANCE = 1e-8;

  private static final StructType RATIO =
      StructType.fromDDL(
          "dimension STRING, value STRING, time_ratio DOUBLE, time_ratio_ci_low DOUBLE,"
              + " time_ratio_ci_high DOUBLE, time_ratio_base STRING, ratio_note STRING");

  private TimeRatios() {}

  /**
   * One row per value with enough leads and conversions, of dimensions with at least two such
   * values. Runs jobs: sizes and sums of at most {@value HalfLives#MOST_VALUES} values per
   * dimension reach the driver.
   *
   * @param durationCounts as {@link DurationCounts} gives them; persist them
   */
  static Dataset<Row> of(Dataset<Row> durationCounts, DecaySettings settings) {
    Dataset<Row> counts =
        HalfLives.withoutLate(durationCounts)
            .where(col("dimension").isin(DIMENSIONS))
            .where(col("converted").plus(col("censored")).gt(0L))
            .withColumn(
                "days",
                greatest(col("minutes"), lit(0.5D)).divide(lit(DurationCounts.MINUTES_PER_DAY)));
    List<Row> ratios = new ArrayList<>();
    largestFirst(counts, settings)
        .forEach(
            (dimension, values) -> {
              if (values.size() > 1) {
                Dataset<Row> own =
                    counts.where(
                        col("dimension")
                            .equalTo(dimension)
                            .and(col("value").isin(values.toArray())));
                ratios.addAll(ratios(dimension, values, thinned(own)));
              }
            });
    return durationCounts.sparkSession().createDataFrame(ratios, RATIO);
  }

  private static Map<String, List<String>> largestFirst(
      Dataset<Row> counts, DecaySettings settings) {
    return counts
        .groupBy("dimension", "value")
        .agg(
            sum(col("converted").plus(col("censored"))).as("n"),
            sum("converted").as("conversions"),
            count_if(col("converted").gt(0L)).as("times"))
        .where(col("n").geq(settings.minGroupLeads()))
        .where(col("conversions").divide(every(col("n"))).geq(settings.minGroupConversions()))
        // Conversions all at one time have no spread to be told in.
        .where(col("times").gt(1L))
        .withColumn(
            "size_rank",
            row_number()
                .over(Window.partitionBy("dimension").orderBy(col("n").desc(), col("value"))))
        .where(col("size_rank").leq(HalfLives.MOST_VALUES))
        .orderBy("dimension", "size_rank")
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.<String>getAs("dimension"),
                TreeMap::new,
                Collectors.mapping(row -> row.<String>getAs("value"), Collectors.toList())));
  }

  /**
   * Every k-th lead of each value and end, in order of its time, k such that no more than {@value
   * #MOST_LEADS} of a value are left: a systematic sample, the same whatever the order of rows.
   */
  static Dataset<Row> thinned(Dataset<Row> counts) {
    Column leads = sum(col("converted").plus(col("censored"))).over(Window.partitionBy("value"));
    return counts
        .withColumn("every", every(leads))
        .withColumn("converted", kept(col("converted")))
        .withColumn("censored", kept(col("censored")))
        .drop("every");
  }

  private static Column every(Column leads) {
    return ceil(leads.divide(lit((double) MOST_LEADS)));
  }

  private static Column kept(Column count) {
    Column upTo = sum(count).over(Window.partitionBy("value").orderBy("minutes"));
    return floor(upTo.divide(col("every").cast("double")))
        .minus(floor(upTo.minus(count).divide(col("every").cast("double"))));
  }

  private static List<Row> ratios(String dimension, List<String> values, Dataset<Row> counts) {
    AFTSurvivalRegressionModel model =
        new AFTSurvivalRegression()
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(leads(values, counts));
    double[] means = new double[values.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] = model.intercept() + (i == 0 ? 0 : model.coefficients().apply(i - 1));
    }
    WeibullInformation information = information(values, means, model.scale(), counts);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      double ratio = Math.exp(means[i] - means[0]);
      double spread =
          i == 0 ? 0 : Math.exp(KaplanMeier.NORMAL_975 * information.standardError(i, 0));
      rows.add(
          RowFactory.create(
              dimension,
              values.get(i),
              ratio,
              i == 0 ? null : ratio / spread,
              i == 0 ? null : ratio * spread,
              values.get(0),
              String.format(
                  Locale.ROOT, "; time ratio by Weibull, shape %.3f", 1 / model.scale())));
    }
    return rows;
  }

  /**
   * A row per lead, since MLlib takes no weights. One partition in a fixed order: MLlib adds up as
   * partitions arrive, which would change the last bits from night to night.
   */
  private static Dataset<Row> leads(List<String> values, Dataset<Row> counts) {
    Column[] dummies =
        values.stream()
            .skip(1)
            .map(value -> when(col("value").equalTo(value), 1D).otherwise(0D))
            .toArray(Column[]::new);
    Column ends =
        concat(
            array_repeat(lit(1D), col("converted").cast("int")),
            array_repeat(lit(0D), col("censored").cast("int")));
    return counts
        .repartition(1)
        .sortWithinPartitions("value", "minutes")
        .select(
            col("days").as("label"),
            array_to_vector(array(dummies)).as("features"),
            explode(ends).as("censor"));
  }

  private static WeibullInformation information(
      List<String> values, double[] means, double scale, Dataset<Row> counts) {
    Column mean = lit(means[0]);
    for (int i = 1; i < means.length; i++) {
      mean = when(col("value").equalTo(values.get(i)), means[i]).otherwise(mean);
    }
    Column leads = col("converted").plus(col("censored")).cast("double");
    Map<String, Row> sums =
        counts
            .withColumn("z", log(col("days")).minus(mean).divide(lit(scale)))
            .withColumn("e", leads.multiply(exp(col("z"))))
            .groupBy("value")
            .agg(
                exact(col("converted").cast("double")).as("converted"),
                exact(col("converted").multiply(col("z"))).as("z"),
                exact(col("e")).as("e"),
                exact(col("e").multiply(col("z"))).as("ez"),
                exact(col("e").multiply(col("z")).multiply(col("z"))).as("ezz"))
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row));
    return WeibullInformation.of(
        scale,
        values.stream()
            .map(sums::get)
            .map(
                row ->
                    new WeibullInformation.Sums(
                        row.getDouble(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5)))
            .toList());
  }

  /** A sum in fixed point, the same whatever the order of rows. */
  private static Column exact(Column term) {
    return sum(term.cast("decimal(38,12)")).cast("double");
  }
}
