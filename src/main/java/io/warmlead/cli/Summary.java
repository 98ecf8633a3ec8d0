package io.warmlead.cli;

import io.warmlead.pipeline.CodeVersion;
import io.warmlead.pipeline.Nightly;
import io.warmlead.report.BackfillJson;
import io.warmlead.report.NightView;
import io.warmlead.report.SummaryJson;
import io.warmlead.report.TextSummary;
import java.util.List;
import java.util.Optional;

/** Says what a run came to, for people or, in one object, for programs. */
final class Summary {
  private Summary() {}

  static void print(Nightly.Result result, SummaryOptions options, Console console) {
    console.stage("report", "what the night came to");
    NightView view = result.view().get();
    Optional<String> report =
        result.scoreDate().isPresent() ? Optional.of(result.writeReport(view)) : Optional.empty();
    console.rest();
    if (options.json) {
      console.print(
          SummaryJson.of(
              view,
              new SummaryJson.Run(
                  CodeVersion.current(),
                  result.command(),
                  result.status(),
                  result.refusedBecause(),
                  result.leads(),
                  report)));
    } else {
      TextSummary.of(view, report).forEach(console::print);
    }
  }

  /** The dates of a backfill. */
  static void print(
      List<Nightly.Result> results, String lake, SummaryOptions options, Console console) {
    console.rest();
    if (options.json) {
      console.print(
          BackfillJson.of(
              CodeVersion.current(), lake, results.stream().map(Summary::night).toList()));
    } else {
      results.forEach(
          result ->
              console.print(
                  result.scoreDate().orElseThrow()
                      + "  "
                      + result.leads()
                      + " leads scored with "
                      + result.modelVersion().orElse("behaviour rules alone")));
    }
  }

  private static BackfillJson.Night night(Nightly.Result result) {
    return new BackfillJson.Night(
        result.run().runId(),
        result.status(),
        result.scoreDate().orElseThrow(),
        result.leads(),
        result.modelVersion());
  }
}
