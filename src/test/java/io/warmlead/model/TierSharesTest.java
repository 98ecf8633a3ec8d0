package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Where the tiers begin, on a thousand predictions counted from the top. */
final class TierSharesTest {

  @Test
  void theFewestThatHoldSixtyPercentAreWarmAndTheMostThatConvertTenfoldAreHot() {
    // 80 of the top 100, 20 of the next 100, 20 of the 800 below: 100 of 120 in the top fifth.
    TierShares shares =
        TierShares.of(
            ranked(
                rank -> rank < 100 ? 0.8 : rank < 200 ? 0.2 : 0.025,
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
                rank -> rank < 50 ? 0.3 : rank < 300 ? 0.1 : 0.02,
                rank ->
                    rank < 50
                        ? rank % 10 < 3
                        : rank < 300 ? rank % 10 == 0 : (rank - 300) % 50 == 49));
    assertThat(shares.warm()).isEqualTo(0.23);
    assertThat(shares.hot()).isEqualTo(0.05);
  }

  @Test
  void whatTheDataDoNotAllowIsSaid() {
    TierShares shares = TierShares.of(ranked(rank -> 0.1, rank -> rank % 10 == 0));
    assertThat(shares.hot()).isEqualTo(0.10);
    assertThat(shares.warm()).isEqualTo(0.30);
    assertThat(shares.notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("held 35 % of them"))
        .anyMatch(note -> note.contains("converted 1.0 times as often"));
  }

  @Test
  void whatSleepsIsNeitherHotNorWarm() {
    // 3 % are awake, and every other of them converts; of the others one in 500.
    TierShares shares =
        TierShares.of(
            ranked(
                rank -> rank < 30 ? 0.5 : 0.002,
                rank -> rank < 30 ? rank % 2 == 0 : rank % 500 == 499));
    assertThat(shares.warm()).as("those that are awake").isEqualTo(0.03);
    assertThat(shares.hot()).as("two thirds of them").isEqualTo(0.02);
    assertThat(shares.notes()).isEmpty();
  }

  @Test
  void ofTheFewWhoAreAwakeTenthsOfAPercentCount() {
    TierShares shares =
        TierShares.of(
            ranked(
                10_000,
                rank -> rank < 50 ? 0.8 : 0.001,
                rank -> rank < 50 ? rank % 5 != 0 : rank % 1_000 == 999));
    assertThat(shares.warm()).isEqualTo(0.005);
    assertThat(shares.hot()).isEqualTo(0.003);
  }

  @Test
  void sixtyPercentOfTheConversionsAreHeldThoughSomeOfThemSleep() {
    // 2 % are awake and hold half of the conversions: the others are needed.
    TierShares shares =
        TierShares.of(
            ranked(
                rank -> rank < 20 ? 0.8 : 0.016,
                rank -> rank < 20 ? rank % 5 != 0 : rank % 62 == 61));
    assertThat(shares.warm()).isEqualTo(0.25);
    assertThat(shares.hot()).as("the last of them is awake").isEqualTo(0.02);
  }

  /** A thousand leads. */
  private static Judged ranked(IntToDoubleFunction promised, IntPredicate converted) {
    return ranked(1_000, promised, converted);
  }

  /**
   * Leads of one date.
   *
   * @param promised their probability, by rank, 0 the most probable
   * @param converted whether one converted, by rank
   */
  private static Judged ranked(int n, IntToDoubleFunction promised, IntPredicate converted) {
    double[] probability = new double[n];
    boolean[] outcome = new boolean[n];
    long[] lead = new long[n];
    String[] segment = new String[n];
    for (int rank = 0; rank < n; rank++) {
      // Falling by a hair, so that there are ranks.
      probability[rank] = promised.applyAsDouble(rank) - 1e-9 * rank;
      outcome[rank] = converted.test(rank);
      lead[rank] = rank;
      segment[rank] = "all";
    }
    return Judged.of(probability, outcome, lead, segment, new long[n]);
  }
}
