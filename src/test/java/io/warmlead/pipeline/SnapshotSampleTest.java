package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.PointInTime;
import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class SnapshotSampleTest {
  private static final int LEADS = 4_000;
  private static final int DATES = 40;

  private static final Settings SETTINGS =
      SettingsLoader.load(
          List.of(),
          List.of("lake.path=/nowhere", "conversion.outcomes=[won]", "run.zone=Europe/Kyiv"));

  @Test
  void whatFitsIsTakenWhole() {
    SnapshotSample sample = sample(20_000, 30);
    assertThat(sample.between()).isEqualTo(Duration.ofDays(7));
    assertThat(taken(sample).count()).isEqualTo((long) LEADS * DATES);
  }

  @Test
  void leadsTakeTurnsBeforeAnyIsLeftOut() {
    SnapshotSample sample = sample(60_000, 30);
    assertThat(sample.between()).isEqualTo(Duration.ofDays(21));
    Dataset<Row> taken = taken(sample);
    assertThat(taken.agg(countDistinct("lead_id")).first().getLong(0)).isEqualTo(LEADS);
    for (Row lead : taken.groupBy("lead_id").agg(count(lit(1))).collectAsList()) {
      assertThat(lead.getLong(1)).isBetween(13L, 14L);
    }
  }

  @Test
  void turnsAreAtMostOneHorizonApartAndEveryDateKeepsItsShare() {
    SnapshotSample sample = sample((long) LEADS * DATES, 30);
    assertThat(sample.between()).isEqualTo(Duration.ofDays(28));
    Dataset<Row> taken = taken(sample).persist();
    assertThat(taken.count()).isCloseTo(20_000, within(1_000L));
    assertThat(taken.agg(countDistinct("lead_id")).first().getLong(0))
        .isCloseTo(2_000, within(100L));
    List<Row> dates = taken.groupBy("as_of").agg(count(lit(1))).collectAsList();
    assertThat(dates)
        .hasSize(DATES)
        .allSatisfy(date -> assertThat(date.getLong(1)).isBetween(400L, 600L));
    List<Timestamp> ofOne =
        taken
            .where(col("lead_id").equalTo(taken.first().<String>getAs("lead_id")))
            .orderBy("as_of")
            .collectAsList()
            .stream()
            .map(row -> row.<Timestamp>getAs("as_of"))
            .toList();
    assertThat(ofOne).hasSize(10);
    for (int turn = 1; turn < ofOne.size(); turn++) {
      // Clocks change in between.
      assertThat(
              ChronoUnit.HOURS.between(
                  ofOne.get(turn - 1).toInstant(), ofOne.get(turn).toInstant()))
          .isBetween(28 * 24 - 1L, 28 * 24 + 1L);
    }
    taken.unpersist();
  }

  @Test
  void withAHorizonShorterThanTwoSnapshotsOnlyLeadsAreLeftOut() {
    SnapshotSample sample = sample((long) LEADS * DATES, 10);
    assertThat(sample.between()).isEqualTo(Duration.ofDays(7));
    assertThat(taken(sample).agg(countDistinct("lead_id")).first().getLong(0))
        .isCloseTo(500, within(60L));
  }

  private static SnapshotSample sample(long rows, int horizonDays) {
    return SnapshotSample.of(rows, 20_000, 7, horizonDays);
  }

  private static Dataset<Row> taken(SnapshotSample sample) {
    Instant newest = AsOf.start(LocalDate.parse("2026-06-03"), SETTINGS.run());
    Dataset<Row> dates =
        PointInTime.instants(
            TestSession.get(),
            AsOf.backwards(newest, 7, DATES, Instant.MIN, SETTINGS.run()),
            SETTINGS.run());
    return TestSession.get()
        .range(LEADS)
        .select(concat(lit("lead-"), col("id")).as("lead_id"))
        .where(sample.hasLead())
        .crossJoin(dates)
        .where(sample.hasTurn());
  }
}
