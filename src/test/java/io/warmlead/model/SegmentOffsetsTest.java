package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.feature.Feature;
import io.warmlead.feature.Phrase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SegmentOffsetsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(28);
  private static final Calibrator CALIBRATOR =
      new Calibrator(HORIZON, Duration.ofDays(7), new Delays(List.of(), HORIZON));
  private static final List<Feature> FEATURES =
      Stream.of("segment=large", "segment=small", "segment=rare", "segment=missing", "other")
          .map(name -> new Feature(name, Feature.Scale.LINEAR, "segment", Phrase.of("{}")))
          .toList();

  @Test
  void aSegmentThatConvertsMoreOftenThanTheModelSaysGetsAnOffsetTowardsIt() {
    SegmentOffsets offsets = offsets(1.2, 8_000);
    assertThat(offsets.validated()).containsKeys("large", "small");
    // Dates have levels of their own: one segment is above it, the others are below.
    double apart = offsets.all().get("large") - offsets.all().get("small");
    assertThat(apart).isBetween(0.7, 1.3);
    assertThat(offsets.told())
        .anyMatch(text -> text.startsWith("Segment large: an offset of its own (+"))
        .anyMatch(text -> text.contains("too few leads converted to tell more: rare"));
  }

  @Test
  void whereTheModelIsRightSegmentsAreJudgedByItAlone() {
    SegmentOffsets offsets = offsets(0, 8_000);
    assertThat(offsets.validated()).isEmpty();
    assertThat(offsets.all()).isEmpty();
    assertThat(offsets.told())
        .anyMatch(text -> text.startsWith("Segment large: judged by the common model alone"));
  }

  @Test
  void fewRowsAreDrawnTowardsTheCommonModel() {
    SegmentOffsets offsets = offsets(1.2, 500);
    assertThat(offsets.all().getOrDefault("large", 0D)).isBetween(0D, 0.5);
  }

  @Test
  void anOffsetCountsInTheContributionOfItsSegment() {
    Predictor common =
        new LinearPredictor(-1, List.of(0.1, 0.2, 0.0, 0.0, 0.5), List.of(0.5, 0.5, 0D, 0D, 0D));
    Predictor own = new SegmentPredictor(common, Map.of("segment=large", 0.4));
    double[] large = {1, 0, 0, 0, 2};
    double[] small = {0, 1, 0, 0, 2};
    assertThat(own.explainer(FEATURES).margin(large))
        .isEqualTo(common.explainer(FEATURES).margin(large) + 0.4);
    assertThat(own.explainer(FEATURES).margin(small))
        .isEqualTo(common.explainer(FEATURES).margin(small));
    double[] contributions = new double[5];
    double margin = own.explainer(FEATURES).explain(large, contributions);
    assertThat(contributions[0]).isCloseTo(0.1 * 0.5 + 0.4, within(1e-12));
    assertThat(
            own.explainer(FEATURES).base()
                + IntStream.range(0, 5).mapToDouble(i -> contributions[i]).sum())
        .isCloseTo(margin, within(1e-12));
    ScoringModel model =
        new ScoringModel(
            ScoringModel.FORMAT,
            "v1",
            FEATURES,
            own,
            Calibration.straight(0, 1),
            new TierThresholds(0.4, 0.1),
            Snapshots.model(Snapshots.linear()).training(),
            Map.of());
    assertThat(ScoringModel.fromJson(model.toJson())).isEqualTo(model);
  }

  /** Segment large is off by an offset; of segment rare there are a handful. */
  private static SegmentOffsets offsets(double offset, int leads) {
    List<Rehearsal> rehearsals =
        IntStream.range(0, 3)
            .mapToObj(
                cut -> {
                  Instant at = NOW.minus(Duration.ofDays(56 - 7L * cut));
                  Predictions rows =
                      Held.out(
                          (margin, segment) -> -2 + margin + (segment.equals("large") ? offset : 0),
                          leads,
                          20 + cut,
                          at,
                          "large",
                          "small",
                          "small");
                  for (int row = 0; row < 30; row++) {
                    rows.segment()[row] = "rare";
                  }
                  return new Rehearsal(
                      new Cut(List.of(at.minus(HORIZON)), List.of(at)),
                      new Members(new double[] {1}, new int[0]),
                      rows);
                })
            .toList();
    return SegmentOffsets.among(
        rehearsals, new Contender(LinearPredictor.FAMILY, 0), CALIBRATOR, FEATURES, NOW);
  }
}
