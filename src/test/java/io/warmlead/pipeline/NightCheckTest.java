package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night would refuse is refused by a check, with the same exit code. */
final class NightCheckTest {
  private static final String OUTCOMES = "lead_id,outcome,occurred_at";

  @TempDir private Path folder;
  private SmallExports exports;

  @BeforeEach
  void someEngagements() {
    exports = new SmallExports(folder).writeSome("2026-01-02", "2026-01-03");
  }

  @Test
  void misspeltConversionsAreFoundAndNothingIsWritten() {
    exports.write("outcomes/1.csv", OUTCOMES, "ada,Won,2026-01-05");
    Invocation check = requireSameExit(2);
    assertThat(check.err()).contains("conversion.outcomes names won", "Did you mean Won?");
    assertThat(check.out()).contains("1 x Won -> neither", "would write to");
    assertThat(folder.resolve("lake/outcomes")).doesNotExist();
    assertThat(exports.succeed("check", "--set", "conversion.outcomes=[]").out())
        .contains("conversion.outcomes is empty");
  }

  @Test
  void aWrongClockShowsAsRefusedRowsAndTooManyOfThemAsAFailure() {
    List<String> days = new ArrayList<>();
    for (int day = 0; day < 120; day++) {
      days.add("2026-01-%02d".formatted(1 + day % 28));
    }
    days.add("2199-01-01");
    exports.writeSome(days.toArray(String[]::new));
    assertThat(exports.succeed("check").out())
        .contains("120 good, 1 to quarantine", "to 2026-01-28T", "1 x future_clock");
    String strict = "quality.max_reject_share=0";
    Invocation check = requireSameExit(3, "--set", strict);
    assertThat(check.err())
        .contains("inputs.engagements: 1 of 121 rows were refused", "max_reject_share = 0.0");
  }

  @Test
  void aSmallWeekIsToldOfAndRefusedWhereTheSettingsSaySo() {
    List<String> days = new ArrayList<>();
    for (int week = 1; week <= 8; week++) {
      for (int row = 0; row < 100; row++) {
        days.add(java.time.LocalDate.parse("2026-06-01").minusDays(7L * week).toString());
      }
    }
    days.add("2026-06-01");
    exports.writeSome(days.toArray(String[]::new));
    assertThat(exports.succeed("check").out())
        .contains("note: The week before 2026-06-02 holds 1 engagements, a usual one 100");
    Invocation refused = exports.run("check", "--set", "quality.min_share_of_usual=0.5");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("quality.min_share_of_usual = 0.5");
  }

  @Test
  void allThatWouldEndANightIsNamedAtOnce() throws IOException {
    exports.write("outcomes/1.csv", OUTCOMES, "ada,Won,2026-01-05");
    Files.writeString(folder.resolve("lake"), "a file");
    Invocation check = requireSameExit(2, "--set", "inputs.engagements.where=event = 'none'");
    assertThat(check.err())
        .contains("lake.path = ", "cannot be written", "is a file")
        .contains("inputs.engagements: every row that could be used is left out")
        .contains("Did you mean Won?");
    assertThat(Files.readString(folder.resolve("lake"))).isEqualTo("a file");
  }

  private Invocation requireSameExit(int code, String... options) {
    Invocation check = exports.run("check", options);
    assertThat(check.exitCode()).as(check.err()).isEqualTo(code);
    assertThat(exports.run("ingest", options).exitCode()).isEqualTo(code);
    return check;
  }
}
