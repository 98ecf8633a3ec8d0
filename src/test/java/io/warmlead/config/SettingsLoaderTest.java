package io.warmlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator may write, and what he is told when it cannot be used. */
final class SettingsLoaderTest {
  @TempDir private Path folder;

  @Test
  void theDefaultsLoad() {
    Settings settings = load();
    assertThat(settings.conversion().horizonDays()).isEqualTo(30);
    assertThat(settings.engagements().format()).isEqualTo("csv");
    assertThat(settings.engagements().columns())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("lead_id", "lead_id", "occurred_at", "occurred_at", "event", "event"));
    assertThat(settings.signals().catalogue()).hasSize(24).containsKey("pricing_view");
    assertThat(settings.temperature().hotProbability()).isEmpty();
    assertThat(settings.lake().path()).isEmpty();
    assertThat(settings.run().zone().getId()).isEqualTo("UTC");
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestOne() {
    assertRefused(
        "unknown group", "Unknown setting modle (--set).", "Did you mean model?", "modle.seed=1");
    assertRefused(
        "unknown key",
        "Unknown setting temperature.hysterese",
        "Did you mean temperature.hysteresis?",
        "temperature.hysterese=0.5");
    assertRefused("far off", "Unknown setting run.colour", "Known here: ", "run.colour=red");
    assertRefused("group", "conversion is a group", "horizon", "conversion=5");
    assertRefused("value", "conversion.horizon is a single value", "", "conversion.horizon.days=5");
  }

  @Test
  void singleKeysMayBeTextsListsAndObjects() {
    Settings settings =
        load(
            "inputs.engagements.path=s3://bucket/$date/*.csv",
            "inputs.leads.path=[a.csv, b.csv]",
            "inputs.outcomes.options={ sep = \";\" }",
            "conversion.outcomes=[won, renewed]",
            "inputs.engagements.where=amount > 5",
            "run.zone=Europe/Berlin");
    assertThat(settings.engagements().paths()).containsExactly("s3://bucket/$date/*.csv");
    assertThat(settings.leads().paths()).containsExactly("a.csv", "b.csv");
    assertThat(settings.outcomes().options()).containsEntry("sep", ";");
    assertThat(settings.conversion().outcomes()).containsExactly("won", "renewed");
    assertThat(settings.engagements().where()).contains("amount > 5");
    assertThat(settings.run().zone().getId()).isEqualTo("Europe/Berlin");
    assertRefused("no value", "--set conversion.horizon", "key=value", "conversion.horizon");
  }

  @Test
  void whereFilesLieDoesNotChangeWhatTheirRowsMean() {
    String meaning = load("inputs.engagements.path=a").engagements().meaning();
    assertThat(load("inputs.engagements.path=[b, c]").engagements().meaning()).isEqualTo(meaning);
    assertThat(load("inputs.engagements.zone=Asia/Tokyo").engagements().meaning())
        .isNotEqualTo(meaning);
    assertThat(load("inputs.engagements.decimal=,").engagements().meaning()).isNotEqualTo(meaning);
  }

  @Test
  void columnsThatMayStayAreNames() {
    assertThat(load().model().allowColumns()).isEmpty();
    assertThat(load("model.allow_columns=[timeline, Contract Signed]").model().allowColumns())
        .containsExactly("timeline", "Contract Signed");
    assertRefused("blank", "model.allow_columns", "names", "model.allow_columns=[\" \"]");
    assertRefused("twice", "model.allow_columns", "once", "model.allow_columns=[need, need]");
  }

  @Test
  void laterFilesAndSingleKeysWin() throws IOException {
    Path first = folder.resolve("first.conf");
    Path second = folder.resolve("second.conf");
    Files.writeString(first, "model { seed = 1, reasons = 3 }\nconversion.horizon = 10 days");
    Files.writeString(second, "model.seed = 2\nconversion.horizon = 20 days");
    Settings settings =
        SettingsLoader.load(
            List.of(first.toString(), second.toString()), List.of("conversion.horizon=40 days"));
    assertThat(settings.model().seed()).isEqualTo(2);
    assertThat(settings.model().reasons()).isEqualTo(3);
    assertThat(settings.conversion().horizonDays()).isEqualTo(40);
    assertThatThrownBy(
            () -> SettingsLoader.load(List.of(folder.resolve("no.conf").toString()), List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no.conf")
        .hasMessageContaining("no such file");
  }

  @Test
  void durationsAreWholePositiveDays() {
    assertThat(load("conversion.horizon=48 hours").conversion().horizonDays()).isEqualTo(2);
    assertRefused(
        "negative", "conversion.horizon = -5 days", "at least 1 day", "conversion.horizon=-5 days");
    assertRefused("zero", "conversion.horizon", "at least 1 day", "conversion.horizon=0 days");
    assertRefused(
        "fraction", "conversion.horizon = 36 hours", "whole days", "conversion.horizon=36 hours");
    assertRefused("word", "conversion.horizon", "", "conversion.horizon=soon");
    assertRefused(
        "negative", "temperature.min_dwell", "at least 0 days", "temperature.min_dwell=-1 days");
  }

  @Test
  void aTierNeedNotBeKeptForAnyTime() {
    assertThat(load("temperature.min_dwell=0 days").temperature().minDwellDays()).isZero();
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertRefused("share", "temperature.hysteresis = 1.5", "0.9", "temperature.hysteresis=1.5");
    assertRefused(
        "word", "temperature.opt_out_cap = tepid", "cold, warm", "temperature.opt_out_cap=tepid");
    assertRefused("zone", "run.zone = Europe/Berln", "Europe/Berlin?", "run.zone=Europe/Berln");
    assertRefused("format", "inputs.leads.format = xml", "parquet", "inputs.leads.format=xml");
    assertRefused("mark", "inputs.leads.decimal = ;", "must be", "inputs.leads.decimal=;");
    assertThatThrownBy(() -> load("inputs.outcomes.decimal=,", "inputs.outcomes.format=parquet"))
        .hasMessageContaining("inputs.outcomes.decimal")
        .hasMessageContaining("columns of parquet hold numbers");
    assertRefused(
        "signal",
        "pricing_veiw",
        "Did you mean pricing_view?",
        "signals.map=[{ event = a, signal = pricing_veiw }]");
    assertRefused(
        "direction",
        "signals.map, direction of mail = incoming",
        "inbound, outbound",
        "signals.map=[{ event = mail, direction = incoming, signal = email_reply }]");
    assertRefused(
        "pattern",
        "is not a regular expression",
        "",
        "signals.map=[{ event = \"/(/\", signal = ignore }]");
    assertThatThrownBy(() -> load("conversion.outcomes=[won]", "conversion.lost=[won]"))
        .hasMessageContaining("both name won");
    assertThatThrownBy(() -> load("lake.path=a", "lake.catalog=b", "lake.schema=c"))
        .hasMessageContaining("lake.catalog");
  }

  @Test
  void keysWithinListsAndNamedGroupsAreChecked() {
    assertRefused(
        "rule",
        "signals.map: a rule has no key chanel",
        "Did you mean channel?",
        "signals.map=[{ event = Call, chanel = phone, signal = call }]");
    assertRefused(
        "signal",
        "signals.catalogue.demo_request has no key point",
        "Did you mean points?",
        "signals.catalogue.demo_request.point=60");
    assertRefused(
        "swapped letters",
        "temperature.levels.emial_open: signals.catalogue has no such signal",
        "Did you mean email_open?",
        "temperature.levels.emial_open=5");
    assertRefused("letter", "page_vie", "Did you mean page_view?", "temperature.levels.page_vie=5");
    // An unmapped event has its raw name, which may be any.
    assertThat(load("temperature.levels.\"Email opened\"=5").temperature().levels())
        .containsEntry("Email opened", 5)
        .containsEntry("email_open", 3);
    assertThat(
            load(
                    "signals.catalogue.call_done={ family = outreach, direction = outbound, intent ="
                        + " low, points = 1 }",
                    "temperature.levels.call_done=2")
                .signals()
                .catalogue())
        .containsKey("call_done");
  }

  @Test
  void theDigestFollowsResultsAndNotThePlaceOfTheLake() {
    String digest = load("lake.path=a").digest();
    assertThat(load("lake.path=b").digest()).isEqualTo(digest);
    assertThat(load("lake.path=a", "model.seed=1").digest()).isNotEqualTo(digest);
  }

  @Test
  void theNearestNameIsOneThatAPersonMayHaveMeant() {
    List<String> known = List.of("occurred_at", "lead_id");
    assertThat(NearestName.of("ocurred_at", known)).contains("occurred_at");
    assertThat(NearestName.of("Lead_ID", known)).contains("lead_id");
    assertThat(NearestName.of("colour", known)).isEmpty();
    assertThat(NearestName.hint("colour", known)).isEmpty();
  }

  private static Settings load(String... assignments) {
    return SettingsLoader.load(List.of(), List.of(assignments));
  }

  private static void assertRefused(String what, String named, String cure, String assignment) {
    assertThatThrownBy(() -> load(assignment))
        .as(what)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(named)
        .hasMessageContaining(cure);
  }
}
