package io.warmlead.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One night, as a person wants to see it: small lists, whatever the number of leads.
 *
 * @param asOf only what was known before this was used
 * @param scoreDate date of the scores; empty when nothing was scored
 * @param accounts what was read
 * @param rejectReasons why rows were refused, most frequent first
 * @param unmapped raw events that nothing maps, most frequent first
 * @param model the model behind the scores; empty when behaviour rules alone decided
 * @param championStays why training gave no new champion; empty when it did or was not due
 * @param tiers leads per tier, hot first
 * @param moves transitions per kind
 * @param hot leads with the highest probability among the hot ones
 * @param saveToday leads that would lose most in another silent week, the greatest loss first
 * @param halfLives fitted half-lives
 * @param curves survival curves: dimension and value to points
 * @param silence conversion by silence, overall, shortest silence first
 * @param warnings what should not be overlooked, in a sentence each
 * @param drift how far the world has moved since the model took over, in a sentence; empty without
 *     a model
 * @param insights what the insight tables say; of nothing where nothing was scored
 * @param lake where the tables are
 */
public record NightView(
    String runId,
    Instant asOf,
    Optional<LocalDate> scoreDate,
    List<Account> accounts,
    List<Counted> rejectReasons,
    List<Counted> unmapped,
    Optional<Model> model,
    Optional<String> championStays,
    List<TierCount> tiers,
    List<Counted> moves,
    List<HotLead> hot,
    List<SaveLead> saveToday,
    List<HalfLife> halfLives,
    Map<String, List<Point>> curves,
    List<SilenceRate> silence,
    List<String> warnings,
    Optional<String> drift,
    Insights insights,
    String lake) {

  /** The account of one input: rowsIn = accepted + duplicates + rejected + ignored. */
  public record Account(
      String input,
      int files,
      long rowsIn,
      long accepted,
      long duplicates,
      long rejected,
      long ignored,
      long unknownLeads) {}

  /** A name and how often it occurred. */
  public record Counted(String name, long count) {}

  /**
   * A model.
   *
   * @param metrics of the out-of-time test dates, by name
   * @param excluded columns left out because they seem to know the outcome
   */
  public record Model(
      String version,
      String family,
      Instant trainedAsOf,
      long snapshots,
      long convertingLeads,
      Map<String, Double> metrics,
      List<String> notes,
      List<String> excluded) {}

  /**
   * One tier.
   *
   * @param meanProbability mean probability of its leads, empty without a model
   */
  public record TierCount(String tier, long leads, Optional<Double> meanProbability) {}

  /**
   * A hot lead.
   *
   * @param nextAction what to do next, and about what
   * @param reasons in words, strongest first
   */
  public record HotLead(
      String leadId,
      Optional<Double> probability,
      Optional<Double> temperature,
      String tierReason,
      LocalDate tierSince,
      String trend,
      NextStep nextAction,
      List<String> reasons) {}

  /**
   * A warm or hot lead that silence costs.
   *
   * @param atRisk probability lost in another silent week
   * @param daysToCold empty where it stays warm for a year
   */
  public record SaveLead(
      String leadId,
      String tier,
      double probability,
      double atRisk,
      Optional<Integer> daysToCold,
      NextStep nextAction) {}

  /**
   * A half-life; the numbers are empty where the data did not allow a fit.
   *
   * @param method how it was fitted, or why it was withheld
   */
  public record HalfLife(
      String dimension,
      String value,
      String shape,
      Optional<Double> days,
      Optional<Double> ciLow,
      Optional<Double> ciHigh,
      Optional<Double> neverConverts,
      long n,
      String method) {}

  /** A point of a survival curve. */
  public record Point(double day, double survival, Double ciLow, Double ciHigh) {}

  /** Conversion within the horizon after a silence. */
  public record SilenceRate(
      String bucket, long leads, long conversions, double rate, double ciLow, double ciHigh) {}
}
