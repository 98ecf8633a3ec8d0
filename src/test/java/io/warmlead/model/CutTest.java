package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutTest {
  private static final Duration HORIZON = Duration.ofDays(28);
  private static final Instant FIRST = Instant.parse("2025-01-06T00:00:00Z");

  @Test
  void everyLabelLearnedFromWasDecidedBeforeTheFirstTestDate() {
    for (int weeks = 7; weeks < 60; weeks++) {
      for (Cut cut : cuts(weeks, 100)) {
        assertThat(cut.train())
            .allSatisfy(date -> assertThat(date.plus(HORIZON)).isBeforeOrEqualTo(cut.at()));
      }
    }
  }

  @Test
  void thirtyDecidedWeeksAreJudgedFromTheNewestTwelveInThreeBlocks() {
    List<Cut> cuts = cuts(34, 100);
    assertThat(cuts).hasSize(3);
    // Weeks 0 to 30 are decided as of week 34: 31 dates, of which 12 are judged.
    assertThat(cuts.get(0).test()).hasSize(4).startsWith(week(19));
    assertThat(cuts.get(0).train()).hasSize(16).endsWith(week(15));
    assertThat(cuts.get(2).test()).endsWith(week(30));
  }

  @Test
  void whereConversionsAreYoungTheDatesStillRunningAreJudgedToo() {
    // Conversions begin in week 24 of 34: no cut within the decided dates has any before it.
    List<Cut> cuts = Cut.of(history(34, 24), HORIZON, week(34), 15);
    assertThat(cuts).isNotEmpty();
    List<Instant> last = cuts.get(cuts.size() - 1).test();
    assertThat(last).endsWith(week(33));
  }

  @Test
  void withoutConversionsThereIsNoCut() {
    assertThat(cuts(34, 0)).isEmpty();
    assertThat(cuts(5, 100)).isEmpty();
  }

  private static List<Cut> cuts(int weeks, long conversions) {
    List<History.Day> days =
        IntStream.range(0, weeks)
            .mapToObj(week -> new History.Day(week(week), 1_000, conversions))
            .toList();
    return Cut.of(new History(days, new History.Leads(0, 0)), HORIZON, week(weeks), 15);
  }

  private static History history(int weeks, int from) {
    return new History(
        IntStream.range(0, weeks)
            .mapToObj(week -> new History.Day(week(week), 1_000, week < from ? 0 : 100))
            .toList(),
        new History.Leads(0, 0));
  }

  private static Instant week(int week) {
    return FIRST.plus(Duration.ofDays(7L * week));
  }
}
