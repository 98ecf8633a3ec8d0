package io.warmlead.decay;

import io.warmlead.decay.TimeSample.Ends;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.regression.AFTSurvivalRegression;
import org.apache.spark.ml.regression.AFTSurvivalRegressionModel;

/**
 * Times spread as Weibull's: log T = m + s W with W the standard minimum extreme value, fitted by
 * MLlib's AFTSurvivalRegression.
 *
 * <p>With z = (log t - m) / s, a conversion after t days adds z - log s - log t - e^z to the
 * log-likelihood, a censored lead -e^z. (Kalbfleisch and Prentice 1980, chapter 3.)
 */
final class WeibullTimes {
  private static final int MOST_ITERATIONS = 300;
  private static final double TOLERANCE = 1e-8;

  private WeibullTimes() {}

  static AcceleratedTimes fit(TimeSample sample) {
    // MLlib starts from m = 0 and s = 1: far from times in days, its first step would overflow.
    double unit = sample.middleDays();
    AFTSurvivalRegressionModel model =
        new AFTSurvivalRegression()
            .setMaxIter(MOST_ITERATIONS)
            .setTol(TOLERANCE)
            .fit(sample.leads(unit));
    double scale = model.scale();
    double[] means = new double[sample.values()];
    for (int i = 0; i < means.length; i++) {
      means[i] =
          Math.log(unit) + model.intercept() + (i == 0 ? 0 : model.coefficients().apply(i - 1));
    }
    double logLikelihood = 0;
    double[][] sums = new double[means.length][5];
    for (Ends ends : sample.ends()) {
      double z = (ends.logDays() - means[ends.value()]) / scale;
      double e = (ends.converted() + ends.censored()) * Math.exp(z);
      double[] own = sums[ends.value()];
      own[0] += ends.converted();
      own[1] += ends.converted() * z;
      own[2] += e;
      own[3] += e * z;
      own[4] += e * z * z;
      logLikelihood += ends.converted() * (z - Math.log(scale) - ends.logDays()) - e;
    }
    WeibullInformation information =
        WeibullInformation.of(
            scale,
            Arrays.stream(sums)
                .map(own -> new WeibullInformation.Sums(own[0], own[1], own[2], own[3], own[4]))
                .toList());
    List<Double> errors =
        IntStream.range(0, means.length)
            .mapToObj(value -> value == 0 ? 0 : information.standardError(value, 0))
            .toList();
    return new AcceleratedTimes(
        Arrays.stream(means).boxed().toList(), scale, logLikelihood, errors);
  }
}
