package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  @Test
  void everyLabelOfAnEarlierPartWasDecidedBeforeTheLaterPartBegins() {
    Random random = new Random(11);
    int cut = 0;
    for (int trial = 0; trial < 2_000; trial++) {
      List<Instant> dates = randomDates(random);
      Duration horizon = Duration.ofHours(1 + random.nextInt(24 * 60));
      Optional<Split> found = Split.of(dates, horizon);
      boolean possible =
          !dates.isEmpty() && !dates.get(0).plus(horizon).isAfter(dates.get(dates.size() - 1));
      assertThat(found.isPresent()).isEqualTo(possible);
      assertThat(Split.missing(dates, horizon).isZero()).isEqualTo(possible);
      if (found.isPresent()) {
        cut++;
        Split split = found.get();
        assertGap(split.train(), split.tuning(), horizon);
        if (split.hasValidation()) {
          assertGap(split.validation(), split.test(), horizon);
        }
        assertThat(split.test()).endsWith(dates.get(dates.size() - 1));
        assertThat(split.train()).startsWith(dates.get(0));
        assertThat(dates).containsAll(split.heldOut()).containsAll(split.train());
      }
    }
    assertThat(cut).isGreaterThan(500);
  }

  @Test
  void halfAYearOfWeeksGivesThreeParts() {
    Split split = Split.of(weeks(26), Duration.ofDays(28)).orElseThrow();
    assertThat(split.train()).hasSize(11);
    assertThat(split.validation()).hasSize(4);
    assertThat(split.test()).hasSize(5);
  }

  @Test
  void aQuarterOfWeeksGivesTwo() {
    Split split = Split.of(weeks(12), Duration.ofDays(28)).orElseThrow();
    assertThat(split.hasValidation()).isFalse();
    assertThat(split.train()).hasSize(7);
    assertThat(split.test()).hasSize(2);
  }

  @Test
  void tooShortAHistorySaysHowMuchIsMissing() {
    assertThat(Split.of(weeks(3), Duration.ofDays(28))).isEmpty();
    assertThat(Split.missing(weeks(3), Duration.ofDays(28))).isEqualTo(Duration.ofDays(14));
    assertThat(Gates.historyTooShort(weeks(3), Duration.ofDays(28)))
        .contains("3 snapshot dates")
        .contains("14 more days are needed");
  }

  private static void assertGap(List<Instant> earlier, List<Instant> later, Duration horizon) {
    assertThat(earlier.get(earlier.size() - 1).plus(horizon)).isBeforeOrEqualTo(later.get(0));
  }

  private static List<Instant> weeks(int count) {
    return IntStream.range(0, count)
        .mapToObj(week -> START.plus(Duration.ofDays(7L * week)))
        .toList();
  }

  private static List<Instant> randomDates(Random random) {
    TreeSet<Instant> dates = new TreeSet<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      dates.add(START.plus(Duration.ofHours(random.nextInt(24 * 150))));
    }
    return new ArrayList<>(dates);
  }
}
