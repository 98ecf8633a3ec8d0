package io.warmlead.model;

import java.io.Serializable;

/**
 * Computes margins and splits them into one contribution per feature. Holds no state between calls,
 * so threads may share it.
 */
interface Explainer extends Serializable {

  /** Margin of the average training row, log-odds: where every explanation starts. */
  double base();

  /** Margin of one row, log-odds. */
  double margin(double[] features);

  /**
   * Explains one row.
   *
   * @param features rounded features of the row
   * @param contributions overwritten: one number per feature, log-odds; with {@link #base()} they
   *     add up to the margin, within rounding
   * @return the margin
   */
  double explain(double[] features, double[] contributions);
}
