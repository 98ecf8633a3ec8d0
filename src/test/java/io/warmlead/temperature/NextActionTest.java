package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The first rule that holds says what to do; fatigue and opt-outs go before. */
final class NextActionTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
  private static final String LEADS =
      "lead_id STRING, segment STRING, tier STRING, trend STRING, handoff_stage STRING,"
          + " last_inbound_signal STRING, last_inbound_at TIMESTAMP, last_inbound_micros BIGINT,"
          + " last_ask_micros BIGINT, asks_enter BIGINT, last_touch_micros BIGINT,"
          + " touches_of_late BIGINT, last_refusal_micros BIGINT,"
          + " last_asked_for_us_micros BIGINT, last_bounce_micros BIGINT,"
          + " last_known_act_micros BIGINT, is_rewarmed BOOLEAN,"
          + " has_been_warm BOOLEAN, as_of TIMESTAMP";

  @Test
  void eachRuleOfTheDefaultTableHasALeadThatItDecides() {
    Dataset<Row> leads =
        Frames.frame(
            LEADS,
            new Lead("opted out", "warm", "page_view", 5).optedOut(2).row(),
            new Lead("opted out, then looked", "warm", "page_view", 1).optedOut(2).row(),
            new Lead("opted in again", "warm", "signup", 1).optedOut(2).askedForUs(1).row(),
            new Lead("asked, unanswered", "hot", "demo_request", 2).asked(2).row(),
            new Lead("asked, answered", "hot", "demo_request", 2).asked(2).touched(1, 1).row(),
            new Lead("touched too much", "hot", "page_view", 9).touched(3, 5).row(),
            new Lead("answered the touches", "hot", "page_view", 1).touched(3, 5).row(),
            new Lead("came back", "warm", "page_view", 3).rewarmed().row(),
            new Lead("read a case study", "warm", "case_study_download", 3).row(),
            new Lead("heating", "warm", "page_view", 3).heating().row(),
            new Lead("warm", "warm", "page_view", 3).row(),
            new Lead("cold, once warm", "cold", "page_view", 60).wasWarm().row(),
            new Lead("cold, warm long ago", "cold", "page_view", 300).wasWarm().row(),
            new Lead("never acted", "cold", null, 0).row());
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, next_action STRING NOT NULL, suppress_until DATE",
            row("opted out", "leave_alone", Date.valueOf("9999-12-31")),
            row("opted out, then looked", "leave_alone", Date.valueOf("9999-12-31")),
            row("opted in again", "nurture", null),
            row("asked, unanswered", "answer_inquiry", null),
            row("asked, answered", "call_now", null),
            row("touched too much", "wait", Date.valueOf("2026-03-14")),
            row("answered the touches", "call_now", null),
            row("came back", "reintroduce", null),
            row("read a case study", "send_related_content", null),
            row("heating", "invite", null),
            row("warm", "nurture", null),
            row("cold, once warm", "reintroduce", null),
            row("cold, warm long ago", "leave_alone", null),
            row("never acted", "leave_alone", null)),
        next()
            .withNextAction(leads, Map.of(), TODAY)
            .select("lead_id", "next_action", "suppress_until"),
        "lead_id");
  }

  @Test
  void nurtureLastsForTheWindowOfTheSegmentAndWhatWasMeasuredGoesBefore() {
    Dataset<Row> leads =
        Frames.frame(
            LEADS,
            new Lead("a", "warm", "page_view", 10).of("enterprise").row(),
            new Lead("b", "warm", "page_view", 10).of("small business").row(),
            new Lead("c", "warm", "page_view", 10).of("other").row(),
            new Lead("d", "cold", null, 0).of("other").row(),
            new Lead("e", "warm", "page_view", 10).of(" Enterprise").row(),
            new Lead("f", "warm", "page_view", 10).of("SMB").row());
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, nurture_until DATE",
            row("a", Date.valueOf("2027-02-28")),
            row("b", Date.valueOf("2026-03-30")),
            row("c", Date.valueOf("2026-08-27")),
            row("d", null),
            row("e", Date.valueOf("2027-02-28")),
            // The window of smb, 90 days, is that of another segment where SMB has one.
            row("f", Date.valueOf("2026-04-29"))),
        next("nurture.windows.SMB=60 days")
            .withNextAction(leads, Map.of("small business", 30), TODAY)
            .select("lead_id", "nurture_until"),
        "lead_id");
  }

  @Test
  void segmentsOfRulesAreRecognisedHoweverTheyAreCased() {
    Dataset<Row> leads =
        Frames.frame(
            LEADS,
            new Lead("a", "warm", "page_view", 10).of("Enterprise ").row(),
            new Lead("b", "warm", "page_view", 10).of("other").row());
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, next_action STRING NOT NULL", row("a", "call_now"), row("b", "wait")),
        next("nurture.actions=[{action=call_now,segments=[ENTERPRISE]},{action=wait}]")
            .withNextAction(leads, Map.of(), TODAY)
            .select("lead_id", "next_action"),
        "lead_id");
  }

  @Test
  void aRuleTableThatCannotWorkIsRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> next("nurture.actions=[{action=call_now,tiers=[hot]}]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("the last rule must hold for every lead");
    assertThatThrownBy(
            () -> next("nurture.actions=[{action=invite,signals=[webinar]},{action=wait}]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("names the signal webinar");
    assertThatThrownBy(() -> next("nurture.actions=[{action=cal_now}]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cal_now");
    assertThatThrownBy(() -> next("nurture.actions=[{action=wait,tier=[hot]},{action=wait}]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Did you mean tiers?");
    assertThatThrownBy(() -> next("nurture.fatigue.touches=0"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("nurture.fatigue.touches = 0");
  }

  private static NextAction next(String... assignments) {
    Settings settings = SettingsLoader.load(List.of(), List.of(assignments));
    return new NextAction(settings.nurture(), settings.run());
  }

  /** A lead in the making; all days are days before tonight. */
  private static final class Lead {
    private final String id;
    private final String tier;
    private final String signal;
    private final Timestamp inbound;
    private String segment = "s";
    private String trend = "steady";
    private Timestamp asked;
    private Timestamp touched;
    private Timestamp optedOut;
    private Timestamp askedForUs;
    private long touches;
    private boolean rewarmed;
    private boolean wasWarm;

    Lead(String id, String tier, String signal, int silentDays) {
      this.id = id;
      this.tier = tier;
      this.signal = signal;
      this.inbound = signal == null ? null : before(silentDays);
    }

    Lead of(String name) {
      segment = name;
      return this;
    }

    Lead asked(int days) {
      asked = before(days);
      return this;
    }

    Lead touched(int days, long times) {
      touched = before(days);
      touches = times;
      return this;
    }

    Lead optedOut(int days) {
      optedOut = before(days);
      return this;
    }

    Lead askedForUs(int days) {
      askedForUs = before(days);
      return this;
    }

    Lead rewarmed() {
      rewarmed = true;
      return this;
    }

    Lead wasWarm() {
      wasWarm = true;
      return this;
    }

    Lead heating() {
      trend = "heating";
      return this;
    }

    Row row() {
      return Frames.row(
          id,
          segment,
          tier,
          trend,
          "none",
          signal,
          inbound,
          micros(inbound),
          micros(asked),
          asked == null ? 0L : 1L,
          micros(touched),
          touches,
          micros(optedOut),
          micros(askedForUs),
          null,
          null,
          rewarmed,
          wasWarm,
          Timestamp.from(AS_OF));
    }

    private static Timestamp before(int days) {
      return Timestamp.from(AS_OF.minusSeconds(days * 86_400L));
    }

    private static Long micros(Timestamp at) {
      return at == null ? null : at.getTime() * 1_000;
    }
  }
}
