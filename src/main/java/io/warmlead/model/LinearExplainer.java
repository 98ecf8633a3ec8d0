package io.warmlead.model;

import java.util.Arrays;
import java.util.List;

/**
 * Contribution of a feature = sum over its terms of coefficient x (value - its training mean): the
 * Shapley value of an additive model whose features are taken as independent (Lundberg and Lee
 * 2017, corollary 1).
 */
final class LinearExplainer implements Explainer {
  private final double base;
  private final double intercept;
  private final double[] coefficients;
  private final double[] means;
  private final LinearTerms.Term[] terms;

  LinearExplainer(
      double intercept, double[] coefficients, double[] means, List<LinearTerms.Term> terms) {
    this.intercept = intercept;
    this.coefficients = coefficients;
    this.means = means;
    this.terms = terms.toArray(LinearTerms.Term[]::new);
    double sum = intercept;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * means[i];
    }
    this.base = sum;
  }

  @Override
  public double base() {
    return base;
  }

  @Override
  public double margin(double[] features) {
    double margin = intercept;
    for (int i = 0; i < coefficients.length; i++) {
      margin += coefficients[i] * terms[i].value(features[terms[i].feature()]);
    }
    return margin;
  }

  @Override
  public double explain(double[] features, double[] contributions) {
    Arrays.fill(contributions, 0);
    double margin = intercept;
    for (int i = 0; i < coefficients.length; i++) {
      double value = terms[i].value(features[terms[i].feature()]);
      contributions[terms[i].feature()] += coefficients[i] * (value - means[i]);
      margin += coefficients[i] * value;
    }
    return margin;
  }
}
