package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which engagements are one and the same. */
final class EngagementIdentityTest {
  @Test
  void equalRowsOfOneFileAreTwoEngagementsAndOfAnotherFileTheSameOnes() {
    Dataset<Row> good =
        engagements(
            RawInput.settings(),
            row("x", "2026-01-01", "page_view", "a.csv", null),
            row("x", "2026-01-01", "page_view", "a.csv", null),
            row("y", "2026-01-01", "page_view", "a.csv", null),
            row("x", "2026-01-01", "page_view", "b.csv", null),
            row("z", "2026-01-01", "page_view", "b.csv", null));
    Dataset<Row> none = good.limit(0);
    Dataset<Row> kept = EngagementIdentity.distinct(good, none).localCheckpoint();
    assertThat(texts(kept, "lead_id")).containsExactlyInAnyOrder("x", "x", "y", "z");
    assertThat(texts(kept, "event_id")).doesNotHaveDuplicates();
    assertThat(EngagementIdentity.distinct(good, kept).isEmpty()).isTrue();
  }

  @Test
  void ofEqualEventIdsTheFirstReceivedIsKeptUnlessIdsAreNotTrusted() {
    Row late = row("e1", "ada", "2026-01-01T08:00:00Z", "2026-01-01T10:00:00Z", "late", "a", null);
    Row soon = row("e1", "ada", "2026-01-01T08:00:00Z", "2026-01-01T09:00:00Z", "soon", "b", null);
    String schema =
        "event_id STRING, lead_id STRING, occurred_at STRING, received_at STRING, event STRING";
    Settings trusted = RawInput.settings();
    Dataset<Row> good =
        RawRows.engagements(
            RawInput.rows(schema, List.of(late, soon)), trusted.engagements(), trusted.signals());
    assertThat(texts(EngagementIdentity.distinct(good, good.limit(0)), "event"))
        .containsExactly("soon");
    Settings kept = RawInput.settings("inputs.engagements.duplicates=keep");
    Dataset<Row> both =
        RawRows.engagements(
            RawInput.rows(schema, List.of(late, soon)), kept.engagements(), kept.signals());
    assertThat(texts(EngagementIdentity.distinct(both, both.limit(0)), "event"))
        .containsExactlyInAnyOrder("late", "soon");
  }

  private static Dataset<Row> engagements(Settings settings, Row... rows) {
    return RawRows.engagements(
        RawInput.rows("lead_id STRING, occurred_at STRING, event STRING", List.of(rows)),
        settings.engagements(),
        settings.signals());
  }

  private static List<String> texts(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
