package io.warmlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.pipeline.Progress.Planned;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a run says while it works: to a file, to a terminal, and when it shall be quiet. */
final class ConsoleTest {
  private static final String ERASE = "\r\u001b[K";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-03T02:30:00Z"));
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now.get();
        }
      };

  @Test
  void toAFileEachStageIsALineWhenItBegins() {
    Console console = console(Terminal.NONE, false);
    work(console);
    assertThat(err.toString().lines())
        .containsExactly(
            "   0.0 s  ingest: new files",
            "   3.5 s  note: Training is due: no champion.",
            "   3.5 s  score: every open lead");
    assertThat(out).hasToString("tiers     3 hot\n");
  }

  @Test
  void onATerminalALineIsDrawnAnewAndEndedStagesStayWithTimesAndRows() {
    Console console = console(new Terminal(100, false), false);
    work(console);
    assertThat(err.toString())
        .contains(ERASE + "[....................]  0 %  ingest: new files | 0:00")
        .contains("   3.5 s  ingest: new files, 48,213 rows in, 46,902 out, 80 refused\n")
        .contains("note: Training is due: no champion.\n")
        .contains(ERASE + "[##########..........] 50 %  score: every open lead | 0:04")
        .endsWith(ERASE + "   6.5 s  score: every open lead\n");
    assertThat(out).hasToString("tiers     3 hot\n");
  }

  @Test
  void onATerminalNothingIsLeftOfTheLineWhenAResultIsPrinted() {
    Console console = console(new Terminal(100, false), false);
    console.stage("score", "every open lead");
    console.print("tiers     3 hot");
    console.rest();
    assertThat(err.toString()).contains("score: every open lead | 0:00" + ERASE);
  }

  @Test
  void quietMeansAnEmptyStandardErrorEvenOnATerminal() {
    work(console(Terminal.NONE, true));
    work(console(new Terminal(100, true), true));
    assertThat(err.toString()).isEmpty();
    assertThat(out).hasToString("tiers     3 hot\ntiers     3 hot\n");
  }

  @Test
  void earlierRunsAreOnlyLookedUpWhereSomebodyWatches() {
    AtomicBoolean isLookedUp = new AtomicBoolean();
    console(Terminal.NONE, false)
        .plan(
            () -> {
              isLookedUp.set(true);
              return List.of();
            });
    assertThat(isLookedUp).isFalse();
  }

  @Test
  void coloursAreForTerminalsWhereNobodyForbidsThem() {
    assertThat(Terminal.of("80", Map.of()).hasColour()).isTrue();
    assertThat(Terminal.of("80", Map.of("NO_COLOR", "")).hasColour()).isTrue();
    assertThat(Terminal.of("80", Map.of("NO_COLOR", "1"))).isEqualTo(new Terminal(80, false));
    assertThat(Terminal.of("80", Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of(null, Map.of("TERM", "xterm"))).isEqualTo(Terminal.NONE);
    assertThat(Terminal.of("wide", Map.of())).isEqualTo(Terminal.NONE);

    Console console = console(new Terminal(100, true), false);
    console.stage("score", "every open lead");
    console.rest();
    assertThat(err.toString()).contains("\u001b[32mscore: every open lead\u001b[0m");
  }

  private Console console(Terminal terminal, boolean isQuiet) {
    return new Console(
        new PrintWriter(out, true), new PrintWriter(err, true), clock, terminal, isQuiet);
  }

  private void work(Console console) {
    console.plan(
        () ->
            List.of(
                new Planned("ingest", true, Optional.of(Duration.ofSeconds(10))),
                new Planned("score", true, Optional.of(Duration.ofSeconds(10)))));
    console.stage("ingest", "new files");
    pass(3500);
    console.rows(Optional.of(48_213L), Optional.of(46_902L), Optional.of(80L));
    console.note("Training is due: no champion.");
    console.stage("score", "every open lead");
    pass(6500);
    console.rest();
    console.print("tiers     3 hot");
  }

  private void pass(long millis) {
    now.updateAndGet(instant -> instant.plusMillis(millis));
  }
}
