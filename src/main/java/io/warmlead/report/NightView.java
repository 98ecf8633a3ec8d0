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
 * @param hot leads with the highest probability among the hot ones, among the warm ones where none
 *     is hot
 * @param saveToday leads that would lose most in another silent week, the greatest loss first
 * @param halfLives fitted and withheld half-lives, of each dimension the largest groups
 * @param curves shares converted by days since creation: of everyone, then of the largest segments
 * @param silence conversion by silence, overall, shortest silence first
 * @param warnings what should not be overlooked, in a sentence each
 * @param drift how far the world has moved since the model took over, in a sentence; empty without
 *     a model
 * @param insights what the insight tables say; of nothing where nothing was scored
 * @param lake where the tables are
 * @param tierLabels tier to what readers call it; a tier that is not in it goes by its own name
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
    List<Curve> curves,
    List<SilenceRate> silence,
    List<String> warnings,
    Optional<String> drift,
    Insights insights,
    String lake,
    Map<String, String> tierLabels) {

  /** A night whose tiers go by their own names. */
  public NightView(
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
      List<Curve> curves,
      List<SilenceRate> silence,
      List<String> warnings,
      Optional<String> drift,
      Insights insights,
      String lake) {
    this(
        runId,
        asOf,
        scoreDate,
        accounts,
        rejectReasons,
        unmapped,
        model,
        championStays,
        tiers,
        moves,
        hot,
        saveToday,
        halfLives,
        curves,
        silence,
        warnings,
        drift,
        insights,
        lake,
        Map.of());
  }

  /** The same night with other names of tiers. */
  public NightView labelled(Map<String, String> labels) {
    return new NightView(
        runId,
        asOf,
        scoreDate,
        accounts,
        rejectReasons,
        unmapped,
        model,
        championStays,
        tiers,
        moves,
        hot,
        saveToday,
        halfLives,
        curves,
        silence,
        warnings,
        drift,
        insights,
        lake,
        labels);
  }

  /** What readers call a tier. */
  String label(String tier) {
    return tierLabels.getOrDefault(tier, tier);
  }

  /** The same, with the name of the tables, which sentences use, where it is another. */
  String labelAndName(String tier) {
    return tierLabels.containsKey(tier) ? label(tier) + " (" + tier + ")" : tier;
  }

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
   * @param ofAll groups of the dimension that are fitted, or withheld, as this one is
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
      String method,
      long ofAll) {}

  /**
   * How many leads have converted, by days since their creation.
   *
   * @param dimension overall or segment
   * @param ofAll groups of the dimension that have a curve
   */
  public record Curve(String dimension, String value, long ofAll, List<Point> points) {}

  /**
   * A point of a curve.
   *
   * @param converted share converted by this day, where who is lost converts no more
   * @param ciLow lower end of its 95 % interval; null where none is known, as for ciHigh
   * @param watched leads that were still watched after this day
   */
  public record Point(double day, double converted, Double ciLow, Double ciHigh, long watched) {}

  /** Conversion within the horizon after a silence. */
  public record SilenceRate(
      String bucket, long leads, long conversions, double rate, double ciLow, double ciHigh) {}
}
