package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Flow;
import io.warmlead.report.Insights.Promise;
import io.warmlead.report.Insights.Response;
import io.warmlead.report.Insights.Source;
import io.warmlead.report.Insights.StageTime;
import io.warmlead.report.Insights.Touches;
import io.warmlead.report.NightView.SilenceRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every picture says in one sentence what it shows, and no more than the data bear. */
final class InsightSentencesTest {
  private static final Insights FULL = SampleInsights.full();

  @Test
  void theWarmestTierTellsWhetherPromisesCameTrue() {
    assertThat(CalibrationSection.sentence(FULL.promises().subList(0, 6)))
        .isEqualTo(
            "On the test dates: hot leads were promised to convert in 18.1\u00a0% of cases and did"
                + " in 17.2\u00a0% (95\u00a0% interval 14.9 to 19.5\u00a0%); in every tier the"
                + " promise lies within the interval.");
    assertThat(CalibrationSection.sentence(FULL.promises().subList(6, 9)))
        .startsWith("Published on 1 February 2026: hot leads were promised")
        .endsWith("; outside the interval: hot.");
    List<Promise> coldBroken = new ArrayList<>(FULL.promises().subList(0, 2));
    coldBroken.add(
        new Promise(
            Optional.empty(), "all", "cold", 172, 0.145, new Estimate(0.238, 0.181, 0.307)));
    assertThat(CalibrationSection.sentence(coldBroken))
        .endsWith("; outside the interval: cold (14.5\u00a0% promised, 23.8\u00a0% came).");
  }

  @Test
  void theRankingIsComparedWithChanceAndTheBestSimplerOne() {
    assertThat(RankingSection.sentence(FULL.tops(), FULL.rivals()))
        .isEqualTo(
            "On the test dates, the best 10\u00a0% of the leads made 41.2\u00a0% of the conversions"
                + " (95\u00a0% interval 37.2 to 45.2\u00a0%), 4.1 times as many as chance gives;"
                + " the best 10\u00a0% by recency alone made 30.1\u00a0%.");
  }

  @Test
  void fastAnswersAreComparedWithSlowOnesByAdjustedRates() {
    assertThat(ResponseSection.sentence(FULL.responses()))
        .isEqualTo(
            "Answered within 5 min, 15.1\u00a0% of the leads that asked convert, not answered"
                + " within a day 5.2\u00a0%.");
    assertThat(
            ResponseSection.sentence(
                List.of(response("5 min", 400, 0.15, 0.05), response("4 h", 300, 0.12, 0.05))))
        .endsWith(
            "within 4 h 12.0\u00a0%; the intervals overlap, so the difference may be chance.");
  }

  @Test
  void aHandfulOfAnswersIsNoComparison() {
    assertThat(
            ResponseSection.sentence(
                List.of(response("5 min", 400, 0.15, 0.05), response("4 h", 29, 0.02, 0.01))))
        .isEqualTo("Too few leads were answered at different speeds to compare them.");
  }

  @Test
  void repliesFadeWithTouches() {
    List<Touches> before = FULL.touches().subList(0, 6);
    assertThat(CadenceSection.replies(before))
        .isEqualTo("After no touches 11.2\u00a0% are answered, after 8+ 3.8\u00a0%.");
    assertThat(CadenceSection.optOuts(before))
        .isEqualTo("After no touches 0.20\u00a0% end in an opt-out, after 8+ 2.1\u00a0%.");
    assertThat(CadenceSection.spacing(FULL.touches().subList(6, 11)))
        .isEqualTo(
            "The shortest rest that pays is 5-7 days after the touch before:"
                + " 11.0\u00a0% are answered, usually 8.8\u00a0%, without more opt-outs than usual.");
    assertThat(CadenceSection.spacing(before)).startsWith("No time between touches is surely");
  }

  @Test
  void sourcesWithFewLeadsAreNotNamedBestOrWorst() {
    List<Source> own = FULL.sources().own();
    assertThat(SourceSection.sentence(own))
        .isEqualTo(
            "Of leads that came by referral 15.3\u00a0% converted, of those by ad 2.9\u00a0%.");
    assertThat(SourceSection.sentence(own.subList(2, 4))).startsWith("There is only one source");
  }

  @Test
  void theBestAndTheWorstOfManySourcesMayBeChance() {
    List<Source> alike = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double rate = i == 3 ? 0.1 : i == 7 ? 0.02 : 0.05;
      alike.add(
          new Source(
              "lead_source",
              "source " + i,
              200,
              200 * rate,
              Optional.of(new Estimate(rate, rate - 0.035, rate + 0.035)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    assertThat(SourceSection.sentence(alike))
        .isEqualTo(
            "Of leads that came by source 3 10.0\u00a0% converted, of those by source 7 2.0\u00a0%;"
                + " of 20 compared, two may differ as much by chance.");
  }

  @Test
  void theNarrowestStepOfTheFunnelIsNamed() {
    assertThat(FunnelSection.sentence(FULL.funnel().orElseThrow()))
        .isEqualTo(
            "Of 2,411\u00a0leads created in the weeks from 1 September 2025 to 24 November 2025,"
                + " 5.7\u00a0% converted; the narrowest step is to qualifying, which 44.1\u00a0% of"
                + " the stage before reach.");
  }

  @Test
  void aSilenceIsComparedWithTheLongestThatSurelyDiffers() {
    List<SilenceRate> rates =
        List.of(
            new SilenceRate("up to 1 day", 29, 12, 0.41, 0.25, 0.59),
            new SilenceRate("over 1 to 3 days", 400, 4, 0.01, 0.004, 0.025),
            new SilenceRate("over 3 to 7 days", 30, 1, 0.03, 0.006, 0.3));
    assertThat(SilenceFigure.sentence(rates))
        .isEqualTo(
            "After a silence of up to 1 day, 41.0\u00a0% of leads convert within the horizon, after"
                + " one of over 1 to 3 days 1.0\u00a0%.");
    assertThat(
            SilenceFigure.sentence(
                List.of(
                    new SilenceRate("up to 1 day", 50, 0, 0, 0, 0.07),
                    new SilenceRate("over 1 to 3 days", 90, 0, 0, 0, 0.04))))
        .isEqualTo(
            "Neither after a silence of up to 1 day nor after one of over 1 to 3 days did a lead"
                + " convert within the horizon.");
  }

  @Test
  void whereNobodyOptsOutNoDifferenceIsSpokenOf() {
    List<Touches> none =
        FULL.touches().subList(0, 6).stream().map(InsightSentencesTest::noOptOut).toList();
    assertThat(CadenceSection.optOuts(none))
        .isEqualTo("Neither after no touches nor after 8+ did any end in an opt-out.");
  }

  private static Touches noOptOut(Touches touches) {
    return new Touches(
        touches.dimension(),
        touches.bucket(),
        touches.touches(),
        touches.replies(),
        new Estimate(0, 0D, 0.01),
        touches.usualReply(),
        0,
        false);
  }

  @Test
  void driftNamesTheFeatureThatMovedFarthest() {
    assertThat(DriftSection.sentence(FULL.shifts()))
        .isEqualTo(
            "Since 5 January 2025 the probabilities are steady (index 0.031) and 1 of"
                + " 16\u00a0features drifted; farthest: email click 30d (0.312).");
  }

  @Test
  void theBroadestStreamBetweenTiersIsNamed() {
    assertThat(FlowFigure.sentence(FULL.flows()))
        .isEqualTo(
            "130\u00a0leads came, left or changed tier; the broadest stream, 33, went from cold to"
                + " warm.");
    assertThat(FlowFigure.sentence(List.of(new Flow("new", "cold", 3))))
        .isEqualTo("3\u00a0leads came; the broadest stream, 3, came in cold.");
    assertThat(FlowFigure.sentence(List.of(new Flow("warm", "closed", 3))))
        .endsWith("the broadest stream, 3, left from warm.");
  }

  @Test
  void theLongestStageIsNamedAndTheRunComparedWithThoseBefore() {
    assertThat(RunTimeSection.sentence(FULL.times(), FULL.earlierSeconds()))
        .isEqualTo(
            "The stages took 2\u00a0min 58\u00a0s, the longest of them train (1\u00a0min"
                + " 58\u00a0s); the 3 runs before took 2\u00a0min 51\u00a0s (median).");
    assertThat(RunTimeSection.sentence(List.of(new StageTime("score", 0, 3.14)), List.of()))
        .isEqualTo("The stages took 3.1\u00a0s, the longest of them score (3.1\u00a0s).");
  }

  @Test
  void noIntervalNoVerdict() {
    Source bare =
        new Source(
            "lead_source",
            "ad",
            50,
            1,
            Optional.of(new Estimate(0.02, null, null)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(SourceSection.sentence(List.of(bare, FULL.sources().own().get(2))))
        .endsWith("the intervals overlap, so the difference may be chance.");
  }

  private static Response response(String bucket, long leads, double rate, double width) {
    return new Response(bucket, leads, new Estimate(rate, rate - width, rate + width), rate);
  }
}
