package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.Frames;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What set a move off, where the ledger of the night tells. */
final class MoveTriggersTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final LocalDate DATE = LocalDate.parse("2026-03-10");

  /** What the ledger says goes before what the newest engagement suggests. */
  @Test
  void theLargestCauseOfTheChangeIsTheTrigger() {
    Timestamp old = time("2026-03-01T00:00:00Z");
    Timestamp recent = time("2026-03-09T00:00:00Z");
    Dataset<Row> leads =
        Frames.frame(
                "lead_id STRING, tier STRING, tier_reason STRING, previous_tier STRING,"
                    + " previous_tier_reason STRING, last_inbound_at TIMESTAMP,"
                    + " by_corrections DOUBLE, by_decay DOUBLE, by_attributes DOUBLE,"
                    + " by_new_events DOUBLE, by_model DOUBLE",
                row("a level", "cold", "faded", "warm", "probability", old, 0., -.01, 0., 0., -.02),
                row("b time", "cold", "faded", "warm", "probability", old, 0., -.02, 0., 0., -.01),
                row(
                    "c up by level",
                    "warm",
                    "probability",
                    "cold",
                    "faded",
                    recent,
                    0.,
                    -.1,
                    0.,
                    .01,
                    .2),
                row(
                    "d asked, then",
                    "warm",
                    "probability",
                    "hot",
                    "asked to buy",
                    old,
                    0.,
                    -.01,
                    0.,
                    0.,
                    -.02),
                row(
                    "e attributes",
                    "hot",
                    "probability",
                    "warm",
                    "probability",
                    old,
                    0.,
                    -.01,
                    .2,
                    0.,
                    0.),
                row(
                    "f late",
                    "hot",
                    "probability",
                    "warm",
                    "probability",
                    old,
                    .2,
                    -.01,
                    0.,
                    0.,
                    0.),
                row(
                    "g asks",
                    "hot",
                    "asked to buy",
                    "warm",
                    "probability",
                    recent,
                    0.,
                    0.,
                    0.,
                    .01,
                    .2),
                row(
                    "h worse by acting",
                    "cold",
                    "faded",
                    "warm",
                    "probability",
                    recent,
                    0.,
                    0.,
                    0.,
                    -.1,
                    0.),
                row(
                    "i opted out",
                    "cold",
                    "opted out",
                    "warm",
                    "probability",
                    old,
                    0.,
                    0.,
                    0.,
                    0.,
                    -.1),
                row(
                    "j held, then level",
                    "cold",
                    "faded",
                    "warm",
                    "still warm",
                    old,
                    0.,
                    0.,
                    0.,
                    0.,
                    -.01),
                row(
                    "k too many",
                    "warm",
                    "beyond capacity",
                    "hot",
                    "probability",
                    old,
                    0.,
                    0.,
                    0.,
                    0.,
                    -.01))
            .withColumn("last_ask_signal", lit("demo_request"))
            .withColumn("last_ask_at", lit(old))
            .withColumn("last_strong_signal", lit("webinar_attended"))
            .withColumn("last_strong_at", lit(old));
    assertThat(moves(leads, "lead_id", "kind", "trigger_signal"))
        .containsExactly(
            "a level: policy: model",
            "b time: cooled: silence",
            "c up by level: policy: model",
            "d asked, then: cooled: silence",
            "e attributes: heated: attributes",
            "f late: heated: corrections",
            "g asks: heated: demo_request",
            "h worse by acting: cooled: page_view",
            "i opted out: cooled: opt_out",
            "j held, then level: cooled: silence",
            "k too many: cooled: capacity");
  }

  /** A form is followed by the page that says thanks, a webinar by a look at the site. */
  @Test
  void whatCountsIsNamedBeforeWhatCameAfterIt() {
    Timestamp longAgo = time("2026-02-20T00:00:00Z");
    Timestamp old = time("2026-03-01T00:00:00Z");
    Timestamp newer = time("2026-03-08T00:00:00Z");
    Timestamp newest = time("2026-03-09T00:00:00Z");
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, tier STRING, tier_reason STRING, previous_tier STRING,"
                + " last_ask_signal STRING, last_ask_at TIMESTAMP,"
                + " last_strong_signal STRING, last_strong_at TIMESTAMP,"
                + " last_inbound_at TIMESTAMP",
            row("a asked", "hot", "asked to buy", "cold", "demo", newer, "demo", newer, newest),
            row("b asked, late", "hot", "asked to buy", "cold", "demo", old, "demo", old, old),
            row(
                "c asked first",
                "hot",
                "asked to buy",
                "warm",
                "demo",
                newer,
                "chat",
                newest,
                newest),
            row("d strong", "warm", "engaged", "cold", null, null, "webinar", newer, newest),
            row("e known", "warm", "engaged", "cold", null, null, "webinar", longAgo, newest),
            row("f late", "warm", "engaged", "cold", null, null, "webinar", longAgo, old),
            row("g new, asked", "hot", "asked to buy", null, "demo", newer, "demo", newer, newest),
            row("h new", "warm", "engaged", null, null, null, "webinar", longAgo, newest));
    Dataset<Row> all = leads.withColumn("previous_tier_reason", lit("faded"));
    for (String cause : ScoreLedger.CAUSES) {
      all = all.withColumn(cause, lit(null).cast("double"));
    }
    assertThat(moves(all, "lead_id", "kind", "trigger_signal", "date_format(trigger_at, 'd.M.')"))
        .containsExactly(
            "a asked: heated: demo: 8.3.",
            "b asked, late: heated: demo: 1.3.",
            "c asked first: heated: demo: 8.3.",
            "d strong: heated: webinar: 8.3.",
            "e known: heated: page_view: 9.3.",
            "f late: heated: corrections: null",
            "g new, asked: new: demo: 8.3.",
            "h new: new: page_view: 9.3.");
  }

  /** Moves of leads whose newest engagement was a page view; the scoring before knew one of old. */
  private static List<String> moves(Dataset<Row> leads, String... columns) {
    Dataset<Row> all =
        leads
            .withColumn("segment", lit("s"))
            .withColumn("previous_tier_since", lit(Date.valueOf("2026-03-05")))
            .withColumn("is_rewarmed", lit(false))
            .withColumn("last_inbound_signal", lit("page_view"))
            .withColumn(
                "previous_inbound_at",
                when(col("previous_tier").isNotNull(), lit(time("2026-03-01T00:00:00Z"))))
            .withColumn("model_version", lit("1"))
            .withColumn("previous_model_version", lit("1"))
            .withColumn("policy_version", lit("p"))
            .withColumn("previous_policy_version", lit("p"));
    Dataset<Row> nobody =
        Frames.frame("lead_id STRING, segment STRING, tier STRING, tier_since DATE");
    Dataset<Row> nothing =
        Frames.frame("lead_id STRING, outcome STRING, occurred_at TIMESTAMP, closes BOOLEAN");
    return Moves.transitions(all, nobody, nothing, DATE, AS_OF)
        .orderBy("lead_id")
        .selectExpr(columns)
        .collectAsList()
        .stream()
        .map(row -> row.mkString(": "))
        .toList();
  }

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
