package io.warmlead.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(28);
  private static final Calibrator CALIBRATOR =
      new Calibrator(HORIZON, Duration.ofDays(7), new Delays(List.of(), HORIZON));

  @Test
  void treesThatTellLessAreLeftOut() {
    Choice choice = choice((signal, noise) -> signal, (signal, noise) -> 0.6 * signal + noise);
    assertThat(choice.contender().family()).isEqualTo(LinearPredictor.FAMILY);
    assertThat(choice.members().penalties()).containsExactly(0.1);
    assertThat(choice.members().trees()).isEmpty();
    assertThat(choice.kept()).containsExactly(0);
    assertThat(choice.why()).startsWith("logistic regression alone was chosen");
  }

  @Test
  void theAverageIsChosenWhereItTellsMoreThanTheLinearModel() {
    Choice choice =
        choice((signal, noise) -> signal + noise, (signal, noise) -> 1.2 * (signal - noise));
    assertThat(choice.contender().family()).isEqualTo(AveragePredictor.FAMILY);
    assertThat(choice.contender().members()).containsExactly(0, 1);
    assertThat(choice.kept()).containsExactly(0, 1);
    assertThat(choice.why()).startsWith("The average of both families was chosen");
  }

  @Test
  void treesScoreAloneWhereTheyBeatTheAverageByMoreThanNoise() {
    Choice choice = choice((signal, noise) -> 2 * noise, (signal, noise) -> signal);
    assertThat(choice.contender().family()).isEqualTo(TreePredictor.FAMILY);
    assertThat(choice.members().penalties()).isEmpty();
    assertThat(choice.kept()).containsExactly(1);
    assertThat(choice.why()).startsWith("gradient boosting alone was chosen").endsWith("noise.");
  }

  @Test
  void treesNeedLeadsToLearnFrom() {
    assertThat(tried(49, LinearPredictor.FAMILY, TreePredictor.FAMILY).trees()).isEmpty();
    assertThat(tried(50, LinearPredictor.FAMILY, TreePredictor.FAMILY).trees()).isNotEmpty();
    assertThat(tried(49, TreePredictor.FAMILY).trees())
        .as("all that is wanted is always tried")
        .isNotEmpty();
    assertThat(Members.leftOut(Snapshots.settings(LinearPredictor.FAMILY), 49)).isEmpty();
    assertThat(
            Members.leftOut(Snapshots.settings(LinearPredictor.FAMILY, TreePredictor.FAMILY), 49))
        .singleElement()
        .asString()
        .contains("49 leads", "50");
  }

  private static Members tried(long converting, String... families) {
    return Members.worthTrying(Snapshots.settings(families), converting);
  }

  /** A margin, of what tells the truth and of something that has nothing to do with it. */
  private interface Margin {
    double of(double signal, double noise);
  }

  private static Choice choice(Margin linear, Margin trees) {
    Instant at = NOW.minus(Duration.ofDays(56));
    Predictions rows = Held.out(signal -> signal - 1.5, 4_000, 3, at);
    Random random = new Random(5);
    for (int row = 0; row < rows.size(); row++) {
      double signal = rows.margins()[row][0];
      double noise = random.nextGaussian();
      rows.margins()[row] = new double[] {linear.of(signal, noise), trees.of(signal, noise)};
    }
    Rehearsal first =
        new Rehearsal(
            new Cut(List.of(at.minus(HORIZON)), List.of(at)),
            new Members(new double[] {0.1}, new int[] {30}),
            rows);
    return Choice.among(first, CALIBRATOR, NOW);
  }
}
