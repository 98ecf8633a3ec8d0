package io.warmlead.decay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.config.DecaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * How many times longer the leads of one segment or source take to convert than those of the
 * largest: two accelerated failure time models per dimension, log T = m(value) + s W, with W as
 * {@link WeibullTimes} and as {@link LogNormalTimes} has it. Both have as many parameters; which of
 * them the times look more like is what their log-likelihoods say.
 *
 * <p>The ratio is exp(m(value) - m(base)); its interval comes from the observed information. Leads
 * that had to last until the log began are left out, times under half a minute count as half a
 * minute; of values with very many leads a {@link TimeSample} is fitted. The models take leads that
 * never convert for very slow ones: where values differ in that share rather than in speed, the
 * ratio says both at once.
 */
final class TimeRatios {
  private static final Object[] DIMENSIONS = {"segment", "source"};

  private static final StructType RATIO =
      StructType.fromDDL(
          "dimension STRING, value STRING, time_ratio DOUBLE, time_ratio_ci_low DOUBLE,"
              + " time_ratio_ci_high DOUBLE, time_ratio_base STRING, time_ratio_n BIGINT,"
              + " time_ratio_method STRING, weibull_intercept DOUBLE, weibull_scale DOUBLE,"
              + " weibull_log_likelihood DOUBLE, weibull_akaike DOUBLE,"
              + " log_normal_time_ratio DOUBLE, log_normal_time_ratio_ci_low DOUBLE,"
              + " log_normal_time_ratio_ci_high DOUBLE, log_normal_intercept DOUBLE,"
              + " log_normal_scale DOUBLE, log_normal_log_likelihood DOUBLE,"
              + " log_normal_akaike DOUBLE, time_ratio_shape STRING, ratio_note STRING");

  private TimeRatios() {}

  private record Group(String value, long leads) {}

  /**
   * One row per value with enough leads and conversions, of dimensions with at least two such
   * values. Runs jobs: sizes of at most {@value HalfLives#MOST_VALUES} values per dimension, and
   * their samples, reach the driver.
   *
   * @param durationCounts as {@link DurationCounts} gives them; persist them
   */
  static Dataset<Row> of(Dataset<Row> durationCounts, DecaySettings settings) {
    Dataset<Row> counts =
        HalfLives.fromTheStart(durationCounts)
            .where(col("dimension").isin(DIMENSIONS))
            .where(col("converted").plus(col("censored")).gt(0L))
            .withColumn(
                "days",
                greatest(col("minutes"), lit(0.5D)).divide(lit(DurationCounts.MINUTES_PER_DAY)));
    List<Row> ratios = new ArrayList<>();
    largestFirst(counts, settings)
        .forEach(
            (dimension, groups) -> {
              if (groups.size() > 1) {
                ratios.addAll(ratios(dimension, groups, counts));
              }
            });
    return durationCounts.sparkSession().createDataFrame(ratios, RATIO);
  }

  private static Map<String, List<Group>> largestFirst(
      Dataset<Row> counts, DecaySettings settings) {
    return counts
        .groupBy("dimension", "value")
        .agg(
            sum(col("converted").plus(col("censored"))).as("n"),
            sum("converted").as("conversions"),
            count_if(col("converted").gt(0L)).as("times"))
        .where(col("n").geq(settings.minGroupLeads()))
        .where(
            col("conversions")
                .divide(TimeSample.every(col("n")))
                .geq(settings.minGroupConversions()))
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
                Collectors.mapping(
                    row -> new Group(row.getAs("value"), row.<Long>getAs("n")),
                    Collectors.toList())));
  }

  private static List<Row> ratios(String dimension, List<Group> groups, Dataset<Row> counts) {
    List<String> values = groups.stream().map(Group::value).toList();
    TimeSample sample =
        TimeSample.of(
            values,
            counts.where(
                col("dimension").equalTo(dimension).and(col("value").isin(values.toArray()))));
    AcceleratedTimes weibull = WeibullTimes.fit(sample);
    AcceleratedTimes logNormal = LogNormalTimes.fit(sample);
    String shape = weibull.akaike() <= logNormal.akaike() ? "weibull" : "log_normal";
    String note =
        String.format(
            Locale.ROOT,
            "; time ratio by Weibull, shape %.3f%s",
            1 / weibull.scale(),
            shape.equals("weibull") ? "" : ", log-normal fits better");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean isBase = i == 0;
      long leads = sample.leads(i);
      rows.add(
          RowFactory.create(
              dimension,
              values.get(i),
              weibull.ratio(i),
              isBase ? null : weibull.ratio(i) / weibull.ratioSpread(i),
              isBase ? null : weibull.ratio(i) * weibull.ratioSpread(i),
              values.get(0),
              leads,
              leads == groups.get(i).leads() ? "exact" : "sampled",
              weibull.intercepts().get(i),
              weibull.scale(),
              weibull.logLikelihood(),
              weibull.akaike(),
              logNormal.ratio(i),
              isBase ? null : logNormal.ratio(i) / logNormal.ratioSpread(i),
              isBase ? null : logNormal.ratio(i) * logNormal.ratioSpread(i),
              logNormal.intercepts().get(i),
              logNormal.scale(),
              logNormal.logLikelihood(),
              logNormal.akaike(),
              shape,
              note));
    }
    return rows;
  }
}
