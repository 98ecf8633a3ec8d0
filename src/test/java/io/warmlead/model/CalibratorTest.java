package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibratorTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(28);
  private static final Duration WEEK = Duration.ofDays(7);

  /** Conversions spread evenly over the horizon. */
  private final Calibrator calibrator =
      new Calibrator(HORIZON, WEEK, new Delays(List.of(), HORIZON));

  @Test
  void aPlantedSlopeIsFoundAlthoughTheBaseRateMoves() {
    Calibrator.Margins rows = rows(0.7, week -> -3 + 0.15 * week, 1);
    assertThat(calibrator.slope(List.of(rows), NOW)).isCloseTo(0.7, within(0.05));
  }

  @Test
  void theLevelFollowsARateThatRoseWithinTheLastHorizon() {
    // Decided dates convert at log-odds -3, those still running at -2.
    Calibrator.Margins rows = rows(1, week -> week < 12 ? -3 : -2, 2);
    Calibration found = calibrator.calibrate(1, rows, NOW);
    assertThat(found.intercept()).isBetween(-2.35, -1.8);
    // A rate that stayed is not moved.
    Calibration stayed = calibrator.calibrate(1, rows(1, week -> -3, 3), NOW);
    assertThat(stayed.intercept()).isCloseTo(-3, within(0.2));
  }

  @Test
  void withoutHeldOutRowsTheSlopeIsOneAndWithoutRowsTheLevelStays() {
    assertThat(calibrator.slope(List.of(), NOW)).isEqualTo(1);
    Predictions none =
        new Predictions(
            new long[0],
            new long[0],
            new String[0],
            new double[0],
            new double[0],
            new double[0][],
            new double[0][]);
    Calibration kept = calibrator.calibrate(1, new Calibrator.Margins(none, new double[0]), NOW);
    assertThat(kept).isEqualTo(Calibration.straight(0, 1));
  }

  @Test
  void publishedProbabilitiesAreMovedWhereTheRateRoseAndHardlyWhereLittleIsKnown() {
    Calibrator.Margins rose = rows(1, week -> 0.8, 5);
    assertThat(calibrator.moved(List.of(rose), NOW)).isCloseTo(0.8, within(0.1));
    Calibrator.Margins stayed = rows(1, week -> 0, 6);
    assertThat(calibrator.moved(List.of(stayed), NOW)).isCloseTo(0, within(0.1));
    assertThat(calibrator.moved(List.of(), NOW)).isZero();
    Predictions few = rose.rows().where(row -> row % 2_000 == 0);
    double[] margins =
        IntStream.range(0, rose.margin().length)
            .filter(row -> row % 2_000 == 0)
            .mapToDouble(row -> rose.margin()[row])
            .toArray();
    assertThat(Math.abs(calibrator.moved(List.of(new Calibrator.Margins(few, margins)), NOW)))
        .isLessThan(0.4);
  }

  @Test
  void marginsThatMeanTheOppositeStillGiveARisingMap() {
    assertThat(calibrator.slope(List.of(rows(-1, week -> -1, 4)), NOW)).isEqualTo(0.05);
  }

  @Test
  void whenConversionsAreNotYetKnownTheShareOfThoseThatHaveComeIsTold() {
    Instant asOf = NOW.minus(Duration.ofDays(56));
    Delays delays =
        new Delays(List.of(new Delays.Count(asOf, 4, 30), new Delays.Count(asOf, 40, 10)), HORIZON);
    // Step 4 is the second day.
    assertThat(delays.shareWithin(1, NOW)).isEqualTo(0);
    assertThat(delays.shareWithin(2, NOW)).isEqualTo(0.75);
    assertThat(delays.shareWithin(14, NOW)).isEqualTo(1);
    // Before that date's horizon had passed nothing was known: in proportion to time.
    assertThat(delays.shareWithin(7, asOf.plus(WEEK))).isEqualTo(0.25);
  }

  private interface LevelOfWeek {
    double of(int week);
  }

  /** Sixteen weekly snapshots of 3000 leads, the newest a week old; margins are standard normal. */
  private static Calibrator.Margins rows(double slope, LevelOfWeek level, long seed) {
    int leads = 3_000;
    int weeks = 16;
    int n = leads * weeks;
    Random random = new Random(seed);
    Predictions rows =
        new Predictions(
            new long[n],
            new long[n],
            new String[n],
            new double[n],
            new double[n],
            new double[n][],
            new double[n][]);
    double[] margin = new double[n];
    for (int row = 0; row < n; row++) {
      int week = row / leads;
      margin[row] = random.nextGaussian();
      double p = 1 / (1 + Math.exp(-(level.of(week) + slope * margin[row])));
      rows.asOf()[row] = Calibrator.micros(NOW.minus(Duration.ofDays(7L * (weeks - week))));
      rows.lead()[row] = row;
      rows.delayDays()[row] = random.nextDouble() < p ? 28 * random.nextDouble() : Double.NaN;
    }
    Arrays.fill(rows.segment(), "any");
    return new Calibrator.Margins(rows, margin);
  }
}
