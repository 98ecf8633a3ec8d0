package io.warmlead.insight;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.Frames;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class UnseenLevelsTest {
  private static final Instant TRAINED = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant AS_OF = TRAINED.plus(Duration.ofDays(10));

  @Test
  void tellsOpenLeadsPerValueThatWasNotThereAtTraining() {
    List<Row> leads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      leads.add(lead("old-" + i, "web", "one", -5, null));
      leads.add(lead("new-" + i, "fair", "one", 1, null));
      // Seen before, on versions that ended.
      leads.add(lead("again-" + i, "paper", "two", -9, -8));
      leads.add(lead("again-" + i, "paper", "three", 2, null));
      // Not known yet.
      leads.add(lead("late-" + i, "radio", "one", 10, null));
    }
    // Fewer than five leads.
    leads.add(lead("rare", "typo", "one", 3, null));
    Dataset<Row> open =
        Frames.frame(
                "lead_id STRING", leads.stream().map(l -> row(l.getString(0))).toArray(Row[]::new))
            .distinct()
            .where("lead_id <> 'new-3'");
    Dataset<Row> unseen =
        UnseenLevels.of(leads(leads), open, List.of("source", "plan"), TRAINED, AS_OF);
    assertThat(unseen.collectAsList())
        .containsExactly(row("plan", "three", 10L), row("source", "fair", 9L));
    assertThat(UnseenLevels.of(leads(leads), open, List.of(), TRAINED, AS_OF).count()).isZero();
  }

  private static Row lead(String id, String source, String plan, int fromDay, Integer toDay) {
    return row(
        id,
        source,
        Map.of("plan", plan),
        Timestamp.from(TRAINED.plus(Duration.ofDays(fromDay))),
        toDay == null ? null : Timestamp.from(TRAINED.plus(Duration.ofDays(toDay))));
  }

  private static Dataset<Row> leads(List<Row> leads) {
    return Frames.frame(
        "lead_id STRING, source STRING, attributes MAP<STRING, STRING>, valid_from TIMESTAMP,"
            + " valid_to TIMESTAMP",
        leads.toArray(Row[]::new));
  }
}
