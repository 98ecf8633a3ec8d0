package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.List;

/**
 * A regularised logistic regression.
 *
 * @param intercept log-odds where every scaled feature is 0
 * @param coefficients log-odds per unit of the feature as {@link Feature#scale()} shows it
 * @param means training mean of every scaled feature: contributions are told against it
 */
public record LinearPredictor(double intercept, List<Double> coefficients, List<Double> means)
    implements Predictor {
  static final String FAMILY = "logistic_regression";

  public LinearPredictor {
    Require.finite("intercept", intercept);
    Require.finite("coefficients", coefficients);
    Require.finite("means", means);
    Require.that(
        coefficients.size() == means.size(),
        coefficients.size() + " coefficients but " + means.size() + " means");
    coefficients = List.copyOf(coefficients);
    means = List.copyOf(means);
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public Explainer explainer(List<Feature> features) {
    Require.that(
        coefficients.size() == features.size(),
        coefficients.size() + " coefficients but " + features.size() + " features");
    double[] weights = coefficients.stream().mapToDouble(Double::doubleValue).toArray();
    double[] centres = means.stream().mapToDouble(Double::doubleValue).toArray();
    boolean[] isLog = new boolean[weights.length];
    double base = intercept;
    for (int i = 0; i < weights.length; i++) {
      isLog[i] = features.get(i).scale() == Feature.Scale.LOG;
      base += weights[i] * centres[i];
    }
    return new LinearExplainer(base, intercept, weights, centres, isLog);
  }
}
