package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.List;

/**
 * A regularised logistic regression on {@link LinearTerms}.
 *
 * @param intercept log-odds where every term is 0
 * @param coefficients log-odds per unit of a term
 * @param means training mean of every term: contributions are told against it
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
    List<LinearTerms.Term> terms = LinearTerms.of(features);
    Require.that(
        coefficients.size() == terms.size(),
        coefficients.size() + " coefficients but " + terms.size() + " terms");
    return new LinearExplainer(
        intercept,
        coefficients.stream().mapToDouble(Double::doubleValue).toArray(),
        means.stream().mapToDouble(Double::doubleValue).toArray(),
        terms);
  }
}
