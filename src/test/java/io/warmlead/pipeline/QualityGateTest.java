package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.testing.TestSession;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QualityGateTest {
  private static final LocalDate DATE = LocalDate.parse("2026-06-01");

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void moreRejectsThanAllowedAreRefusedWithTheirInput() {
    QualityGate gate = gate("quality.max_reject_share=0.6");
    gate.requireFewRejects("leads", 1_000, 500);
    gate.requireFewRejects("outcomes", 99, 99);
    assertThat(notes).isEmpty();
    gate.requireFewRejects("leads", 1_000, 600);
    assertThat(notes)
        .containsExactly(
            "inputs.leads: 600 of 1,000 rows were refused; the table rejects says why.");
    assertThatThrownBy(() -> gate.requireFewRejects("outcomes", 1_000, 601))
        .isInstanceOf(UserFailure.class)
        .hasMessageContaining("inputs.outcomes: 601 of 1,000 rows were refused")
        .hasMessageContaining("quality.max_reject_share = 0.6");
  }

  @Test
  void aWeekFarBelowTheUsualOneIsRefusedWhereTheSettingsSaySo() {
    QualityGate gate = gate("quality.min_share_of_usual=0.5");
    fill(100, 49);
    assertThatThrownBy(() -> gate.requireUsualWeek(DATE))
        .isInstanceOf(UserFailure.class)
        .hasMessageContaining("The week before 2026-06-01 holds 49 engagements, a usual one 100");
    // What arrives on the date is not known before it.
    run(0, DATE.minusDays(1), DATE, 1);
    assertThatThrownBy(() -> gate.requireUsualWeek(DATE)).isInstanceOf(UserFailure.class);
    run(0, DATE.minusDays(1), DATE.minusDays(1), 1);
    assertThatCode(() -> gate.requireUsualWeek(DATE)).doesNotThrowAnyException();
    assertThat(notes).isEmpty();
  }

  @Test
  void withoutASettingAStrikingWeekIsOnlyTold() {
    QualityGate gate = gate();
    fill(1_000, 49);
    gate.requireUsualWeek(DATE);
    assertThat(notes)
        .containsExactly(
            "The week before 2026-06-01 holds 49 engagements, a usual one 1,000. Has an export"
                + " failed? (quality.min_share_of_usual)");
    // Eight weeks later hardly a usual week is left to judge by.
    gate.requireUsualWeek(DATE.plusDays(60));
    assertThat(notes).hasSize(1);
  }

  private void fill(long usual, long newest) {
    for (int week = 0; week <= 8; week++) {
      // On the first and the last day of each week, one outlier among them.
      long events = week == 0 ? newest : week == 3 ? 9 * usual : usual;
      run(week, DATE.minusDays(7L * week + 1), DATE.minusDays(7L * week + 1), events - 1);
      run(week, DATE.minusDays(7L * week + 7), DATE.minusDays(7L * week + 7), 1);
    }
  }

  private void run(int week, LocalDate day, LocalDate arrived, long events) {
    Row row = row("lead-" + week, Date.valueOf(day), Date.valueOf(arrived), events);
    open()
        .append(
            DailyActivity.TABLE,
            TestRuns.filled(
                DailyActivity.TABLE,
                frame("lead_id STRING, day DATE, arrived_day DATE, events BIGINT", row)));
  }

  private Lake open() {
    return Lake.open(TestSession.get(), settings().lake());
  }

  private Settings settings(String... given) {
    List<String> all = new ArrayList<>(List.of(given));
    all.add("lake.path=" + folder);
    return SettingsLoader.load(List.of(), all);
  }

  private QualityGate gate(String... given) {
    Lake lake = open();
    return new QualityGate(
        new RunContext(
            "run",
            lake,
            new Artefacts(lake),
            settings(given),
            Clock.systemUTC(),
            new Progress() {
              @Override
              public void stage(String name, String what) {}

              @Override
              public void note(String text) {
                notes.add(text);
              }
            }));
  }
}
