package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is on which list, and that each list is what its query says. */
final class LeadListTest {
  @ParameterizedTest
  @CsvSource({
    "HOT,        'hot mql, hot rewarmed'",
    "COOLING,    'hot rewarmed, warm cooling'",
    "SAVE_TODAY, 'warm cooling, also, hot mql'",
    "REWARMED,   'hot rewarmed'",
    "HANDOFFS,   'hot mql, also'",
  })
  void theFirstComesFirst(LeadList list, String expected) {
    assertThat(String.join(", ", leads(night().where(list.rule()).orderBy(list.order()))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void theQueryFindsTheSameLeadsInTheSameOrder(LeadList list) throws IOException {
    Dataset<Row> night = night();
    night.createOrReplaceTempView("scores_of_a_night");
    try {
      String query = text(list).replace("FROM lead_scores", "FROM scores_of_a_night");
      assertThat(leads(night.sparkSession().sql(query)))
          .isNotEmpty()
          .isEqualTo(leads(night.where(list.rule()).orderBy(list.order())));
    } finally {
      night.sparkSession().catalog().dropTempView("scores_of_a_night");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theQuerySaysWhatItIs(LeadList list) throws IOException {
    assertThat(text(list)).startsWith("-- " + list.listName() + ": ");
  }

  @Test
  void aLeadKnowsTheListsItIsOn() {
    Row hot = night().where("lead_id = 'hot mql'").select(LeadList.namesOf()).head();
    assertThat(hot.<String>getList(0)).containsExactly("hot_leads", "save_today", "handoffs");
    Row cold = night().where("lead_id = 'cold'").select(LeadList.namesOf()).head();
    assertThat(cold.getList(0)).isEmpty();
  }

  @Test
  void withoutAModelTheHighestIntentComesFirst() {
    Dataset<Row> night =
        night()
            .withColumn("probability", lit(null).cast("double"))
            .withColumn("intent_score", when(col("lead_id").equalTo("hot rewarmed"), 70D));
    assertThat(leads(night.where(LeadList.HOT.rule()).orderBy(LeadList.HOT.order())))
        .containsExactly("hot rewarmed", "hot mql");
  }

  private static Dataset<Row> night() {
    return Frames.frame(
        "lead_id STRING, tier STRING, trend STRING, probability DOUBLE,"
            + " probability_at_risk DOUBLE, is_rewarmed BOOLEAN, handoff_stage STRING,"
            + " intent_score DOUBLE, next_action STRING",
        row("also", "warm", "steady", null, 0.1, false, "MQL", 50D, "nurture"),
        row("cold", "cold", "cooling", 0.9, 0.2, false, "none", 50D, "nurture"),
        row("hot mql", "hot", "steady", 0.5, 0.1, false, "SQL", 50D, "nurture"),
        row("hot rewarmed", "hot", "cooling", 0.4, -0.1, true, "returned", 50D, "nurture"),
        row("warm cooling", "warm", "cooling", 0.3, 0.2, false, null, 50D, "nurture"),
        row("touched too often", "warm", "steady", 0.2, 0.1, false, "none", 50D, "wait"),
        row("warm unforeseen", "warm", "new", 0.2, null, false, "none", 50D, "nurture"));
  }

  private static List<String> leads(Dataset<Row> rows) {
    return rows.select("lead_id").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static String text(LeadList list) throws IOException {
    try (InputStream file = LeadList.class.getResourceAsStream(list.listName() + ".sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
