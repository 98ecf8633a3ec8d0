package io.warmlead.model;

/**
 * Contribution of a feature = coefficient x (scaled value - its training mean): the Shapley value
 * of a linear model whose features are taken as independent (Lundberg and Lee 2017, corollary 1).
 */
final class LinearExplainer implements Explainer {
  private final double base;
  private final double intercept;
  private final double[] coefficients;
  private final double[] means;
  private final boolean[] isLog;

  LinearExplainer(
      double base, double intercept, double[] coefficients, double[] means, boolean[] isLog) {
    this.base = base;
    this.intercept = intercept;
    this.coefficients = coefficients;
    this.means = means;
    this.isLog = isLog;
  }

  @Override
  public double base() {
    return base;
  }

  @Override
  public double margin(double[] features) {
    double margin = intercept;
    for (int i = 0; i < coefficients.length; i++) {
      margin += coefficients[i] * scaled(i, features[i]);
    }
    return margin;
  }

  @Override
  public double explain(double[] features, double[] contributions) {
    for (int i = 0; i < coefficients.length; i++) {
      contributions[i] = coefficients[i] * (scaled(i, features[i]) - means[i]);
    }
    return margin(features);
  }

  private double scaled(int index, double value) {
    return isLog[index] ? Math.signum(value) * Math.log1p(Math.abs(value)) : value;
  }
}
