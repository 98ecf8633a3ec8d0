package io.warmlead.decay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.special.Gamma;

/** Observed and expected conversions of several values and their covariance, summed over time. */
final class LogRankSums {
  /** Directions in which the covariance is less than this part of its diagonal have none. */
  private static final double NO_VARIANCE = 1e-9;

  private final List<Value> values = new ArrayList<>();
  private final Map<String, Value> byName = new LinkedHashMap<>();
  private double[][] covariance = new double[0][0];

  private static final class Value {
    private final String name;
    private long atRisk;
    private long converted;
    private double observed;
    private double expected;

    private Value(String name) {
      this.name = name;
    }
  }

  /**
   * The outcome.
   *
   * @param expected conversions expected per value if all converted alike
   * @param degreesOfFreedom 0 where there was nothing to compare
   * @param pValue chance of so large a difference if all converted alike
   */
  record Test(
      Map<String, Double> expected, double chiSquare, int degreesOfFreedom, double pValue) {}

  /** What ended and entered at the current time; times come latest first. */
  void add(String name, long converted, long atRiskChange) {
    Value value = byName.computeIfAbsent(name, this::appended);
    value.converted += converted;
    value.atRisk += atRiskChange;
  }

  private Value appended(String name) {
    Value value = new Value(name);
    values.add(value);
    return value;
  }

  /** Ends the current time: all that was added is at risk. */
  void close() {
    long atRisk = values.stream().mapToLong(value -> value.atRisk).sum();
    long converted = values.stream().mapToLong(value -> value.converted).sum();
    if (converted == 0) {
      return;
    }
    grow();
    double factor = atRisk == 1 ? 0 : (double) converted * (atRisk - converted) / (atRisk - 1);
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      double share = (double) value.atRisk / atRisk;
      value.observed += value.converted;
      value.expected += converted * share;
      value.converted = 0;
      covariance[i][i] += factor * share;
      for (int j = 0; j < values.size(); j++) {
        covariance[i][j] -= factor * share * values.get(j).atRisk / atRisk;
      }
    }
  }

  private void grow() {
    int size = values.size();
    if (covariance.length < size) {
      double[][] larger = new double[size][size];
      for (int i = 0; i < covariance.length; i++) {
        System.arraycopy(covariance[i], 0, larger[i], 0, covariance.length);
      }
      covariance = larger;
    }
  }

  /**
   * The quadratic form of the differences in the pseudo-inverse of their covariance, which has one
   * direction less than there are values, as differences add up to 0. Scaled to correlations first,
   * so that a small value beside a large one is not taken for none.
   */
  Test test() {
    Map<String, Double> expected = new LinkedHashMap<>();
    values.forEach(value -> expected.put(value.name, value.expected));
    int[] kept = withVariance();
    if (kept.length < 2) {
      return new Test(expected, 0, 0, 1);
    }
    RealMatrix correlation = new Array2DRowRealMatrix(kept.length, kept.length);
    RealVector difference = new ArrayRealVector(kept.length);
    for (int i = 0; i < kept.length; i++) {
      Value value = values.get(kept[i]);
      difference.setEntry(i, (value.observed - value.expected) / deviation(kept[i]));
      for (int j = 0; j < kept.length; j++) {
        correlation.setEntry(
            i, j, covariance[kept[i]][kept[j]] / deviation(kept[i]) / deviation(kept[j]));
      }
    }
    EigenDecomposition directions = new EigenDecomposition(correlation);
    double chiSquare = 0;
    int degrees = 0;
    for (int i = 0; i < kept.length; i++) {
      double variance = directions.getRealEigenvalue(i);
      if (variance > NO_VARIANCE) {
        double along = directions.getEigenvector(i).dotProduct(difference);
        chiSquare += along * along / variance;
        degrees++;
      }
    }
    return new Test(
        expected, chiSquare, degrees, Gamma.regularizedGammaQ(degrees / 2D, chiSquare / 2));
  }

  private int[] withVariance() {
    return IntStream.range(0, covariance.length).filter(i -> covariance[i][i] > 0).toArray();
  }

  private double deviation(int value) {
    return Math.sqrt(covariance[value][value]);
  }
}
