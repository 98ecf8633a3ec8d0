package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.SettingsLoader;
import io.warmlead.table.Leads;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Raw rows become typed ones, and each ends somewhere. */
final class RawRowsTest {
  private static final String READER = ", __file STRING, __malformed STRING";

  @Test
  void timesAreReadInManyWaysAndAZoneInTheValueWins() {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("2026-03-29 01:30:00", "2026-03-29T00:30:00Z");
    times.put("2026-03-29 03:30:00", "2026-03-29T01:30:00Z");
    times.put("2026-07-01T12:00:00", "2026-07-01T10:00:00Z");
    times.put("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z");
    times.put("2026-07-01T12:00:00+05:00", "2026-07-01T07:00:00Z");
    times.put("2026-07-01T12:00:00-0700", "2026-07-01T19:00:00Z");
    times.put("2026-07-01 12:00:00 America/New_York", "2026-07-01T16:00:00Z");
    times.put("2026-07-01", "2026-06-30T22:00:00Z");
    times.put("1767225600", "2026-01-01T00:00:00Z");
    times.put("1767225600123", "2026-01-01T00:00:00.123Z");
    times.put("1767225600123456", "2026-01-01T00:00:00.123456Z");
    times.put("24.12.2025 18:00", "2025-12-24T17:00:00Z");
    times.put("soon", "unreadable_time");
    times.put(" ", "missing_time");
    times.put("1066-10-14", "implausible_time");
    Settings settings =
        settings(
            "inputs.engagements.zone=Europe/Berlin",
            "inputs.engagements.options={ timestampFormat = \"dd.MM.yyyy HH:mm\" }");
    List<Row> rows =
        times.keySet().stream().map(time -> row("ada", time, "page_view", "f", null)).toList();
    Map<String, String> found = new HashMap<>();
    for (Row typed :
        RawRows.engagements(
                raw("lead_id STRING, occurred_at STRING, event STRING", rows)
                    .withColumn("text", col("occurred_at")),
                settings.engagements(),
                settings.signals())
            .collectAsList()) {
      Map<String, String> attributes = typed.getJavaMap(typed.fieldIndex("attributes"));
      List<String> problems = typed.getList(typed.fieldIndex("problems"));
      found.put(
          attributes.get("text"),
          problems.isEmpty()
              ? typed.<Timestamp>getAs("occurred_at").toInstant().toString()
              : problems.get(0).replaceAll(":.*", ""));
    }
    assertThat(found).isEqualTo(times);
  }

  @Test
  void everyRowIsGoodIgnoredOrRejectedWithItsReason() {
    Settings settings =
        settings(
            "inputs.engagements.where=amount > 5",
            "signals.map=[{ event = ping, signal = ignore }]");
    String schema = "lead_id STRING, occurred_at STRING, event STRING, value STRING, amount STRING";
    String time = "2026-01-01T08:00:00Z";
    List<Row> typed =
        RawRows.engagements(
                raw(
                    schema,
                    List.of(
                        row("good", time, "page_view", "1.5", "7", "f", null),
                        row("small", time, "page_view", null, "3", "f", null),
                        row("null", time, "page_view", null, null, "f", null),
                        row("no number", time, "page_view", null, "seven", "f", null),
                        row("ping", time, "ping", null, "7", "f", null),
                        row("no event", time, " ", null, "7", "f", null),
                        row("no value", time, "page_view", "much", "7", "f", null),
                        row(null, time, "page_view", null, "7", "f", null),
                        row("split", null, null, null, null, "f", "split;2026"))),
                settings.engagements(),
                settings.signals())
            .collectAsList();
    List<String> fates = new ArrayList<>();
    for (Row one : typed) {
      List<String> problems = one.getList(one.fieldIndex("problems"));
      String lead = one.getAs("lead_id");
      // NULL would be neither ignored nor not, and the row would vanish.
      assertThat(one.<Boolean>getAs("is_ignored")).as(lead).isNotNull();
      boolean isIgnored = one.<Boolean>getAs("is_ignored");
      fates.add(
          lead
              + ": "
              + (isIgnored
                  ? "ignored"
                  : problems.isEmpty() ? "good" : problems.get(0).replaceAll(":.*", "")));
      if (!problems.isEmpty()) {
        assertThat(one.<String>getAs("raw")).isNotBlank();
      }
    }
    assertThat(fates)
        .containsExactly(
            "good: good",
            "small: ignored",
            "null: ignored",
            "no number: ignored",
            "ping: ignored",
            "no event: missing_event",
            "no value: unreadable_value",
            "null: missing_lead_id",
            "split: malformed_row");
  }

  @Test
  void aPredicateWithASubqueryOrAnUnknownColumnIsRefused() {
    Dataset<Row> raw =
        raw(
            "lead_id STRING, occurred_at STRING, event STRING",
            List.of(row("ada", "2026-01-01", "page_view", "f", null)));
    assertThatThrownBy(() -> settings("inputs.engagements.where=lead_id = (SELECT 'ada')"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("inputs.engagements.where")
        .hasMessageContaining("subqueries are not allowed");
    Settings unknown = settings("inputs.engagements.where=amuont > 5");
    assertThatThrownBy(
            () -> RawRows.engagements(raw, unknown.engagements(), unknown.signals()).count())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("amuont");
    assertThat(TestSession.get().conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
  }

  @Test
  void equalRowsOfOneFileAreTwoEngagementsAndOfAnotherFileTheSameOnes() {
    Dataset<Row> good =
        engagements(
            settings(),
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
    Settings trusted = settings();
    Dataset<Row> good =
        RawRows.engagements(
            raw(schema, List.of(late, soon)), trusted.engagements(), trusted.signals());
    assertThat(texts(EngagementIdentity.distinct(good, good.limit(0)), "event"))
        .containsExactly("soon");
    Settings kept = settings("inputs.engagements.duplicates=keep");
    Dataset<Row> both =
        RawRows.engagements(raw(schema, List.of(late, soon)), kept.engagements(), kept.signals());
    assertThat(texts(EngagementIdentity.distinct(both, both.limit(0)), "event"))
        .containsExactlyInAnyOrder("late", "soon");
  }

  @Test
  void namesBecomeSignalsByRuleByTheirOwnNameOrStayUnmapped() {
    Settings settings =
        settings(
            "signals.map=[{ event = Demo, signal = demo_request },"
                + " { event = \"/^Opened /\", channel = Email, signal = email_open },"
                + " { event = mail, direction = inbound, signal = email_reply },"
                + " { event = mail, signal = outreach_sent }]");
    List<Row> rows =
        List.of(
            row("Demo", "web", null),
            row("Opened newsletter", "email", null),
            row("Opened newsletter", "web", null),
            row("Pricing View", "web", null),
            row("Voicemail dropped", "phone", null),
            row("Postcard sent", "post", null),
            row("Call request", "phone", null),
            row("Chat", "web", null),
            row("Chat", "web", "Outgoing"),
            row("mail", null, "Incoming"),
            row("mail", null, "Sent"),
            row("mail", null, null));
    List<String> found = new ArrayList<>();
    for (Row one :
        SignalMapping.withSignal(
                TestSession.get()
                    .createDataFrame(
                        rows,
                        org.apache.spark.sql.types.StructType.fromDDL(
                            "event STRING, channel STRING, stated_direction STRING")),
                settings.signals())
            .collectAsList()) {
      found.add(
          one.getAs("signal")
              + " "
              + one.getAs("is_mapped")
              + " "
              + one.getAs("family")
              + " "
              + one.getAs("direction")
              + " "
              + one.getAs("intent"));
    }
    assertThat(found)
        .containsExactly(
            "demo_request true site inbound high",
            "email_open true email inbound low",
            "Opened newsletter false unmapped unknown low",
            "pricing_view true site inbound medium",
            "Voicemail dropped false unmapped outbound low",
            "Postcard sent false unmapped outbound low",
            "Call request false unmapped unknown low",
            "Chat false unmapped unknown low",
            "Chat false unmapped outbound low",
            "email_reply true email inbound medium",
            "outreach_sent true outreach outbound low",
            "outreach_sent true outreach outbound low");
  }

  @Test
  void aClockThatRanAheadOfNearlyAllRowsIsFound() {
    LocalDate day = LocalDate.parse("2026-01-10");
    LocalDate far = LocalDate.parse("2099-01-01");
    assertThat(FutureClock.limit(Map.of(day, 1_999L, far, 1L), 0, Optional.empty()))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(day, 10L, far, 1L), 0, Optional.empty()))
        .as("one of eleven rows is no outlier")
        .contains(far.plusDays(31));
    assertThat(FutureClock.limit(Map.of(far, 1L), 10_000, Optional.of(day)))
        .contains(day.plusDays(31));
    assertThat(FutureClock.limit(Map.of(), 0, Optional.empty())).isEmpty();
  }

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
  void outcomesAreConversionsOrClosingsAsTheSettingsSay() {
    Dataset<Row> outcomes =
        Frames.frame("outcome STRING", row("won"), row("lost"), row("call back"));
    Settings closing = settings("conversion.outcomes=[won]", "conversion.lost=[lost]");
    assertThat(OutcomeRules.classified(outcomes, closing.conversion()).collectAsList())
        .containsExactly(
            row("won", true, true), row("lost", false, true), row("call back", false, false));
    Settings repeat =
        settings(
            "conversion.outcomes=[won]", "conversion.lost=[lost]", "conversion.closes_lead=false");
    assertThat(OutcomeRules.classified(outcomes, repeat.conversion()).collectAsList())
        .containsExactly(
            row("won", true, false), row("lost", false, true), row("call back", false, false));
  }

  private static Settings settings(String... assignments) {
    return SettingsLoader.load(List.of(), List.of(assignments));
  }

  private static Dataset<Row> raw(String schema, List<Row> rows) {
    return Frames.frame(schema + READER, rows.toArray(Row[]::new));
  }

  private static Dataset<Row> engagements(Settings settings, Row... rows) {
    return RawRows.engagements(
        raw("lead_id STRING, occurred_at STRING, event STRING", List.of(rows)),
        settings.engagements(),
        settings.signals());
  }

  private static Dataset<Row> leads(Row... rows) {
    return RawRows.leads(
        Frames.frame("lead_id STRING, created_at STRING, source STRING", rows)
            .withColumn("__file", lit("leads.csv"))
            .withColumn("__malformed", lit(null).cast("string")),
        settings().leads());
  }

  private static List<String> texts(Dataset<Row> rows, String column) {
    return rows.select(column).collectAsList().stream().map(row -> row.getString(0)).toList();
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
