package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Leads;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a lead was, and since when. */
final class LeadVersionsTest {
  @Test
  void versionsOfALeadFormAChain() {
    Dataset<Row> none = TestSession.get().createDataFrame(List.<Row>of(), Leads.TABLE.schema());
    Instant first = Instant.parse("2026-01-15T00:00:00Z");
    Dataset<Row> stored =
        LeadVersions.chained(
                LeadVersions.changed(
                        leads(row("ada", "2026-01-01", "web"), row("bob", "2026-01-02", "ad")),
                        none,
                        first)
                    .withColumn("run_id", lit("1")),
                none)
            .localCheckpoint();
    assertThat(versions(stored))
        .containsExactly("ada web 2026-01-01 null", "bob ad 2026-01-02 null");
    Dataset<Row> changed =
        LeadVersions.changed(
                leads(row("ada", "2026-01-01", "event"), row("bob", "2026-01-02", "ad")),
                stored,
                Instant.parse("2026-02-01T00:00:00Z"))
            .withColumn("run_id", lit("2"))
            .localCheckpoint();
    assertThat(versions(LeadVersions.chained(changed, stored)))
        .containsExactly("ada web 2026-01-01 2026-02-01", "ada event 2026-02-01 null");
  }

  @Test
  void theFirstVersionCountsFromTheCreationOfItsLeadAndOnlyWhatChangesIsWritten() {
    Dataset<Row> none = TestSession.get().createDataFrame(List.<Row>of(), Leads.TABLE.schema());
    Dataset<Row> stored =
        chained("1", none, row("ada", "2026-01-01", "2026-02-10", "web"))
            .unionByName(chained("1", none, row("bob", "2026-01-05", "2026-01-03", "ad")));
    assertThat(spans(stored))
        .containsExactly("ada 2026-02-10 2026-01-01 null", "bob 2026-01-03 2026-01-03 null");

    Dataset<Row> second = chained("2", stored, row("ada", "2026-01-01", "2026-03-01", "event"));
    assertThat(spans(second))
        .containsExactly("ada 2026-02-10 2026-01-01 2026-03-01", "ada 2026-03-01 2026-03-01 null");
    Dataset<Row> third = chained("3", second, row("ada", "2026-01-01", "2026-04-01", "ad"));
    assertThat(spans(third))
        .as("the first of three is as it was")
        .containsExactly("ada 2026-03-01 2026-03-01 2026-04-01", "ada 2026-04-01 2026-04-01 null");

    Dataset<Row> earlier = chained("4", second, row("ada", "2026-01-01", "2026-02-01", "ad"));
    assertThat(spans(earlier))
        .as("what was the first no longer counts from the creation")
        .containsExactly(
            "ada 2026-02-01 2026-01-01 2026-02-10", "ada 2026-02-10 2026-02-10 2026-03-01");
    assertThat(chained("5", second, row("ada", "2026-01-01", "2026-03-01", "event")).isEmpty())
        .as("read again")
        .isTrue();
  }

  /** What is to be written of a row with lead, creation, valid_from and source. */
  private static Dataset<Row> chained(String run, Dataset<Row> stored, Row dated) {
    Dataset<Row> incoming =
        RawRows.leads(
            Frames.frame(
                    "lead_id STRING, created_at STRING, valid_from STRING, source STRING", dated)
                .withColumn("__file", lit("leads.csv"))
                .withColumn("__malformed", lit(null).cast("string")),
            RawInput.settings().leads());
    Dataset<Row> changed = LeadVersions.changed(incoming, stored, Instant.EPOCH);
    return LeadVersions.chained(changed.withColumn("run_id", lit(run)), stored).localCheckpoint();
  }

  private static List<String> spans(Dataset<Row> leads) {
    return leads
        .orderBy("lead_id", "valid_from")
        .selectExpr(
            "concat_ws(' ', lead_id, to_date(valid_from), to_date(counts_from),"
                + " coalesce(string(to_date(valid_to)), 'null'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void anOutdatedRowHidesNoOtherOfItsRun() {
    Dataset<Row> none = TestSession.get().createDataFrame(List.<Row>of(), Leads.TABLE.schema());
    Instant day = Instant.parse("2026-03-03T00:00:00Z");
    Dataset<Row> stored =
        LeadVersions.chained(
                LeadVersions.changed(
                        leads("crm-2026-03-02.csv", row("ada", "2026-01-01", "web")), none, day)
                    .withColumn("run_id", lit("1")),
                none)
            .localCheckpoint();
    Dataset<Row> late = leads("crm-2026-03-01.csv", row("ada", "2026-01-01", "ad"));
    Dataset<Row> other = leads("by-hand.csv", row("ada", "2026-01-01", "event"));
    assertThat(LeadVersions.changed(late, stored, day).where("NOT is_outdated").isEmpty()).isTrue();
    Dataset<Row> changed =
        LeadVersions.changed(late.unionByName(other), stored, day).withColumn("run_id", lit("2"));
    assertThat(versions(LeadVersions.chained(changed, stored)))
        .containsExactly("ada web 2026-01-01 2026-03-03", "ada event 2026-03-03 null");
  }

  private static Dataset<Row> leads(Row... rows) {
    return leads("leads.csv", rows);
  }

  private static Dataset<Row> leads(String file, Row... rows) {
    return RawRows.leads(
        Frames.frame("lead_id STRING, created_at STRING, source STRING", rows)
            .withColumn("__file", lit(file))
            .withColumn("__malformed", lit(null).cast("string")),
        RawInput.settings().leads());
  }

  private static List<String> versions(Dataset<Row> leads) {
    return leads
        .orderBy("lead_id", "valid_from")
        .selectExpr(
            "concat_ws(' ', lead_id, source, to_date(valid_from),"
                + " coalesce(string(to_date(valid_to)), 'null'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
