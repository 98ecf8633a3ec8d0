package io.warmlead.insight;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.feature.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far distributions have moved: the population stability index, sum over bins of (q - p) ln(q /
 * p), p and q the shares of a bin before and now.
 *
 * <p>Bins are the deciles of the reference and what lies between them: a value that many leads
 * share, such as 0, has a bin of its own. Half a lead is added to every bin. If nothing moved, PSI
 * / (1/n + 1/m) follows a chi-squared distribution with one degree of freedom less than there are
 * bins (Yurdakul 2018, "Statistical Properties of the Population Stability Index").
 */
public final class Stability {
  private static final int DECILES = 10;
  private static final double BY_CHANCE = 0.001;

  private Stability() {}

  /**
   * How far one distribution moved.
   *
   * @param psi population stability index, 0 if nothing moved
   * @param noise index that chance alone exceeds one time in a thousand
   * @param referenceMedian median before
   * @param median median now
   * @param referenceN values before
   * @param n values now
   */
  public record Shift(
      String name,
      double psi,
      double noise,
      double referenceMedian,
      double median,
      long referenceN,
      long n) {}

  /**
   * Compares.
   *
   * @param reference name STRING, value DOUBLE without NULL
   * @param current the same now
   * @return one shift per name that both hold, by name; bounded by the number of names
   */
  public static List<Shift> between(Dataset<Row> reference, Dataset<Row> current) {
    // Most leads share their values with others: after this there are few rows.
    Dataset<Row> values =
        Lineage.cut(
            reference
                .select(col("name"), col("value"), lit(1L).as("before"), lit(0L).as("now"))
                .unionByName(
                    current.select(
                        col("name"), col("value"), lit(0L).as("before"), lit(1L).as("now")))
                .groupBy("name", "value")
                .agg(sum("before").as("before"), sum("now").as("now")));
    Dataset<Row> edges =
        values
            .groupBy("name")
            .agg(
                percentile(col("value"), deciles(), col("before")).as("deciles"),
                percentile(col("value"), lit(0.5), col("now")).as("median_now"))
            .where(col("deciles").isNotNull().and(col("median_now").isNotNull()))
            .select(
                col("name"),
                array_distinct(col("deciles")).as("edges"),
                element_at(col("deciles"), lit(DECILES / 2 + 1)).as("median"),
                col("median_now"));
    Column below = size(filter(col("edges"), edge -> edge.lt(col("value"))));
    Column upTo = size(filter(col("edges"), edge -> edge.leq(col("value"))));
    List<Row> counted =
        values
            .join(broadcast(edges), "name")
            .groupBy(col("name"), col("median"), col("median_now"), below.plus(upTo).as("bin"))
            .agg(sum("now").as("now"), sum("before").as("before"))
            .collectAsList();
    Map<String, Bins> bins = new TreeMap<>();
    counted.forEach(row -> bins.computeIfAbsent(row.getAs("name"), name -> new Bins(row)).add(row));
    return bins.entrySet().stream().map(entry -> entry.getValue().shift(entry.getKey())).toList();
  }

  private static Column deciles() {
    return array(
        IntStream.rangeClosed(0, DECILES)
            .mapToObj(tenth -> lit((double) tenth / DECILES))
            .toArray(Column[]::new));
  }

  /** Counts of one distribution, before and now. */
  private static final class Bins {
    private final double referenceMedian;
    private final double median;

    /** Before and now per bin; in order, so that sums are the same to the last bit. */
    private final TreeMap<Integer, long[]> counts = new TreeMap<>();

    Bins(Row row) {
      referenceMedian = row.getAs("median");
      median = row.getAs("median_now");
    }

    void add(Row row) {
      counts.put(row.getAs("bin"), new long[] {row.getAs("before"), row.getAs("now")});
    }

    Shift shift(String name) {
      long before = counts.values().stream().mapToLong(pair -> pair[0]).sum();
      long now = counts.values().stream().mapToLong(pair -> pair[1]).sum();
      List<Double> terms = new ArrayList<>();
      for (long[] pair : counts.values()) {
        double p = (pair[0] + 0.5) / (before + 0.5 * counts.size());
        double q = (pair[1] + 0.5) / (now + 0.5 * counts.size());
        terms.add((q - p) * Math.log(q / p));
      }
      double psi = terms.stream().mapToDouble(Double::doubleValue).sum();
      return new Shift(
          name, psi, noise(counts.size(), before, now), referenceMedian, median, before, now);
    }

    private static double noise(int bins, long before, long now) {
      return bins < 2
          ? 0
          : new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(1 - BY_CHANCE)
              * (1.0 / Math.max(1, before) + 1.0 / Math.max(1, now));
    }
  }
}
