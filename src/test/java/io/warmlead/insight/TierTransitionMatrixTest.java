package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Two scorings a week apart, and what was scored between them. */
final class TierTransitionMatrixTest {
  private static final Date MONDAY = Date.valueOf("2026-01-05");
  private static final Date NEXT = Date.valueOf("2026-01-12");

  @Test
  void countsWhereTheLeadsOfATierStoodAWeekLater() {
    List<Row> scores =
        List.of(
            score("stays", MONDAY, "smb", "warm"),
            score("stays", NEXT, "smb", "warm"),
            score("heats", MONDAY, "smb", "warm"),
            score("heats", NEXT, "enterprise", "hot"),
            score("buys", MONDAY, null, "warm"),
            score("leaves", MONDAY, "smb", "cold"),
            score("comes", NEXT, "smb", "cold"));
    Dataset<Row> outcomes =
        frame(
            "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN",
            row("buys", at("2026-01-07T10:00:00Z"), false, true),
            row("buys", at("2026-01-07T10:00:00Z"), true, true),
            row("leaves", at("2026-01-08T10:00:00Z"), false, true),
            row("leaves", at("2026-01-09T10:00:00Z"), true, true));
    Dataset<Row> matrix = matrix(scores, outcomes, List.of(), "2026-01-13");
    assertThat(told(matrix.where("leads > 0")))
        .containsExactly(
            "all cold closed 1 of 1",
            "all new cold 1 of 1",
            "all warm converted 1 of 3",
            "all warm hot 1 of 3",
            "all warm warm 1 of 3",
            "smb cold closed 1 of 1",
            "smb new cold 1 of 1",
            "smb warm hot 1 of 2",
            "smb warm warm 1 of 2",
            "unknown warm converted 1 of 1");
    Row hot = matrix.where("segment = 'all' AND to_tier = 'hot'").head();
    // R: prop.test(1, 3, correct = FALSE)$conf.int.
    assertThat(hot.<Double>getAs("share")).isCloseTo(1 / 3D, within(1e-12));
    assertThat(hot.<Double>getAs("ci_low")).isCloseTo(0.0615, within(1e-4));
    assertThat(hot.<Double>getAs("ci_high")).isCloseTo(0.7923, within(1e-4));
    assertThat(hot.<Boolean>getAs("is_mature")).isTrue();
    assertThat(hot.<Boolean>getAs("is_policy_changed")).isFalse();
  }

  @Test
  void aChangeTakenBackWithinAWeekIsAFlap() {
    List<Row> scores = List.of(score("a", MONDAY, "smb", "cold"), score("a", NEXT, "smb", "cold"));
    List<Row> moved =
        List.of(
            move("a", "2026-01-06", "cold", "warm"),
            move("a", "2026-01-09", "warm", "cold"),
            move("b", "2026-01-12", "cold", "warm"),
            // Eight days later.
            move("b", "2026-01-20", "warm", "cold"));
    Dataset<Row> matrix = matrix(scores, noOutcomes(), moved, "2026-01-21");
    Row warmed = matrix.where("segment = 'all' AND to_tier = 'warm'").head();
    assertThat(warmed.<Long>getAs("changes")).isEqualTo(2);
    assertThat(warmed.<Long>getAs("changed_back")).isEqualTo(1);
    assertThat(warmed.<Double>getAs("flap_rate")).isEqualTo(0.5);
    assertThat(warmed.<Long>getAs("leads")).isZero();
    Row cooled = matrix.where("segment = 'all' AND from_tier = 'warm' AND to_tier = 'cold'").head();
    assertThat(cooled.<Long>getAs("changes")).isEqualTo(1);
    assertThat(cooled.<Long>getAs("changed_back")).isZero();
  }

  @Test
  void aChangeOfTheLastSevenDaysIsNotJudgedYet() {
    List<Row> scores = List.of(score("a", MONDAY, "smb", "cold"), score("a", NEXT, "smb", "warm"));
    List<Row> moved = List.of(move("a", "2026-01-06", "cold", "warm"));
    Row early = matrix(scores, noOutcomes(), moved, "2026-01-12").head();
    assertThat(early.<Long>getAs("changes")).isZero();
    assertThat(early.isNullAt(early.fieldIndex("flap_rate"))).isTrue();
    Row later = matrix(scores, noOutcomes(), moved, "2026-01-13").head();
    assertThat(later.<Long>getAs("changes")).isEqualTo(1);
  }

  @Test
  void aWeekThatRunsOnIsNotMature() {
    List<Row> scores = List.of(score("a", MONDAY, "smb", "cold"), score("a", NEXT, "smb", "warm"));
    assertThat(
            matrix(scores, noOutcomes(), List.of(), "2026-01-11")
                .head()
                .<Boolean>getAs("is_mature"))
        .isFalse();
  }

  private static Dataset<Row> matrix(
      List<Row> scores, Dataset<Row> outcomes, List<Row> moved, String asOf) {
    return InsightQuery.of(
        "tier_transition_matrix",
        Map.of(
            "weeks",
            frame("week DATE, from_date DATE, to_date DATE", row(MONDAY, MONDAY, NEXT)),
            "lead_scores",
            frame(
                "lead_id STRING, score_date DATE, segment STRING, tier STRING,"
                    + " policy_version STRING, scored_as_of TIMESTAMP",
                scores.toArray(Row[]::new)),
            "tier_transitions",
            frame(
                "lead_id STRING, score_date DATE, segment STRING, from_tier STRING,"
                    + " to_tier STRING, kind STRING",
                moved.toArray(Row[]::new)),
            "outcomes",
            outcomes),
        Map.of("as_of", Instant.parse(asOf + "T00:00:00Z"), "as_of_date", LocalDate.parse(asOf)));
  }

  private static Row score(String lead, Date date, String segment, String tier) {
    return row(lead, date, segment, tier, "policy", at(date + "T00:00:00Z"));
  }

  private static Row move(String lead, String date, String from, String to) {
    return row(
        lead, Date.valueOf(date), "smb", from, to, from.equals("cold") ? "heated" : "cooled");
  }

  private static Dataset<Row> noOutcomes() {
    return frame("lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN");
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static List<String> told(Dataset<Row> matrix) {
    return matrix.orderBy("segment", "from_tier", "to_tier").collectAsList().stream()
        .map(
            row ->
                row.<String>getAs("segment")
                    + " "
                    + row.<String>getAs("from_tier")
                    + " "
                    + row.<String>getAs("to_tier")
                    + " "
                    + row.<Long>getAs("leads")
                    + " of "
                    + row.<Long>getAs("n"))
        .toList();
  }
}
