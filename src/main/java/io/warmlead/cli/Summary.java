package io.warmlead.cli;

import io.warmlead.pipeline.Nightly;
import io.warmlead.report.NightView;
import io.warmlead.report.TextSummary;
import java.util.Optional;

/** Says what a run came to. */
final class Summary {
  private Summary() {}

  static void print(Nightly.Result result, Console console) {
    NightView view = result.view().get();
    Optional<String> report =
        result.scoreDate().isPresent() ? Optional.of(result.writeReport(view)) : Optional.empty();
    TextSummary.of(view, report).forEach(console::print);
  }
}
