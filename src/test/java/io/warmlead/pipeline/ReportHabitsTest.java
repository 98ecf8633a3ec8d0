package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.report.Insights.Source;
import io.warmlead.report.Insights.Sources;
import io.warmlead.table.SourcePerformance;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report takes from the insight tables of an instant. */
final class ReportHabitsTest {
  private static final Instant AS_OF = Instant.parse("2026-03-03T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void manySourcesCrowdOutNoTouch() {
    Lake lake = TestRuns.run("run", folder).lake();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      rows.add(source("lead_source", "fair " + i, 1000D + i, 10));
    }
    for (String model : List.of("first_touch", "last_touch", "time_decayed", "position_based")) {
      rows.add(source(model, "content", 3, 2));
      rows.add(source(model, "referral", 0, 0));
    }
    lake.append(
        SourcePerformance.TABLE,
        TestRuns.filled(
            SourcePerformance.TABLE,
            frame(
                "as_of TIMESTAMP, model STRING, source STRING, is_mature BOOLEAN, leads DOUBLE,"
                    + " conversions DOUBLE",
                rows.toArray(Row[]::new))));

    Sources sources = new ReportHabits(lake, AS_OF).sources();

    assertThat(sources.ofAll()).isEqualTo(70);
    assertThat(sources.own()).hasSize(60).extracting(Source::source).contains("fair 10");
    assertThat(sources.own().get(0).source()).isEqualTo("fair 69");
    assertThat(sources.touches()).hasSize(8);
  }

  private static Row source(String model, String source, double leads, double conversions) {
    return row(Timestamp.from(AS_OF), model, source, true, leads, conversions);
  }
}
