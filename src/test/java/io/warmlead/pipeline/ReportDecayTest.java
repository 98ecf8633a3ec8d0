package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.DurationCounts;
import io.warmlead.decay.KaplanMeier;
import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.Point;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report takes from the tables of decay, of a company that records its losses. */
final class ReportDecayTest {
  private static final Instant AS_OF = Instant.parse("2026-03-03T00:00:00Z");

  @TempDir private Path folder;
  private RunContext run;

  @BeforeEach
  void openLake() {
    run = TestRuns.run("run", folder);
  }

  @Test
  void leadsThatWereLostAreNoneThatHaveConverted() {
    List<Row> lifetimes = new ArrayList<>();
    for (int lead = 0; lead < 300; lead++) {
      // 63 are won on the first 63 days, 209 lost on the 70 days around them, 28 are open.
      boolean isWon = lead < 63;
      boolean isLost = lead >= 63 && lead < 272;
      double days = isWon ? lead + 1 : isLost ? 0.5 + (lead - 63) % 70 : 100;
      lifetimes.add(lifetime("overall", "all", days, isWon, isLost));
    }
    writeCurves(lifetimes);

    Curve all = new ReportDecay(run.lake()).curves(AS_OF).get(0);

    Point last = all.points().stream().filter(point -> point.day() == 63).findFirst().orElseThrow();
    assertThat(last.converted()).isCloseTo(0.21, within(1e-9));
    assertThat(last.ciLow()).isCloseTo(0.166, within(2e-3));
    assertThat(last.ciHigh()).isCloseTo(0.258, within(2e-3));
    assertThat(last.watched()).as("28 open, and 20 lost after that").isEqualTo(28 + 20);
    assertThat(all.points().get(all.points().size() - 1).watched()).isZero();
  }

  @Test
  void ofManySegmentsOnlyTheLargestAreRead() {
    List<Row> lifetimes = new ArrayList<>();
    for (int segment = 0; segment < 9; segment++) {
      for (int lead = 0; lead < 40 + segment; lead++) {
        lifetimes.add(lifetime("segment", "s" + segment, lead + 1, lead % 2 == 0, false));
        lifetimes.add(lifetime("overall", "all", lead + 1, lead % 2 == 0, false));
      }
    }
    writeCurves(lifetimes);

    List<Curve> curves = new ReportDecay(run.lake()).curves(AS_OF);

    assertThat(curves).extracting(Curve::value).containsExactly("all", "s8", "s7", "s6", "s5");
    assertThat(curves).extracting(Curve::ofAll).containsExactly(1L, 9L, 9L, 9L, 9L);
  }

  @Test
  void ofManyHalfLivesOnlyTheLargestOfEachKindAreRead() {
    List<Row> rows = new ArrayList<>();
    for (int signal = 0; signal < 30; signal++) {
      rows.add(row("signal", "fitted " + signal, 10D, 100L + signal));
      rows.add(row("signal", "withheld " + signal, null, 1L + signal));
    }
    rows.add(row("signal", "all", 10D, 90L));
    rows.add(row("overall", "all", 10D, 3_000L));
    rows.add(row("segment", "unknown", 10D, 3_000L));
    run.lake()
        .append(
            DecayHalfLives.TABLE,
            TestRuns.filled(
                DecayHalfLives.TABLE,
                frame(
                        "dimension STRING, value STRING, half_life_days DOUBLE, n BIGINT",
                        rows.toArray(Row[]::new))
                    .withColumn("as_of", lit(Timestamp.from(AS_OF)))));

    List<HalfLife> lives = new ReportDecay(run.lake()).halfLives(AS_OF);

    assertThat(lives).hasSize(25);
    assertThat(lives.get(0).value()).isEqualTo("all");
    assertThat(lives.get(1).dimension()).isEqualTo("signal");
    assertThat(lives.get(1).value()).isEqualTo("all");
    assertThat(lives.get(2).value()).isEqualTo("fitted 29");
    assertThat(lives.get(24).value()).isEqualTo("withheld 18");
    assertThat(lives.get(24).ofAll()).isEqualTo(30);
  }

  private static Row lifetime(
      String dimension, String value, double days, boolean isWon, boolean isLost) {
    return row(
        "lead",
        dimension,
        value,
        "lead_creation",
        days,
        isWon,
        null,
        isLost,
        0D,
        null,
        100D,
        false);
  }

  private void writeCurves(List<Row> lifetimes) {
    run.lake()
        .append(
            DecayCurves.TABLE,
            KaplanMeier.curves(
                    DurationCounts.of(
                        frame(
                            "lead_id STRING, dimension STRING, value STRING, origin STRING,"
                                + " duration_days DOUBLE, is_converted BOOLEAN, set_aside STRING,"
                                + " is_lost BOOLEAN, entry_days DOUBLE, silent_days INT,"
                                + " watched_days DOUBLE, may_be_silent BOOLEAN",
                            lifetimes.toArray(Row[]::new)),
                        0),
                    run.settings().decay())
                .withColumn("as_of", lit(Timestamp.from(AS_OF)))
                .withColumn("run_id", lit("run")));
  }
}
