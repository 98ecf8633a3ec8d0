package io.warmlead.pipeline;

import io.warmlead.report.Insights;
import io.warmlead.report.Insights.Funnel;
import io.warmlead.report.Insights.Promise;
import io.warmlead.report.Insights.Response;
import io.warmlead.report.Insights.Shift;
import io.warmlead.report.Insights.Sources;
import io.warmlead.report.Insights.Touches;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the pictures of a night from the small tables, side by side. */
final class ReportInsights {
  private final SideBySide queries;
  private final RunContext run;

  ReportInsights(SideBySide queries, RunContext run) {
    this.queries = queries;
    this.run = run;
  }

  /**
   * Starts reading.
   *
   * @param model version of the model of the night; empty without one
   * @param transitions of the night, which the leads' part reads
   */
  Supplier<Insights> start(
      Instant asOf,
      LocalDate date,
      Optional<String> model,
      Supplier<List<ReportLeads.Transition>> transitions) {
    ReportTrust trust = new ReportTrust(run.lake());
    ReportHabits habits = new ReportHabits(run.lake(), asOf);
    ReportTimes times = new ReportTimes(run);
    Supplier<Optional<ReportTrust.Tested>> tested = queries.start(() -> model.map(trust::tested));
    Supplier<List<Promise>> published =
        queries.start(() -> model.isPresent() ? trust.published(asOf) : List.of());
    Supplier<List<Shift>> shifts =
        queries.start(() -> model.isPresent() ? trust.shifts(date) : List.of());
    Supplier<List<Response>> responses = queries.start(habits::responses);
    Supplier<List<Touches>> touches = queries.start(habits::touches);
    Supplier<Sources> sources = queries.start(habits::sources);
    Supplier<Optional<Funnel>> funnel = queries.start(habits::funnel);
    Supplier<ReportTimes.Times> taken = queries.start(times::times);
    return () -> {
      List<Promise> promises =
          new ArrayList<>(tested.get().map(ReportTrust.Tested::promises).orElse(List.of()));
      promises.addAll(published.get());
      return new Insights(
          promises,
          tested.get().map(ReportTrust.Tested::tops).orElse(List.of()),
          tested.get().map(ReportTrust.Tested::rivals).orElse(List.of()),
          responses.get(),
          touches.get(),
          sources.get(),
          funnel.get(),
          shifts.get(),
          ReportLeads.flows(transitions.get()),
          taken.get().stages(),
          taken.get().earlier());
    };
  }
}
