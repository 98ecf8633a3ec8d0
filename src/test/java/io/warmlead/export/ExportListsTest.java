package io.warmlead.export;

import static io.warmlead.testing.Frames.filled;
import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.LeadScores;
import io.warmlead.temperature.LeadList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Four leads on two nights. */
final class ExportListsTest {
  private static final TierLabels ENGLISH = TierLabels.of("en");

  /** Ann and Bob are hot, Cid is warm and cooling, Dan is cold. */
  private static final Dataset<Row> NIGHT =
      filled(
          LeadScores.TABLE,
          frame(
              "lead_id STRING, tier STRING, trend STRING, is_rewarmed BOOLEAN, handoff_stage STRING,"
                  + " probability DOUBLE, probability_at_risk DOUBLE, owner STRING",
              row("bob", "hot", "steady", false, "SQL", 0.5, 0.01, null),
              row("ann", "hot", "heating", true, "SQL", 0.5, null, "kim"),
              row("cid", "warm", "cooling", false, "MQL", 0.2, 0.05, "kim"),
              row("dan", "cold", "cooling", false, "none", 0.9, 0.8, "kim")));

  @Test
  void everyListHasItsLeadsInItsOrder() {
    assertThat(listed(LeadList.HOT)).containsExactly("ann", "bob");
    assertThat(listed(LeadList.COOLING)).containsExactly("cid");
    assertThat(listed(LeadList.SAVE_TODAY)).containsExactly("cid", "bob");
    assertThat(listed(LeadList.REWARMED)).containsExactly("ann");
    assertThat(listed(LeadList.HANDOFFS)).containsExactly("ann", "bob", "cid");
  }

  @Test
  void theColumnsAreFlatAndTheReasonsThoseThatNameSomething() {
    Dataset<Row> explained =
        NIGHT
            .withColumn("reasons", reasons("base:", "a:1", "b:2", "c:3", "d:4", "everything_else:"))
            .withColumn("bant_missing", expr("array('budget', 'need')"));
    Dataset<Row> hot = ExportLists.of(explained, ENGLISH).rows(LeadList.HOT);
    assertThat(hot.columns()).containsExactlyElementsOf(ExportLists.columns());
    assertThat(hot.select("tier_label", "reasons", "bant_missing", "change").head())
        .isEqualTo(row("Hot lead", "because a; because b; because c", "budget; need", null));
    assertThat(hot.dtypes()).extracting(type -> type._2()).noneMatch(type -> type.contains("("));
  }

  @Test
  void probabilitiesAreNoNews() {
    Dataset<Row> before =
        NIGHT
            .withColumn("probability", lit(0.3))
            .withColumn("temperature", lit(30D))
            .withColumn("probability_at_risk", lit(0.3))
            .withColumn("days_to_cold", lit(3));
    assertThat(changes(NIGHT, before, LeadList.HOT)).isEmpty();
    assertThat(changes(NIGHT, before, LeadList.HANDOFFS)).isEmpty();
  }

  @Test
  void aSecondScoreIsNoNewsAndAnotherTrendIs() {
    Dataset<Row> before = NIGHT.withColumn("trend", lit("new"));
    assertThat(changes(NIGHT, before, LeadList.HOT)).containsExactly(row("ann", "changed", "hot"));
  }

  @Test
  void aLeadThatCameChangedOrLeftIsListed() {
    Dataset<Row> before =
        NIGHT
            .where("lead_id <> 'bob'")
            .withColumn("tier", when(isLead("dan"), "hot").otherwise(col("tier")))
            .withColumn("owner", when(isLead("ann"), lit(null)).otherwise(col("owner")));
    assertThat(changes(NIGHT, before, LeadList.HOT))
        .containsExactly(
            row("ann", "changed", "hot"),
            row("bob", "added", "hot"),
            row("dan", "removed", "cold"));
    // On every list a lead is judged by itself: Cid has no news, and Dan left this one too.
    assertThat(changes(NIGHT, before, LeadList.COOLING))
        .containsExactly(row("dan", "removed", "cold"));
  }

  @Test
  void aHandoffThatWasReturnedLeavesItsList() {
    Dataset<Row> now =
        NIGHT.withColumn(
            "handoff_stage", when(isLead("cid"), "returned").otherwise(col("handoff_stage")));
    assertThat(changes(now, NIGHT, LeadList.HANDOFFS))
        .containsExactly(row("cid", "removed", "warm"));
  }

  @Test
  void ofALeadThatIsOpenNoMoreTheIdIsLeft() {
    Dataset<Row> now = NIGHT.where("lead_id <> 'ann'");
    assertThat(changes(now, NIGHT, LeadList.HOT)).containsExactly(row("ann", "removed", null));
  }

  @Test
  void withoutAnEarlierNightEveryLeadIsAdded() {
    assertThat(changes(NIGHT, NIGHT.limit(0), LeadList.HOT))
        .containsExactly(row("ann", "added", "hot"), row("bob", "added", "hot"));
  }

  private static List<String> listed(LeadList list) {
    return ExportLists.of(NIGHT, ENGLISH).rows(list).select("lead_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Row> changes(Dataset<Row> now, Dataset<Row> before, LeadList list) {
    return ExportLists.since(now, before, ENGLISH)
        .rows(list)
        .select("lead_id", "change", "tier")
        .collectAsList();
  }

  private static Column isLead(String lead) {
    return col("lead_id").equalTo(lead);
  }

  /** Entries {@code feature:value}; an empty value is NULL. */
  private static Column reasons(String... entries) {
    return expr(
        "transform(split('"
            + String.join(" ", entries)
            + "', ' '), entry -> named_struct('feature', split(entry, ':')[0], 'value',"
            + " nullif(split(entry, ':')[1], ''), 'contribution', 1D, 'text', 'because ' ||"
            + " split(entry, ':')[0]))");
  }
}
