package io.warmlead.report;

import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.TierCount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A night for programs: one object in one line, described by {@code summary.schema.json} beside
 * this class. It names no lead, so that it may be logged and passed on.
 */
public final class SummaryJson {
  /** Dimensions whose half-lives are told; the others stand in the table. */
  private static final Set<String> DIMENSIONS = Set.of("overall", "segment");

  private SummaryJson() {}

  /**
   * What the run itself says.
   *
   * @param version of Warmlead
   * @param status as in the table {@code runs}
   * @param refusedBecause why training published no model
   * @param leadsScored leads scored
   * @param report where the report is, if one was written
   */
  public record Run(
      String version,
      String command,
      String status,
      Optional<String> refusedBecause,
      long leadsScored,
      Optional<String> report) {}

  /** The line; what is not known is null. */
  public static String of(NightView night, Run run) {
    return ReportJson.line(
        new Told(
            run.version(),
            run.command(),
            night.runId(),
            run.status(),
            night.asOf(),
            night.scoreDate(),
            night.accounts(),
            night.rejectReasons(),
            night.unmapped(),
            night.model().map(SummaryJson::model),
            run.refusedBecause(),
            night.championStays(),
            run.leadsScored(),
            night.tiers(),
            night.moves(),
            night.halfLives().stream()
                .filter(life -> DIMENSIONS.contains(life.dimension()))
                .map(SummaryJson::halfLife)
                .toList(),
            night.warnings(),
            night.drift(),
            night.lake().replaceFirst("/[^/]*$", ""),
            run.report()));
  }

  private static Model model(NightView.Model model) {
    return new Model(
        model.version(),
        model.family(),
        model.trainedAsOf(),
        model.snapshots(),
        model.convertingLeads(),
        new TreeMap<>(model.metrics()),
        model.excluded());
  }

  private static Life halfLife(HalfLife life) {
    return new Life(
        life.dimension(), life.value(), life.days(), life.ciLow(), life.ciHigh(), life.n());
  }

  private record Told(
      String version,
      String command,
      String runId,
      String status,
      Instant asOf,
      Optional<LocalDate> scoreDate,
      List<Account> inputs,
      List<Counted> rejectReasons,
      List<Counted> unmapped,
      Optional<Model> model,
      Optional<String> refusedBecause,
      Optional<String> championStays,
      long leadsScored,
      List<TierCount> tiers,
      List<Counted> moves,
      List<Life> halfLives,
      List<String> warnings,
      Optional<String> drift,
      String lake,
      Optional<String> report) {}

  private record Model(
      String version,
      String family,
      Instant trainedAsOf,
      long snapshots,
      long convertingLeads,
      Map<String, Double> metrics,
      List<String> excluded) {}

  private record Life(
      String dimension,
      String value,
      Optional<Double> days,
      Optional<Double> ciLow,
      Optional<Double> ciHigh,
      long n) {}
}
