package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Where the tiers begin, on a thousand predictions counted from the top. */
final class TierSharesTest {

  @Test
  void theFewestThatHoldSixtyPercentAreWarmAndTheMostThatConvertTenfoldAreHot() {
    // 80 of the top 100, 20 of the next 100, 20 of the 800 below: 100 of 120 in the top fifth.
    TierShares shares =
        TierShares.of(
            ranked(
                rank ->
                    rank < 100
                        ? rank % 5 != 0
                        : rank < 200 ? rank % 5 == 0 : (rank - 200) % 40 == 0));
    assertThat(shares.warm()).as("80 and 10 of 120 lie in the top 15 %").isEqualTo(0.15);
    assertThat(shares.hot()).as("80 % against some 3.5 %").isEqualTo(0.10);
    assertThat(shares.notes()).isEmpty();
  }

  @Test
  void hotIsNarrowedUntilItConvertsTenfold() {
    // 30 % of the top 50, 10 % of the next 250, 2 % of the rest.
    TierShares shares =
        TierShares.of(
            ranked(
                rank ->
                    rank < 50
                        ? rank % 10 < 3
                        : rank < 300 ? rank % 10 == 0 : (rank - 300) % 50 == 49));
    assertThat(shares.warm()).isEqualTo(0.23);
    assertThat(shares.hot()).isEqualTo(0.05);
  }

  @Test
  void whatTheDataDoNotAllowIsSaid() {
    TierShares shares = TierShares.of(ranked(rank -> rank % 10 == 0));
    assertThat(shares.hot()).isEqualTo(0.10);
    assertThat(shares.warm()).isEqualTo(0.30);
    assertThat(shares.notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("held 35 % of them"))
        .anyMatch(note -> note.contains("converted 1.0 times as often"));
  }

  /** A thousand leads; whether one converted is told by its rank, 0 the most probable. */
  private static Judged ranked(IntPredicate converted) {
    int n = 1_000;
    double[] probability = new double[n];
    boolean[] outcome = new boolean[n];
    long[] lead = new long[n];
    String[] segment = new String[n];
    for (int rank = 0; rank < n; rank++) {
      probability[rank] = 1 - (rank + 1) / 1_001D;
      outcome[rank] = converted.test(rank);
      lead[rank] = rank;
      segment[rank] = "all";
    }
    return Judged.of(probability, outcome, lead, segment, new long[n]);
  }
}
