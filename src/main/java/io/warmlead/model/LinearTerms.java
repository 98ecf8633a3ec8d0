package io.warmlead.model;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Feature.Scale;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * What a linear model sees of the features: each as {@link Feature#scale()} says, and for splines
 * the part beyond each knot as a term of its own. Knots are fixed, one per doubling, so that they
 * mean the same in every model: the first days of silence and the first few visits differ more than
 * later ones.
 */
final class LinearTerms {
  private static final double[] KNOTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private LinearTerms() {}

  /**
   * One term: a scaled feature, or what of it lies beyond a knot.
   *
   * @param knot scaled value where the term begins; NaN for the whole feature
   */
  record Term(int feature, boolean isLog, double knot) implements Serializable {

    double value(double number) {
      double scaled = isLog ? Math.signum(number) * Math.log1p(Math.abs(number)) : number;
      return Double.isNaN(knot) ? scaled : Math.max(0, scaled - knot);
    }
  }

  /** The terms of the features, in their order. */
  static List<Term> of(List<Feature> features) {
    List<Term> terms = new ArrayList<>();
    for (int index = 0; index < features.size(); index++) {
      Scale scale = features.get(index).scale();
      terms.add(new Term(index, scale != Scale.LINEAR, Double.NaN));
      if (scale == Scale.SPLINE) {
        for (double knot : KNOTS) {
          terms.add(new Term(index, true, Math.log1p(knot)));
        }
      }
    }
    return terms;
  }

  /** The terms of {@code features} as ARRAY of DOUBLE; the same formula as {@link Term#value}. */
  static Column column(List<Feature> features) {
    return array(of(features).stream().map(LinearTerms::column).toArray(Column[]::new));
  }

  private static Column column(Term term) {
    Column number = get(col("features"), lit(term.feature()));
    Column scaled = term.isLog() ? signum(number).multiply(log1p(abs(number))) : number;
    return Double.isNaN(term.knot()) ? scaled : greatest(lit(0D), scaled.minus(lit(term.knot())));
  }
}
