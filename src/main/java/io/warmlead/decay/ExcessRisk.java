package io.warmlead.decay;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Partial log-likelihood of an additive excess relative risk: a lead's hazard is that of a lead
 * without touches times 1 + sum over its touches of a 2^(-age / h), with a and h of the kind of
 * touch. What it is for a lead without touches, by day and hour and season, cancels out within a
 * risk set. (Thomas 1977 and 1981, for nested case-control data.)
 *
 * <p>A point is 2 x kinds numbers: first ln a of each kind, then ln h, in days.
 */
final class ExcessRisk {
  private final RiskSample sample;
  private final int kinds;

  ExcessRisk(RiskSample sample) {
    this.sample = sample;
    this.kinds = sample.kinds();
  }

  /**
   * The likelihood around a point.
   *
   * @param gradient first derivatives
   * @param information expected second derivatives, negated: never negative definite
   */
  record Summit(double logLikelihood, RealVector gradient, RealMatrix information) {}

  double logLikelihood(double[] point) {
    double[] effects = effects(point);
    FadingGrid.Place[] places = places(point);
    double sum = 0;
    for (int set = 0; set < sample.sets(); set++) {
      int first = sample.firstLead(set);
      double all = 0;
      for (int lead = first; lead < sample.firstLead(set + 1); lead++) {
        double risk = 1;
        for (int e = sample.firstEntry(lead); e < sample.firstEntry(lead + 1); e++) {
          int kind = sample.kind(e);
          risk += effects[kind] * sample.sum(e, places[kind]);
        }
        all += risk;
        sum += lead == first ? Math.log(risk) : 0;
      }
      sum -= Math.log(all);
    }
    return sum;
  }

  Summit around(double[] point) {
    return new Derivatives(effects(point), places(point)).summit();
  }

  private double[] effects(double[] point) {
    double[] effects = new double[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      effects[kind] = Math.exp(point[kind]);
    }
    return effects;
  }

  private FadingGrid.Place[] places(double[] point) {
    FadingGrid.Place[] places = new FadingGrid.Place[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      places[kind] = FadingGrid.Place.of(point[kinds + kind]);
    }
    return places;
  }

  /** Sums over risk sets, one after the other. */
  private final class Derivatives {
    private final double[] effects;
    private final FadingGrid.Place[] places;
    private final int parameters = 2 * kinds;
    private final double[] gradient = new double[parameters];
    private final double[][] information = new double[parameters][parameters];

    /** Of one set: sums of first derivatives, and of their products over the risk. */
    private final double[] firsts = new double[parameters];

    private final double[][] products = new double[parameters][parameters];

    /** Of one lead: its parameters that matter, and the derivatives of its risk. */
    private final int[] touched = new int[parameters];

    private final double[] slopes = new double[parameters];

    private double logLikelihood;

    Derivatives(double[] effects, FadingGrid.Place[] places) {
      this.effects = effects;
      this.places = places;
    }

    Summit summit() {
      for (int set = 0; set < sample.sets(); set++) {
        addSet(set);
      }
      for (int i = 0; i < parameters; i++) {
        for (int j = 0; j < i; j++) {
          information[j][i] = information[i][j];
        }
      }
      return new Summit(
          logLikelihood,
          new ArrayRealVector(gradient, false),
          new Array2DRowRealMatrix(information, false));
    }

    private void addSet(int set) {
      int first = sample.firstLead(set);
      double all = 0;
      for (int lead = first; lead < sample.firstLead(set + 1); lead++) {
        all += addLead(lead, lead == first);
      }
      logLikelihood -= Math.log(all);
      for (int i = 0; i < parameters; i++) {
        if (firsts[i] != 0) {
          gradient[i] -= firsts[i] / all;
          for (int j = 0; j <= i; j++) {
            information[i][j] += (products[i][j] - firsts[i] * firsts[j] / all) / all;
            products[i][j] = 0;
          }
        }
      }
      Arrays.fill(firsts, 0);
    }

    private double addLead(int lead, boolean isConverted) {
      double risk = 1;
      int count = 0;
      int end = sample.firstEntry(lead + 1);
      for (int e = sample.firstEntry(lead); e < end; e++) {
        int kind = sample.kind(e);
        double excess = effects[kind] * sample.sum(e, places[kind]);
        risk += excess;
        touched[count] = kind;
        slopes[count++] = excess;
      }
      for (int e = sample.firstEntry(lead); e < end; e++) {
        int kind = sample.kind(e);
        touched[count] = kinds + kind;
        slopes[count++] = effects[kind] * sample.slope(e, places[kind]);
      }
      for (int i = 0; i < count; i++) {
        int parameter = touched[i];
        double slope = slopes[i];
        firsts[parameter] += slope;
        if (isConverted) {
          gradient[parameter] += slope / risk;
        }
        double[] row = products[parameter];
        for (int j = 0; j <= i; j++) {
          row[touched[j]] += slope * slopes[j] / risk;
        }
      }
      if (isConverted) {
        logLikelihood += Math.log(risk);
      }
      return risk;
    }
  }
}
