package io.warmlead.decay;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Which shape tells best how a group converts: the one that, fitted to what was known some time
 * ago, makes what has come since the most likely. Where before or since too few converted to tell,
 * Akaike's criterion judges.
 *
 * <p>What came since is told apart from what was known by taking likelihoods of the same parameters
 * at both times: L(now) - L(then) is the likelihood of how those went on who had not converted, and
 * of all who came new.
 *
 * <p>The long tail of a power law often fits a watch that was too short a little better, with a
 * half-life nobody has seen. Of shapes that do about as well, one that the time watched can tell of
 * is taken.
 *
 * @param fit the one chosen, with its interval
 * @param candidates all shapes, the best by Akaike's criterion first, of equal ones the simpler
 * @param isTested whether the shape was chosen by what came since
 */
record ShapeChoice(CureFit fit, List<Candidate> candidates, boolean isTested) {

  /** Shapes whose criteria differ by less describe the data about as well (Burnham, Anderson). */
  static final double AS_GOOD = 2;

  /**
   * One shape.
   *
   * @param fit to all that is known, without an interval
   * @param deviance -2 log-likelihood of what came since the earlier end of observation, by the fit
   *     to what was known at it; NaN where too few converted before or since
   */
  record Candidate(CureFit fit, double deviance) {

    private static Candidate of(Histogram now, Histogram then, Shape shape, boolean isTested) {
      return new Candidate(
          CureFit.of(now, shape), isTested ? deviance(now, then, shape) : Double.NaN);
    }

    private static double deviance(Histogram now, Histogram then, Shape shape) {
      CureLikelihood known = new CureLikelihood(then, shape);
      CureLikelihood all = new CureLikelihood(now, shape);
      CureLikelihood.Point fitted = CureFit.of(then, shape).estimate();
      return -2 * (all.of(fitted) - known.of(fitted));
    }
  }

  /**
   * Fits every shape; at least one lead must have converted.
   *
   * @param now all that is known
   * @param then what was known of the same leads at an earlier end of observation
   * @param leastConversions conversions needed before and since that end
   * @return of the shapes within {@value #AS_GOOD} of the best the first whose half-life has been
   *     watched; the first, where there is none: by Akaike's criterion, but the simple one before
   *     all others that foretold no better
   */
  static ShapeChoice of(Histogram now, Histogram then, int leastConversions) {
    boolean isTested =
        then.converted() >= leastConversions
            && now.converted() - then.converted() >= leastConversions;
    List<Candidate> candidates =
        Stream.of(Shape.values())
            .map(shape -> Candidate.of(now, then, shape, isTested))
            .sorted(Comparator.comparingDouble(candidate -> candidate.fit().akaike()))
            .toList();
    ToDoubleFunction<Candidate> criterion =
        isTested ? Candidate::deviance : candidate -> candidate.fit().akaike();
    double best = candidates.stream().mapToDouble(criterion).min().orElseThrow();
    List<CureFit> asGood =
        candidates.stream()
            .filter(candidate -> criterion.applyAsDouble(candidate) <= best + AS_GOOD)
            .map(Candidate::fit)
            .sorted(Comparator.comparingInt(fit -> isTested ? fit.shape().parameters() : 0))
            .toList();
    CureFit chosen =
        asGood.stream()
            .filter(fit -> fit.estimate().halfLifeDays() <= now.longestDays())
            .findFirst()
            .orElse(asGood.get(0));
    return new ShapeChoice(chosen.withInterval(now), candidates, isTested);
  }

  /** The criterion that chose, of a candidate: the smaller the better. */
  double criterion(Candidate candidate) {
    return isTested ? candidate.deviance() : candidate.fit().akaike();
  }
}
