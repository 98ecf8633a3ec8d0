package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.Frames;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which outcomes are new, and which ones they correct. */
final class OutcomeChangesTest {
  private static final String NONE = null;

  @Test
  void aKnownIdThatSaysSomethingElseTakesThePlaceOfWhatIsStored() {
    Dataset<Row> stored =
        outcomes(
            row("ada", "won", "2026-03-02", null, "D1", "deals.csv"),
            row("bob", "won", "2026-03-02", "5", "D2", "deals.csv"),
            row("bob", "won", "2026-03-02", "5", "D3", "deals.csv"),
            row("cyd", "won", "2026-03-02", "5", "D4", "deals.csv"));
    OutcomeChanges changes =
        OutcomeChanges.of(
            outcomes(
                row("ada", "won", "2026-03-04", "1200", "D1", "deals.csv"),
                row("bob", "lost", "2026-03-02", "5", "D2", "deals.csv"),
                row("bob", "won", "2026-03-02", "5", "D3", "deals.csv"),
                row("eve", "won", "2026-03-05", "7", "D5", "deals.csv")),
            stored);
    assertThat(texts(changes.added()))
        .containsExactly(
            "ada won 2026-03-04 1200 D1", "bob lost 2026-03-02 5 D2", "eve won 2026-03-05 7 D5");
    assertThat(texts(changes.replaced()))
        .containsExactly("ada won 2026-03-02 - D1", "bob won 2026-03-02 5 D2");
    assertThat(changes.replaced().where("is_correction").count()).isEqualTo(2);
  }

  @Test
  void theNewestFileSaysWhatIsSoAndWithinItTheLatestInstant() {
    Dataset<Row> none = outcomes();
    assertThat(
            texts(
                OutcomeChanges.of(
                        outcomes(
                            row("ada", "lost", "2026-03-09", "9", "D1", "deals-1.csv"),
                            row("ada", "won", "2026-03-02", "5", "D1", "deals-2.csv"),
                            row("ada", "won", "2026-03-03", null, "D1", "deals-2.csv"),
                            row("ada", "won", "2026-03-03", "5", "D1", "deals-2.csv"),
                            row("bob", "won", "2026-03-03", "5", "D1", "deals-2.csv")),
                        none)
                    .added()))
        .as("a deal of two leads")
        .containsExactly("ada won 2026-03-03 5 D1", "bob won 2026-03-03 5 D1");
    Dataset<Row> stored =
        outcomes(row("ada", "won", "2026-03-04", "5", "D1", "deals-2026-03-05.csv"));
    assertNothing(
        OutcomeChanges.of(
            outcomes(row("ada", "won", "2026-03-02", "5", "D1", "deals-2026-03-03.csv")), stored));
  }

  @Test
  void aLeadThatADealNoLongerNamesHasItNoMore() {
    OutcomeChanges changes =
        OutcomeChanges.of(
            outcomes(row("ada", "won", "2026-03-02", "5", "D1", "deals.csv")),
            outcomes(
                row("ada", "won", "2026-03-02", "5", "D1", "deals.csv"),
                row("bob", "won", "2026-03-02", "5", "D1", "deals.csv")));
    assertThat(texts(changes.added())).containsExactly("ada won 2026-03-02 5 D1");
    assertThat(texts(changes.replaced()))
        .containsExactly("ada won 2026-03-02 5 D1", "bob won 2026-03-02 5 D1");
  }

  @Test
  void rowsThatWereStoredWithoutAnIdGetIt() {
    OutcomeChanges changes =
        OutcomeChanges.of(
            outcomes(
                row("ada", "won", "2026-03-02", "5", "D1", "b.csv"),
                row("bob", "won", "2026-03-02", "7", "D2", "b.csv")),
            outcomes(
                row("ada", "won", "2026-03-02", "5", NONE, "a.csv"),
                row("bob", "won", "2026-03-02", null, NONE, "a.csv"),
                row("bob", "won", "2026-03-09", "5", NONE, "a.csv")));
    assertThat(texts(changes.added()))
        .containsExactly("ada won 2026-03-02 5 D1", "bob won 2026-03-02 7 D2");
    assertThat(texts(changes.replaced()))
        .containsExactly("ada won 2026-03-02 5 -", "bob won 2026-03-02 - -");
    assertThat(changes.replaced().where("is_correction").count()).as("of bob").isEqualTo(1);
  }

  @Test
  void withoutAnIdOnlyAMissingValueIsCorrected() {
    Dataset<Row> lacking = outcomes(row("ada", "won", "2026-03-02", null, NONE, "a.csv"));
    Dataset<Row> complete = outcomes(row("ada", "won", "2026-03-02", "1200", NONE, "b.csv"));
    OutcomeChanges changes = OutcomeChanges.of(complete, lacking);
    assertThat(texts(changes.added())).containsExactly("ada won 2026-03-02 1200 -");
    assertThat(texts(changes.replaced())).containsExactly("ada won 2026-03-02 - -");
    assertNothing(OutcomeChanges.of(lacking, complete));

    Dataset<Row> both = lacking.unionByName(complete);
    assertThat(texts(OutcomeChanges.of(both, outcomes()).added()))
        .as("two rows of one file")
        .hasSize(2);
    assertNothing(OutcomeChanges.of(both, both));
    OutcomeChanges later =
        OutcomeChanges.of(outcomes(row("ada", "won", "2026-03-20", "9", NONE, "c.csv")), complete);
    assertThat(texts(later.added())).as("a second purchase").hasSize(1);
    assertThat(later.replaced().isEmpty()).isTrue();
  }

  @Test
  void aRunThatWasCutOffBetweenItsTwoWritesIsMadeGood() {
    Dataset<Row> named = outcomes(row("ada", "won", "2026-03-04", "5", "D1", "deals.csv"));
    Dataset<Row> unnamed = outcomes(row("bob", "won", "2026-03-04", "5", NONE, "deals.csv"));
    Dataset<Row> before =
        outcomes(
            row("ada", "won", "2026-03-02", "5", "D1", "deals.csv"),
            row("bob", "won", "2026-03-04", null, NONE, "deals.csv"));
    Dataset<Row> batch = named.unionByName(unnamed);
    OutcomeChanges changes = OutcomeChanges.of(batch, before.unionByName(batch));
    assertThat(texts(changes.added())).containsExactly("ada won 2026-03-04 5 D1");
    assertThat(texts(changes.replaced()))
        .as("of ada both, for it is added once more")
        .containsExactly(
            "ada won 2026-03-02 5 D1", "ada won 2026-03-04 5 D1", "bob won 2026-03-04 - -");
  }

  private static void assertNothing(OutcomeChanges changes) {
    assertThat(changes.added().isEmpty()).isTrue();
    assertThat(changes.replaced().isEmpty()).isTrue();
  }

  private static Dataset<Row> outcomes(Row... rows) {
    return Frames.frame(
            "lead_id STRING, outcome STRING, at STRING, amount STRING, outcome_id STRING,"
                + " file STRING",
            rows)
        .selectExpr(
            "lead_id",
            "outcome",
            "CAST(at AS TIMESTAMP) AS occurred_at",
            "CAST(amount AS DECIMAL(18,4)) AS value",
            "outcome_id",
            "file");
  }

  private static List<String> texts(Dataset<Row> outcomes) {
    return outcomes
        .selectExpr(
            "concat_ws(' ', lead_id, outcome, to_date(occurred_at),"
                + " coalesce(string(int(value)), '-'), coalesce(outcome_id, '-'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
