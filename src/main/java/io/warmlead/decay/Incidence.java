package io.warmlead.decay;

import static io.warmlead.decay.RiskSets.BY_TIME;
import static io.warmlead.decay.RiskSets.SO_FAR;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cumulative incidence of competing ends by the Aalen-Johansen estimator: F(t) = sum of S(s-) d(s)
 * / n(s), where S is the share of leads with none of the ends.
 *
 * <p>Two sets of ends: converted and lost; and whichever comes first of converted, lost and fallen
 * silent, {@code converted_first}, {@code lost_first} and {@code silent}.
 *
 * <p>1 - Kaplan-Meier, which takes a lost lead for one that is no longer watched, answers another
 * question: how many would convert if nobody were ever lost. It is never smaller.
 *
 * <p>The variance is Greenwood's for multinomial steps. With q = d / n for either end, p = e / n
 * for this one, it is the sum over s of [(F(t) - F(s))^2 d / (n (n - d)) + S(s-)^2 e (n - e) / n^3
 * - 2 (F(t) - F(s)) S(s-) e / n^2], written out below in running sums. (Aalen and Johansen 1978;
 * Gaynor and others 1993.) The interval is on the scale of log(-log F), hence inside 0..1.
 */
final class Incidence {
  private static final List<String> ENDS = List.of("converted", "lost");
  private static final List<String> FIRST_ENDS = List.of("converted_first", "lost_first", "silent");

  private Incidence() {}

  /**
   * Adds {@code incidence_END} DOUBLE and {@code incidence_END_variance} DOUBLE for all ends.
   *
   * @param riskSets as {@link RiskSets} gives them
   */
  static Dataset<Row> with(Dataset<Row> riskSets) {
    return riskSets
        .transform(rows -> with(rows, col("at_risk"), ENDS))
        .withColumn("converted_first", col("converted").minus(col("silent_converted")))
        .withColumn("lost_first", col("lost").minus(col("silent_lost")))
        .transform(rows -> with(rows, col("at_risk_engaged"), FIRST_ENDS));
  }

  private static Dataset<Row> with(Dataset<Row> riskSets, Column atRisk, List<String> ends) {
    // Where nobody is at risk, nobody ends, and any other number does.
    Column risk = greatest(atRisk, lit(1L)).cast("double");
    Dataset<Row> steps = withFreeBefore(riskSets, risk, ends);
    for (String end : ends) {
      steps = withIncidence(steps, risk, end);
    }
    return steps;
  }

  /** Adds the share with none of the ends just before, and Greenwood's term of the step. */
  private static Dataset<Row> withFreeBefore(
      Dataset<Row> riskSets, Column risk, List<String> ends) {
    Column ended = ends.stream().map(end -> col(end)).reduce(lit(0L), Column::plus);
    Column staying = risk.minus(ended);
    Column step = log1p(negate(ended.divide(risk)));
    Column isEmpty = staying.equalTo(0D);
    Column free =
        when(max(isEmpty).over(SO_FAR), 0D)
            .otherwise(exp(sum(when(isEmpty, 0D).otherwise(step)).over(SO_FAR)));
    return riskSets
        .withColumn("free", free)
        .withColumn("free_before", lag("free", 1, 1D).over(BY_TIME))
        // Where nobody stays, F moves no more, and its factor (F(t) - F(s)) is 0.
        .withColumn(
            "free_spread",
            coalesce(ended.cast("double").divide(risk).divide(nullif(staying, lit(0D))), lit(0D)));
  }

  private static Dataset<Row> withIncidence(Dataset<Row> steps, Column risk, String end) {
    String name = "incidence_" + end;
    Column step = col("free_before").multiply(col(end)).divide(risk);
    Column incidence = col(name);
    Column cross = step.divide(risk);
    Column own =
        step.multiply(step)
            .multiply(risk.minus(col(end)))
            .divide(risk)
            .divide(greatest(col(end), lit(1L)));
    Column variance =
        pow(incidence, lit(2D))
            .multiply(soFar(col("free_spread")))
            .minus(incidence.multiply(2D).multiply(soFar(col("free_spread").multiply(incidence))))
            .plus(soFar(col("free_spread").multiply(incidence).multiply(incidence)))
            .plus(soFar(own))
            .minus(incidence.multiply(2D).multiply(soFar(cross)))
            .plus(soFar(cross.multiply(incidence)).multiply(2D));
    return steps
        .withColumn(name, soFar(step))
        .withColumn(name + "_variance", greatest(variance, lit(0D)));
  }

  private static Column soFar(Column term) {
    return sum(term).over(SO_FAR);
  }

  /** F ^ exp(z s) with s the standard error of log(-log F); NULL where F is 0 or 1. */
  static Column bound(String end, double z) {
    Column incidence = col("incidence_" + end);
    Column defined = incidence.gt(0D).and(incidence.lt(1D));
    Column logarithm = log(incidence);
    Column standardError =
        sqrt(col("incidence_" + end + "_variance")).divide(incidence.multiply(negate(logarithm)));
    return when(defined, exp(logarithm.multiply(exp(standardError.multiply(lit(z))))));
  }
}
