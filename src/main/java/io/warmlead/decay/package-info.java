/**
 * How the chance to convert falls with time and silence; estimated, never a constant.
 *
 * <pre>
 * leads, outcomes, first touches
 *   -> Lifetimes       time from an origin to conversion, or as long as watched  (row per lead)
 *   -> DurationCounts  how many ended at which minute                            (integers)
 *        -> KaplanMeier  survival curves with intervals                          (decay_curves)
 *        -> HalfLives    DurationGrid -> Histogram -> CureFit                    (decay_half_lives)
 * rolling snapshots
 *   -> SilenceTable    conversion by days of silence, WilsonInterval             (silence)
 * </pre>
 *
 * <p>Formulas: Kaplan and Meier, Nonparametric estimation from incomplete observations, JASA 53
 * (1958); Greenwood, The natural duration of cancer (1926), for its variance; Kalbfleisch and
 * Prentice, The statistical analysis of failure time data (1980), for the log-log interval; Boag,
 * JRSS B 11 (1949), Berkson and Gage, JASA 47 (1952), and Farewell, Biometrics 38 (1982), for the
 * mixture-cure model; Wilks, Annals of mathematical statistics 9 (1938), for intervals by profile
 * likelihood; Akaike, IEEE Transactions on automatic control 19 (1974), for the choice of shape;
 * Wilson, JASA 22 (1927), for the interval of a share.
 *
 * <p>Pure: frames in, frames out. Counts are integers and running sums are ordered by time, so the
 * same lifetimes give the same bits whatever the partitioning.
 */
package io.warmlead.decay;
