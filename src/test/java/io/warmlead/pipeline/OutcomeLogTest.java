package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.RunSettings;
import io.warmlead.table.Outcomes;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeLogTest {
  private static final LocalDate FRIDAY = LocalDate.parse("2026-03-06");

  @TempDir private Path folder;

  @Test
  void aSilenceMoreThanTwiceAsLongAsAnyPauseIsAnEndOfTheRecord() {
    List<LocalDate> weekdays =
        IntStream.rangeClosed(0, 60)
            .mapToObj(back -> FRIDAY.minusDays(60L - back))
            .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
            .toList();
    assertThat(OutcomeLog.knownUntil(weekdays, FRIDAY.plusDays(1))).isEmpty();
    assertThat(OutcomeLog.knownUntil(weekdays, FRIDAY.plusDays(5))).isEmpty();
    assertThat(OutcomeLog.knownUntil(weekdays, FRIDAY.plusDays(6))).contains(FRIDAY.plusDays(1));
  }

  @Test
  void whereOutcomesComeDailyTwoDaysAreStillNothing() {
    List<LocalDate> daily =
        IntStream.rangeClosed(0, 60).mapToObj(back -> FRIDAY.minusDays(60L - back)).toList();
    assertThat(OutcomeLog.knownUntil(daily, FRIDAY.plusDays(3))).isEmpty();
    assertThat(OutcomeLog.knownUntil(daily, FRIDAY.plusDays(4))).contains(FRIDAY.plusDays(1));
  }

  @Test
  void outcomesAtOrAfterTheInstantTellNothingAndFewTellTooLittle() {
    RunContext run = TestRuns.run("run", folder);
    Instant asOf = Instant.parse("2026-03-20T00:00:00Z");
    assertThat(until(run, asOf)).isEqualTo(asOf);
    store(run, 0, 19);
    assertThat(until(run, asOf)).isEqualTo(asOf);
    store(run, 19, 30);
    assertThat(until(run, asOf)).isEqualTo(Instant.parse("2026-03-07T00:00:00Z"));
    assertThat(until(run, Instant.parse("2026-03-01T12:00:00Z")))
        .isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    // Long ago tells nothing of today's ways.
    Instant later = Instant.parse("2027-03-01T00:00:00Z");
    assertThat(until(run, later)).isEqualTo(later);
  }

  private static Instant until(RunContext run, Instant asOf) {
    RunSettings settings = run.settings().run();
    return OutcomeLog.knownUntil(run.lake(), asOf, settings);
  }

  /** One each on so many days back from 6 March. */
  private static void store(RunContext run, int from, int to) {
    Stream<Row> rows =
        IntStream.range(from, to)
            .mapToObj(
                back ->
                    row(
                        "lead-" + back,
                        Timestamp.from(
                            Instant.parse("2026-03-06T10:00:00Z").minusSeconds(86_400L * back))));
    run.lake()
        .append(
            Outcomes.TABLE,
            TestRuns.filled(
                Outcomes.TABLE,
                frame("lead_id STRING, occurred_at TIMESTAMP", rows.toArray(Row[]::new))));
  }
}
