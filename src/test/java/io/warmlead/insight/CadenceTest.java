package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class CadenceTest {
  private final List<Row> activity = new ArrayList<>();

  @Test
  void countsWhatFollowsATouchByTheTouchesBeforeIt() {
    sent("a", "email", "2026-03-01T08:00:00Z");
    sent("a", "phone", "2026-03-03T08:00:00Z");
    replied("a", "2026-03-03T07:00:00Z", "2026-03-03T09:00:00Z");
    sent("a", "email", "2026-03-16T08:00:00Z");
    happened("a", "unsubscribe", "negative", "2026-03-23T08:00:00Z");
    happened("a", "bounce", "negative", "2026-03-17T08:00:00Z");
    happened("a", "email_open", "inbound", "2026-03-17T08:00:00Z");
    Dataset<Row> touches = rows().where("dimension = 'touches'");
    assertThat(told(touches.where("channel = 'all' AND segment = 'all'")))
        .containsExactly("0: 1 of 1 replied, 0 opted out", "1: 1 of 2 replied, 1 opted out");
    assertThat(told(touches.where("channel = 'email' AND segment = 'smb'")))
        .containsExactly("0: 1 of 1 replied, 0 opted out", "1: 0 of 1 replied, 1 opted out");
    assertThat(told(rows().where("dimension = 'spacing' AND channel = 'all' AND segment = 'all'")))
        .containsExactly(
            "1-2 days: 1 of 1 replied, 0 opted out",
            "8-14 days: 0 of 1 replied, 1 opted out",
            "first: 1 of 1 replied, 0 opted out");
  }

  @Test
  void touchesOfTheLastSevenDaysAreLeftOut() {
    sent("a", "email", "2026-05-25T00:00:00Z");
    sent("b", "email", "2026-05-25T00:00:01Z");
    assertThat(rows().where("dimension = 'touches' AND channel = 'all' AND segment = 'all'").head())
        .satisfies(row -> assertThat(row.<Long>getAs("n")).isEqualTo(1));
  }

  @Test
  void theBestSpacingIsTheShortestThatSurelyBeatsTheUsualRate() {
    spaced(3, 40, 30);
    spaced(10, 40, 10);
    spaced(20, 40, 38);
    Dataset<Row> spacing =
        rows().where("dimension = 'spacing' AND channel = 'all' AND segment = 'all'");
    Row best = spacing.where("is_best").head();
    assertThat(spacing.where("is_best").count()).isEqualTo(1);
    assertThat(best.<String>getAs("bucket")).isEqualTo("3-4 days");
    assertThat(best.<Long>getAs("n")).isEqualTo(40);
    assertThat(best.<Double>getAs("reply_rate")).isEqualTo(0.75);
    // R: prop.test(30, 40, correct = FALSE)$conf.int.
    assertThat(best.<Double>getAs("reply_ci_low")).isCloseTo(0.5981, within(1e-4));
    // 78 replies in 240 touches, half of them first ones.
    assertThat(best.<Double>getAs("usual_reply_rate")).isEqualTo(0.325);
  }

  @Test
  void aSpacingThatDrivesLeadsAwayIsNotTheBest() {
    spaced(3, 40, 30);
    spaced(10, 40, 20);
    for (int lead = 0; lead < 20; lead++) {
      happened("3 days " + lead, "unsubscribe", "negative", "2026-03-09T09:00:00Z");
    }
    assertThat(
            rows()
                .where("dimension = 'spacing' AND is_best AND channel = 'all' AND segment = 'all'")
                .collectAsList())
        .extracting(row -> row.<String>getAs("bucket"))
        .containsExactly("8-14 days");
  }

  @Test
  void noSpacingIsBestWhereAllAreAlike() {
    spaced(3, 10, 5);
    spaced(10, 10, 5);
    sent("x", "email", "2026-03-01T08:00:00Z");
    assertThat(rows().where("is_best AND channel = 'all'").isEmpty()).isTrue();
  }

  @Test
  void aReplyIsThatOfTheTouchBeforeIt() {
    sent("a", "email", "2026-03-01T08:00:00Z");
    sent("a", "email", "2026-03-02T08:00:00Z");
    replied("a", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z");
    happened("a", "unsubscribe", "negative", "2026-03-03T08:00:00Z");
    assertThat(told(everyone("touches")))
        .containsExactly("0: 0 of 1 replied, 0 opted out", "1: 1 of 1 replied, 1 opted out");
  }

  @Test
  void aReplyOfTheSameDateIsThatOfItsTouch() {
    sent("a", "email", "2026-03-01T00:00:00Z");
    sent("a", "email", "2026-03-02T00:00:00Z");
    replied("a", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z");
    assertThat(told(everyone("touches")))
        .containsExactly("0: 0 of 1 replied, 0 opted out", "1: 1 of 1 replied, 0 opted out");
  }

  @Test
  void whatIsNoAnswerIsNoReplyWhereAnswersAreRecorded() {
    sent("a", "email", "2026-03-01T08:00:00Z");
    happened("a", "page_view", "inbound", "2026-03-02T08:00:00Z");
    sent("b", "email", "2026-03-01T08:00:00Z");
    replied("b", "2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z");
    assertThat(told(everyone("touches"))).containsExactly("0: 1 of 2 replied, 0 opted out");
    assertThat(everyone("touches").head().<String>getAs("replies_are")).isEqualTo("answers");
  }

  @Test
  void whereNobodyRecordsAnswersAnyEngagementIsOne() {
    sent("a", "email", "2026-03-01T08:00:00Z");
    happened("a", "page_view", "inbound", "2026-03-02T08:00:00Z");
    sent("b", "email", "2026-03-01T08:00:00Z");
    happened("b", "email_open", "inbound", "2026-03-02T08:00:00Z");
    assertThat(told(everyone("touches"))).containsExactly("0: 1 of 2 replied, 0 opted out");
    assertThat(everyone("touches").head().<String>getAs("replies_are")).isEqualTo("any engagement");
  }

  /**
   * Busy leads answer half of the touches and quiet ones a tenth, after one day as after ten; the
   * busy ones are touched after one day, mostly.
   */
  @Test
  void adjustedRatesCompareLeadsThatDidAsMuchBefore() {
    interested(1, 80, 40, true);
    interested(10, 20, 10, true);
    interested(1, 20, 2, false);
    interested(10, 80, 8, false);
    Dataset<Row> spacing = everyone("spacing").where("bucket <> 'first'");
    List<Row> rows = spacing.orderBy("bucket_order").collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("bucket"), row -> row.<Double>getAs("reply_rate"))
        .containsExactly(tuple("1-2 days", 0.42), tuple("8-14 days", 0.18));
    // The 200 first touches, of leads that had done nothing yet, are quiet ones of which none
    // was answered: weights are 300 / 400 for the quiet and 100 / 400 for the busy.
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.<Double>getAs("adjusted_reply_rate"))
                  .isCloseTo(0.75 * 0.1 + 0.25 * 0.5, within(1e-9));
              assertThat(row.<Double>getAs("adjusted_reply_ci_low")).isLessThan(0.2);
              assertThat(row.<Double>getAs("adjusted_reply_ci_high")).isGreaterThan(0.2);
              assertThat(row.<Double>getAs("coverage")).isCloseTo(1, within(1e-9));
            });
    Row first = everyone("spacing").where("bucket = 'first'").head();
    assertThat(first.<Double>getAs("coverage")).isCloseTo(0.75, within(1e-9));
    assertThat(first.<Double>getAs("adjusted_reply_rate")).isZero();
  }

  /** All answer less when they are touched again soon, and those who answer are touched soon. */
  @Test
  void fatigueShowsThroughTheInterestThatHidesIt() {
    interested(1, 160, 64, true);
    interested(10, 40, 24, true);
    interested(1, 40, 2, false);
    interested(10, 160, 32, false);
    List<Row> rows =
        everyone("spacing").where("bucket <> 'first'").orderBy("bucket_order").collectAsList();
    assertThat(rows.get(0).<Double>getAs("reply_rate"))
        .isGreaterThan(rows.get(1).<Double>getAs("reply_rate"));
    assertThat(rows.get(0).<Double>getAs("adjusted_reply_ci_high"))
        .isLessThan(rows.get(1).<Double>getAs("adjusted_reply_ci_low"));
    assertThat(rows).extracting(row -> row.<Boolean>getAs("is_best")).containsExactly(false, true);
  }

  /** Leads touched twice; between the touches the busy ones look at twelve pages. */
  private void interested(int days, int count, int replies, boolean isBusy) {
    for (int lead = 0; lead < count; lead++) {
      String name = days + " days " + isBusy + lead;
      Instant first = Instant.parse("2026-03-01T08:00:00Z");
      Instant second = first.plus(Duration.ofDays(days));
      sent(name, "email", first.toString());
      sent(name, "email", second.toString());
      if (isBusy) {
        Timestamp before = Timestamp.from(second.minus(Duration.ofHours(1)));
        activity.add(row(name, "page_view", "web", "inbound", true, before, before, 12L));
      }
      if (lead < replies) {
        // More than seven days after the first.
        String reply = second.plus(Duration.ofDays(7)).minusSeconds(60).toString();
        replied(name, reply, reply);
      }
    }
  }

  private Dataset<Row> everyone(String dimension) {
    return rows()
        .where("channel = 'all' AND segment = 'all'")
        .where(col("dimension").equalTo(dimension));
  }

  /** Leads with a first touch that nobody answers and a second some days later. */
  private void spaced(int days, int count, int replies) {
    for (int lead = 0; lead < count; lead++) {
      String name = days + " days " + lead;
      Instant first = Instant.parse("2026-03-01T08:00:00Z");
      Instant second = first.plus(Duration.ofDays(days));
      sent(name, "email", first.toString());
      sent(name, "email", second.toString());
      if (lead < replies) {
        // More than seven days after the first.
        String reply = second.plus(Duration.ofDays(6)).toString();
        replied(name, reply, reply);
      }
    }
  }

  private void sent(String lead, String channel, String instant) {
    activity.add(
        row(lead, "outreach_sent", channel, "outbound", false, at(instant), at(instant), 1L));
  }

  private void replied(String lead, String first, String last) {
    activity.add(row(lead, "email_reply", "email", "inbound", true, at(first), at(last), 2L));
  }

  private void happened(String lead, String signal, String direction, String instant) {
    boolean isInbound = direction.equals("inbound");
    activity.add(row(lead, signal, "email", direction, isInbound, at(instant), at(instant), 1L));
  }

  private Dataset<Row> rows() {
    return InsightQuery.of(
        "cadence",
        Map.of(
            "activity",
            frame(
                "lead_id STRING, signal STRING, channel STRING, direction STRING,"
                    + " is_inbound BOOLEAN, first_at TIMESTAMP, last_at TIMESTAMP, events BIGINT",
                activity.toArray(Row[]::new)),
            "leads",
            frame(
                "lead_id STRING, segment STRING",
                activity.stream()
                    .map(row -> row.getString(0))
                    .distinct()
                    .map(lead -> row(lead, "smb"))
                    .toArray(Row[]::new))),
        Map.of(
            "as_of", Instant.parse("2026-06-01T00:00:00Z"),
            "since_touch", Instant.parse("2026-02-01T00:00:00Z")));
  }

  private static List<String> told(Dataset<Row> rows) {
    return rows.orderBy("bucket_order").collectAsList().stream()
        .map(
            row ->
                row.<String>getAs("bucket")
                    + ": "
                    + row.<Long>getAs("replies")
                    + " of "
                    + row.<Long>getAs("n")
                    + " replied, "
                    + row.<Long>getAs("opt_outs")
                    + " opted out")
        .toList();
  }

  private static Timestamp at(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }
}
