package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import io.warmlead.table.Engagements;
import io.warmlead.testing.Frames;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which new rows tell what is stored already. */
final class RepeatedHistoryTest {
  private static final String DAY = "2026-01-01T08:00:00Z";

  @Test
  void eachStoredEngagementStandsForOneNewRowThatSaysTheSame() {
    Dataset<Row> stored =
        stored(event(null, "ada", "call", "ann"), event(null, "bob", "call", "x"));
    Dataset<Row> fresh =
        fresh(
            stored,
            event(null, "ada", "call", "ben"),
            event(null, "ada", "call", "cid"),
            event(null, "bob", "meeting", "x"),
            event(null, "eve", "call", "x"));
    Dataset<Row> copies = RepeatedHistory.marked(fresh, stored).where("is_copy");
    assertThat(told(copies)).containsExactly("ada call");
    assertThat(RepeatedHistory.differing(copies)).containsExactly("owner");
  }

  @Test
  void anIdOfTheSourceIsBelievedWhereBothHaveOne() {
    Dataset<Row> stored = stored(event("E1", "ada", "call", "x"), event(null, "bob", "call", "x"));
    assertThat(
            told(
                RepeatedHistory.marked(
                        fresh(
                            stored,
                            event("E2", "ada", "call", "x"),
                            event("E3", "bob", "call", "x")),
                        stored)
                    .where("is_copy")))
        .as("bob's was stored before ids were named")
        .containsExactly("bob call");
    assertThat(
            told(
                RepeatedHistory.marked(fresh(stored, event(null, "ada", "call", "x")), stored)
                    .where("is_copy")))
        .as("ids that are no longer there")
        .containsExactly("ada call");
  }

  @Test
  void anExcludedColumnTellsNoRowsApartAndIsNoAttribute() {
    Settings settings = RawInput.settings("inputs.engagements.exclude=[owner]");
    Dataset<Row> kept =
        EngagementIdentity.distinct(
            typed(settings, event(null, "ada", "call", "ann")), stored().limit(0));
    assertThat(kept.head().getMap(kept.schema().fieldIndex("attributes")).isEmpty()).isTrue();
    assertThat(
            EngagementIdentity.distinct(typed(settings, event(null, "ada", "call", "ben")), kept)
                .isEmpty())
        .isTrue();
  }

  private static Row event(String id, String lead, String event, String owner) {
    return row(id, lead, DAY, event, owner, "a.csv", null);
  }

  private static Dataset<Row> typed(Settings settings, Row... rows) {
    return RawRows.engagements(
        RawInput.rows(
            "event_id STRING, lead_id STRING, occurred_at STRING, event STRING, owner STRING",
            List.of(rows)),
        settings.engagements(),
        settings.signals());
  }

  private static Dataset<Row> stored(Row... rows) {
    Dataset<Row> good = typed(RawInput.settings(), rows);
    return Frames.filled(
            Engagements.TABLE,
            EngagementIdentity.distinct(good, good.limit(0))
                .withColumn("batch", lit(1L))
                .drop("content", "problems", "raw", "is_ignored"))
        .localCheckpoint();
  }

  private static Dataset<Row> fresh(Dataset<Row> stored, Row... rows) {
    return EngagementIdentity.distinct(typed(RawInput.settings(), rows), stored);
  }

  private static List<String> told(Dataset<Row> rows) {
    return rows.selectExpr("concat_ws(' ', lead_id, event)").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
