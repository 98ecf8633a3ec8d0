package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;

/** Raw rows become typed ones, and each ends somewhere. */
final class RawRowsTest {
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
    assertThat(read(times, "Europe/Berlin", "dd.MM.yyyy HH:mm")).isEqualTo(times);
  }

  @Test
  void aZoneInAValueIsAppliedOnceHoweverItIsWritten() {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("2026-01-15 10:00:00 America/Port-au-Prince", "2026-01-15T15:00:00Z");
    times.put("2026-01-15 10:00:00 Etc/GMT+5", "2026-01-15T15:00:00Z");
    times.put("2026-01-15 10:00:00 UTC", "2026-01-15T10:00:00Z");
    times.put("2026-01-15 10:00:00GMT+05:30", "2026-01-15T04:30:00Z");
    times.put("2026-01-15 10:00:00.25 +0530", "2026-01-15T04:30:00.250Z");
    times.put("2026-01-15T10:00:00-07", "2026-01-15T17:00:00Z");
    times.put("2026-01-15T10:00:00.5z", "2026-01-15T10:00:00.500Z");
    times.put("2026-01-15T10:00+01:00", "2026-01-15T09:00:00Z");
    times.put("2026-01-15 10:00Z", "2026-01-15T10:00:00Z");
    times.put("2026-01-15 10:00:00.", "2026-01-15T18:00:00Z");
    times.put("2026-1-5 7:5", "2026-01-05T15:05:00Z");
    times.put("2026-01", "2026-01-01T08:00:00Z");
    times.put("+2026-01-15", "2026-01-15T08:00:00Z");
    assertThat(read(times, "America/Los_Angeles", null)).isEqualTo(times);
  }

  @Test
  void abbreviationsOfZonesAndTimesOfDayAloneAreNotRead() {
    Map<String, String> times = new LinkedHashMap<>();
    for (String zone :
        List.of("PST", "PDT", "CET", "CEST", "EST", "MST", "BST", "IST", "EST5EDT", "Japan")) {
      times.put("2026-01-15 10:00:00 " + zone, "unreadable_time");
      times.put("2026-01-15T10:00:00.5" + zone, "unreadable_time");
    }
    for (String time : List.of("14:35", "14:35:10", "T14:35", "14:35:10Z", "1435", "9:05 +01:00")) {
      times.put(time, time.equals("1435") ? "implausible_time" : "unreadable_time");
    }
    for (String zone : List.of("UTC", "America/Los_Angeles")) {
      assertThat(read(times, zone, null)).as(zone).isEqualTo(times);
    }
  }

  @Test
  void theFormatSaysWhetherATimeHasAZone() {
    Map<String, Map<String, String>> byFormat = new LinkedHashMap<>();
    byFormat.put("HH:mm:ss dd-MM-yyyy", Map.of("14:30:00 15-01-2026", "2026-01-15T13:30:00Z"));
    byFormat.put("MM/dd/yyyy hh:mm a z", Map.of("01/15/2026 10:00 AM PST", "2026-01-15T18:00:00Z"));
    byFormat.put(
        "MMM dd HH:mm:ss xx yyyy", Map.of("Jan 15 10:00:00 +0530 2026", "2026-01-15T04:30:00Z"));
    byFormat.put(
        "dd.MM.yyyy HH:mm[ XXX]",
        Map.of(
            "15.01.2026 10:00", "2026-01-15T09:00:00Z",
            "15.01.2026 10:00 +05:00", "2026-01-15T05:00:00Z",
            "2026-01-15 10:00", "2026-01-15T09:00:00Z",
            "2026-01-15 10:00:00Z", "2026-01-15T10:00:00Z"));
    byFormat.put(
        "[dd.MM.yyyy HH:mm[VV]][dd.MM.yyyy]",
        Map.of(
            "15.01.2026", "2026-01-14T23:00:00Z",
            "15.01.2026 10:00Asia/Tokyo", "2026-01-15T01:00:00Z"));
    byFormat.put(
        "dd.MM.yyyy HH:mm 'Uhr, Zone'",
        Map.of("15.01.2026 10:00 Uhr, Zone", "2026-01-15T09:00:00Z"));
    byFormat.put("dd.MM.yyyy HH:mm 'UTC'", Map.of("15.01.2026 10:00 UTC", "2026-01-15T10:00:00Z"));
    byFormat.put(
        "yyyy-MM-dd'T'HH:mm:ss'Z'", Map.of("2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z"));
    byFormat.put(
        "yyyy-MM-dd HH:mm:ss 'CET'", Map.of("2026-01-15 10:00:00 CET", "2026-01-15T09:00:00Z"));
    byFormat.forEach(
        (format, times) ->
            assertThat(read(times, "Europe/Berlin", format)).as(format).isEqualTo(times));
  }

  /** What becomes of times: the instant, or the reason why there is none. */
  private static Map<String, String> read(Map<String, String> times, String zone, String format) {
    Settings settings =
        RawInput.settings(
            "inputs.engagements.zone=" + zone,
            "inputs.engagements.options={"
                + (format == null ? "" : " timestampFormat = \"" + format + "\" ")
                + "}");
    List<Row> rows =
        times.keySet().stream().map(time -> row("ada", time, "page_view", "f", null)).toList();
    Map<String, String> found = new HashMap<>();
    for (Row typed :
        RawRows.engagements(
                RawInput.rows("lead_id STRING, occurred_at STRING, event STRING", rows)
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
    return found;
  }

  @Test
  void theFieldOfAnObjectIsNamedByItsPath() {
    Settings settings =
        RawInput.settings(
            "inputs.engagements.format=json",
            "inputs.engagements.columns={ lead_id = contact.id, event = what.page.kind }");
    Dataset<Row> raw =
        RawInput.rows(
            "contact STRING, occurred_at STRING, what STRING",
            List.of(
                row(
                    "{\"id\":\"ada\",\"mail\":\"a@b.c\"}",
                    "2026-01-01T08:00:00Z",
                    "{\"page\":{\"kind\":\"page_view\"}}",
                    "f",
                    null),
                row("{\"mail\":\"a@b.c\"}", "2026-01-01T08:00:00Z", null, "f", null)));
    List<Row> typed =
        RawRows.engagements(raw, settings.engagements(), settings.signals()).collectAsList();
    assertThat(typed.get(0).<String>getAs("lead_id")).isEqualTo("ada");
    assertThat(typed.get(0).<String>getAs("signal")).isEqualTo("page_view");
    assertThat(typed.get(0).getJavaMap(typed.get(0).fieldIndex("attributes"))).isEmpty();
    assertThat(typed.get(1).<String>getList(typed.get(1).fieldIndex("problems")))
        .anyMatch(problem -> problem.startsWith("missing_lead_id"));
    assertThatThrownBy(
            () ->
                RawRows.engagements(
                    raw,
                    RawInput.settings("inputs.engagements.columns.lead_id=contact.id")
                        .engagements(),
                    settings.signals()))
        .hasMessageContaining("contact.id: there is no such column");
  }

  @Test
  void aColumnNamedLikeAMeaningThatItHasNotIsAnAttribute() {
    Row typed =
        RawRows.engagements(
                RawInput.rows(
                    "lead_id STRING, occurred_at STRING, event STRING, value STRING",
                    List.of(
                        row("ada", "2026-01-01T08:00:00Z", "page_view", "newsletter", "f", null))),
                RawInput.settings("inputs.engagements.columns.value=none").engagements(),
                RawInput.settings().signals())
            .head();
    assertThat(typed.getList(typed.fieldIndex("problems"))).isEmpty();
    assertThat(typed.isNullAt(typed.fieldIndex("value"))).isTrue();
    assertThat(typed.<String, String>getJavaMap(typed.fieldIndex("attributes")))
        .containsExactly(Map.entry("value", "newsletter"));
  }

  @Test
  void aFolderIsReadWhereAMeaningNamesItAndMakesNoOtherRowOfWhatIsDeliveredAgain() {
    Dataset<Row> raw =
        RawInput.rows(
            "lead_id STRING, occurred_at STRING, kind STRING, day STRING",
            List.of(
                row("ada", "2026-01-01T08:00:00Z", "page_view", "2026-01-02", "f", null),
                row("ada", "2026-01-01T08:00:00Z", "page_view", "2026-01-03", "g", null),
                row("ada", "2026-01-01T08:00:00Z", "form_submit", "2026-01-03", "g", null)));
    Metadata ofFolders =
        new MetadataBuilder().putBoolean(io.warmlead.lake.Sources.OF_FOLDERS, true).build();
    Settings settings =
        RawInput.settings(
            "inputs.engagements.columns.event=kind", "inputs.engagements.where=day > '2026-01-01'");
    List<Row> typed =
        RawRows.engagements(
                raw.withMetadata("kind", ofFolders).withMetadata("day", ofFolders),
                settings.engagements(),
                settings.signals())
            .collectAsList();
    assertThat(typed)
        .allMatch(row -> row.getJavaMap(row.fieldIndex("attributes")).isEmpty())
        .noneMatch(row -> row.<Boolean>getAs("is_ignored"));
    List<String> contents = typed.stream().map(row -> row.<String>getAs("content")).toList();
    assertThat(contents.get(0)).isEqualTo(contents.get(1)).isNotEqualTo(contents.get(2));
  }

  @Test
  void everyRowIsGoodIgnoredOrRejectedWithItsReason() {
    Settings settings =
        RawInput.settings(
            "inputs.engagements.where=amount > 5",
            "signals.map=[{ event = ping, signal = ignore }]");
    String schema = "lead_id STRING, occurred_at STRING, event STRING, value STRING, amount STRING";
    String time = "2026-01-01T08:00:00Z";
    List<Row> typed =
        RawRows.engagements(
                RawInput.rows(
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
        RawInput.rows(
            "lead_id STRING, occurred_at STRING, event STRING",
            List.of(row("ada", "2026-01-01", "page_view", "f", null)));
    assertThatThrownBy(() -> RawInput.settings("inputs.engagements.where=lead_id = (SELECT 'ada')"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("inputs.engagements.where")
        .hasMessageContaining("subqueries are not allowed");
    Settings unknown = RawInput.settings("inputs.engagements.where=amuont > 5");
    assertThatThrownBy(
            () -> RawRows.engagements(raw, unknown.engagements(), unknown.signals()).count())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("amuont");
    assertThat(TestSession.get().conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
  }
}
