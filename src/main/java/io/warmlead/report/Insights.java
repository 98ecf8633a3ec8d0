package io.warmlead.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the tables of insight say of one night: a few rows each, whatever the number of leads. A
 * list is empty where its table has nothing for the night.
 *
 * @param promises probabilities beside what came of them, test dates first
 * @param tops the best leads by probability, smallest share first
 * @param rivals simpler rankings on the same dates
 * @param responses by response time, fastest first
 * @param touches by touches before and by spacing, in the order of their buckets
 * @param sources what leads came with and what touched them
 * @param funnel stages, first one first
 * @param shifts measured against the night on which the model first scored, greatest first
 * @param flows between tiers since the scoring before, in no order
 * @param times stages of this run as they began
 * @param earlierSeconds how long earlier runs of the same command took
 */
public record Insights(
    List<Promise> promises,
    List<Top> tops,
    List<Rival> rivals,
    List<Response> responses,
    List<Touches> touches,
    Sources sources,
    Optional<Funnel> funnel,
    List<Shift> shifts,
    List<Flow> flows,
    List<StageTime> times,
    List<Double> earlierSeconds) {

  /** Where nothing was scored. */
  public static Insights none() {
    return new Insights(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Sources(List.of(), 0, List.of()),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * A measured number with its 95 % interval.
   *
   * @param low lower end; null where none is known, as for high
   */
  public record Estimate(double value, Double low, Double high) {}

  /**
   * Conversions promised to the leads of a tier, and those that came.
   *
   * @param date when the probabilities were published; empty for the test dates of the model
   * @param segment all for everyone
   * @param promised mean probability
   * @param came share of the leads that converted within the horizon
   */
  public record Promise(
      Optional<LocalDate> date,
      String segment,
      String tier,
      long leads,
      double promised,
      Estimate came) {}

  /**
   * The best leads by probability on the test dates.
   *
   * @param share of all leads, in percent
   * @param capture share of all conversions that they made
   * @param lift capture / share
   */
  public record Top(int share, Estimate capture, Estimate lift) {}

  /** Share of the conversions among the best 10 % by another ranking. */
  public record Rival(String name, Estimate capture) {}

  /**
   * Leads that were answered within a time of their asking.
   *
   * @param adjusted conversion rate as if they were composed like all leads that asked
   * @param raw conversion rate as it is
   */
  public record Response(String bucket, long leads, Estimate adjusted, double raw) {}

  /**
   * Touches of ours and what followed, as if all had gone to leads that had done as much before.
   *
   * @param dimension touches (before, in 14 days) or spacing (time since the touch before)
   * @param usualReply reply rate of all touches
   * @param usualOptOut opt-out rate of all touches
   * @param isBest whether this is the shortest spacing with surely more replies than usual
   */
  public record Touches(
      String dimension,
      String bucket,
      long touches,
      Estimate replies,
      Estimate optOuts,
      double usualReply,
      double usualOptOut,
      boolean isBest) {}

  /**
   * Where leads come from.
   *
   * @param own sources that leads came with, the largest ones, most leads first
   * @param ofAll how many sources leads came with
   * @param touches kinds of touch by model of attribution, most leads first
   */
  public record Sources(List<Source> own, long ofAll, List<Source> touches) {}

  /**
   * What a source brought.
   *
   * @param model lead_source, or how touches share a lead out
   * @param rate conversions per lead; empty where it had no lead
   */
  public record Source(
      String model,
      String source,
      double leads,
      double conversions,
      Optional<Estimate> rate,
      Optional<Double> medianDays,
      Optional<Double> valuePerLead,
      Optional<Double> warmShare) {}

  /**
   * Leads of all weeks whose entry window is over.
   *
   * @param entered leads created in them
   */
  public record Funnel(
      LocalDate firstWeek, LocalDate lastWeek, long entered, List<FunnelStage> stages) {}

  /**
   * A stage.
   *
   * @param share of the leads that entered, which reached it
   * @param before leads of the stage before; empty for the first
   */
  public record FunnelStage(String stage, long leads, Estimate share, Optional<Long> before) {}

  /**
   * How far a thing has moved.
   *
   * @param kind feature, score, base_rate or unseen_level
   * @param value see the table drift
   * @param noise what it exceeds by chance one time in a thousand; null where unknown
   * @param state steady, moved or drifted
   */
  public record Shift(
      String kind, String name, double value, Double noise, String state, LocalDate since) {}

  /**
   * Leads that went from tier to tier; from new where not scored before, to closed where no more.
   */
  public record Flow(String from, String to, long leads) {}

  /**
   * A stage of the run.
   *
   * @param from seconds after the run began
   */
  public record StageTime(String stage, double from, double seconds) {}
}
