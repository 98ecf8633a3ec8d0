package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.filled;
import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PointInTime;
import io.warmlead.table.DailyActivity;
import io.warmlead.temperature.Behaviour;
import io.warmlead.testing.Plans;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.window.WindowExecBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a night knows of its leads comes of one pass over their history. */
class LeadSumsTest {
  private static final Settings SETTINGS =
      SettingsLoader.load(List.of(), List.of("conversion.outcomes=[won]"));
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "demo_request"),
          List.of("site"),
          List.of("web"),
          List.of(),
          Map.of(),
          true,
          List.of());

  @TempDir private Path folder;

  @Test
  void oneReadingOneShuffleAndTwoGroupingsMakeThemAll() {
    Dataset<Row> sums = sums();

    assertEquals(2, sums.collectAsList().size());
    assertAll(
        () -> assertEquals(1, Plans.count(sums, FileSourceScanExec.class)),
        () -> assertEquals(1, Plans.count(sums, ShuffleExchangeExec.class)),
        () -> assertEquals(2, Plans.count(sums, HashAggregateExec.class)),
        () -> assertEquals(2, Plans.count(sums, BaseAggregateExec.class)),
        () -> assertEquals(0, Plans.count(sums, SortExec.class)),
        () -> assertEquals(0, Plans.count(sums, WindowExecBase.class)),
        () ->
            assertEquals(
                List.of(),
                Plans.operators(sums).stream()
                    .filter(one -> one.expressions().toString().contains("UDF"))
                    .toList()));
  }

  private Dataset<Row> sums() {
    String history = folder.resolve("daily_activity").toString();
    filled(
            DailyActivity.TABLE,
            frame(
                "lead_id STRING, day DATE, arrived_day DATE, signal STRING, direction STRING",
                done("ada", "2026-03-01", "page_view"),
                done("ada", "2026-03-07", "demo_request"),
                done("bob", "2026-03-02", "page_view")))
        .write()
        .parquet(history);
    Dataset<Row> stored = TestSession.get().read().parquet(history);
    FeatureSet features = FeatureSet.of(PLAN);
    return LeadSums.of(features)
        .and(Behaviour.of(SETTINGS, PLAN.signals(), Map.of()))
        .andFingerprint(Optional.of(LocalDate.parse("2026-03-09")))
        .over(
            PointInTime.activity(
                stored,
                stored.limit(0),
                List.of(Instant.parse("2026-03-10T00:00:00Z")),
                SETTINGS.run()));
  }

  private static Row done(String lead, String day, String signal) {
    return row(lead, Date.valueOf(day), Date.valueOf(day), signal, "inbound");
  }
}
