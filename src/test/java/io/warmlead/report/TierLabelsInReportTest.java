package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.export.TierLabels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tiers of a night in the language of its readers. */
final class TierLabelsInReportTest {
  private static final NightView GERMAN = SampleNight.full().labelled(TierLabels.of("de").labels());

  @Test
  void theReportNamesThemAndSaysWhichIsWhichInItsSentences() {
    assertThat(HtmlReport.render(GERMAN))
        .contains("The largest tier is Kalter Lead (cold)")
        .contains("Heißer Lead (hot)")
        .contains(">Warmer Lead<")
        .contains("37 of 3,000\u00a0leads are hot");
    assertThat(HtmlReport.render(SampleNight.full()))
        .doesNotContain("Lead (hot)", "Hot lead (hot)");
  }

  @Test
  void soDoesTheSummary() {
    List<String> lines = TextSummary.of(GERMAN, Optional.empty());
    assertThat(lines)
        .anyMatch(line -> line.startsWith("tiers     37 Heißer Lead (hot) (mean probability"));
    assertThat(TextSummary.of(SampleNight.full(), Optional.empty()))
        .anyMatch(line -> line.startsWith("tiers     37 hot (mean probability"));
  }
}
