/**
 * How the chance to convert falls with time and silence; estimated, never a constant.
 *
 * <pre>
 * leads, outcomes, first touches
 *   -> Origins         where a lifetime begins, per dimension
 *   -> FallingSilent   when it was away for too long for the first time
 *   -> Lifetimes       time from an origin to conversion, or as long as watched  (row per lead)
 *   -> DurationCounts  how many ended at which minute                            (integers)
 *        -> RiskSets     how many were at risk at each end
 *             -> KaplanMeier, Incidence   curves of survival, hazard, all ends   (decay_curves)
 *             -> RestrictedMean           mean within a horizon                  (decay_tests)
 *        -> LogRank      do the values of a dimension differ?                    (decay_tests)
 *        -> TimeRatios   how many times longer than the largest value            (decay_tests)
 *             <- TimeSample -> WeibullTimes, LogNormalTimes
 *        -> HalfLives    DurationGrid -> Histogram -> ShapeChoice -> CureFit     (decay_half_lives)
 * leads, outcomes, what each did on which day
 *   -> TouchEffects    a sample of conversions and of leads beside them
 *        -> TouchedLeads -> RiskSample     risk sets, with touches on a FadingGrid
 *        -> EffectFits -> ExcessRisk       likelihood, its summit (ScoringAscent), intervals
 *   -> EffectHalfLives how fast the effect of a touch fades                      (decay_half_lives)
 * rolling snapshots
 *   -> SilenceTable    conversion by days of silence, WilsonInterval             (silence)
 * </pre>
 *
 * <p>Formulas: Kaplan and Meier, Nonparametric estimation from incomplete observations, JASA 53
 * (1958); Greenwood, The natural duration of cancer (1926), for its variance; Kalbfleisch and
 * Prentice, The statistical analysis of failure time data (1980), for the log-log interval and the
 * Weibull model; Nelson, Technometrics 14 (1972), and Aalen, Annals of statistics 6 (1978), for the
 * cumulative hazard; Aalen and Johansen, Scandinavian journal of statistics 5 (1978), and Gaynor
 * and others, JASA 88 (1993), for competing ends; Mantel, Cancer chemotherapy reports 50 (1966),
 * and Peto and Peto, JRSS A 135 (1972), for the log-rank test; Irwin, Journal of hygiene 47 (1949),
 * for the restricted mean; Boag, JRSS B 11 (1949), Berkson and Gage, JASA 47 (1952), and Farewell,
 * Biometrics 38 (1982), for the mixture-cure model; Wilks, Annals of mathematical statistics 9
 * (1938), for intervals by profile likelihood; Olsen, Econometrica 46 (1978), for log-normal times;
 * Thomas, JRSS A 140 (1977), and Biometrics 37 (1981), and Langholz and Borgan, Biometrika 82
 * (1995), for additive risks and samples of risk sets; Akaike, IEEE Transactions on automatic
 * control 19 (1974), for the choice of shape; Wilson, JASA 22 (1927), for the interval of a share.
 *
 * <p>Pure: frames in, frames out. Counts are integers and running sums are ordered by time, so the
 * same lifetimes give the same bits whatever the partitioning.
 */
package io.warmlead.decay;
