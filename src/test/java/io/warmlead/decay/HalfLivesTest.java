package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.assertMatches;
import static io.warmlead.decay.DecayFrames.lifetime;
import static io.warmlead.decay.DecayFrames.lifetimes;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.settings;
import static io.warmlead.decay.DecayFrames.sorted;
import static io.warmlead.decay.DecayFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.table.DecayHalfLives;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class HalfLivesTest {

  @Test
  void recoversAPlantedExponentialAndAPlantedWeibull() {
    Dataset<Row> lifetimes =
        lifetimes(planted("fast", 8_000, 0.25, 3, 1, 1))
            .union(lifetimes(planted("slow", 8_000, 0.4, 45, 0.6, 2)));

    List<Row> fits = fits(lifetimes);

    assertMatches(
        HalfLives.fit(DecayFrames.counts(lifetimes), settings(30, 20, 100)), DecayHalfLives.TABLE);
    assertRecovered(fits.get(0), "exponential", 3, 0.75);
    assertRecovered(fits.get(1), "weibull", 45, 0.6);
    assertThat(number(fits.get(1), "shape_exponent")).isCloseTo(0.6, within(0.06));
  }

  @Test
  void datesWithoutTimeBiasNothing() {
    List<Row> inDays =
        planted("dates", 8_000, 0.3, 4, 1, 3).stream()
            .map(row -> lifetime("dates", Math.rint(row.getDouble(4)), row.getBoolean(5)))
            .toList();

    Row fit = fits(lifetimes(inDays)).get(0);
    assertRecovered(fit, text(fit, "shape"), 4, 0.7);
    assertThat(number(fit, "shape_exponent")).isCloseTo(1, within(0.1));
  }

  @Test
  void everyoneConvertingLeavesNoneWhoNeverWill() {
    Row fit = fits(lifetimes(planted("all", 2_000, 1, 2, 1, 4)).where("is_converted")).get(0);

    assertThat(number(fit, "never_converts_share")).isEqualTo(0D);
    assertThat(number(fit, "half_life_days")).isCloseTo(2, within(0.15));
  }

  @Test
  void leadsCreatedBeforeTheLogBeginsAreLeftOutOfTheFit() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(lifetime("a", i + 1, i < 12));
      rows.add(
          DecayFrames.row(
              "lead",
              "segment",
              "a",
              "lead_creation",
              60D,
              true,
              null,
              false,
              50D,
              null,
              60D,
              false));
    }

    assertThat(text(fits(lifetimes(rows)).get(0), "method"))
        .isEqualTo(
            "withheld: 12 conversions, 20 needed; 40 left out (created before the log begins)");
  }

  /** One lead in five converts; the others are lost, and both are decided equally fast. */
  @Test
  void whoIsLostCountsAmongThoseWhoNeverConvert() {
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      double watched = 100 + 300 * random.nextDouble();
      double decided = -30 * Math.log(1 - random.nextDouble()) / Math.log(2);
      boolean converts = random.nextDouble() < 0.2;
      boolean isLost = !converts && decided < watched;
      rows.add(
          isLost
              ? DecayFrames.lost("a", decided, watched)
              : lifetime("a", Math.min(decided, watched), converts && decided < watched));
    }

    assertRecovered(fits(lifetimes(rows)).get(0), "exponential", 30, 0.8);
  }

  @Test
  void whatCannotBeFittedSaysWhy() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(lifetime("few", i + 1, i < 12));
      rows.add(lifetime("none", i + 1, false));
    }
    rows.add(lifetime("tiny", 1, true));

    List<Row> fits = fits(lifetimes(rows));

    assertThat(fits)
        .extracting(fit -> text(fit, "method"))
        .containsExactly(
            "withheld: 12 conversions, 20 needed",
            "withheld: 0 conversions, 20 needed",
            "withheld: 1 leads, 30 needed");
    assertThat(fits).allSatisfy(fit -> assertThat(fit.<Double>getAs("half_life_days")).isNull());
    assertThat(fits).extracting(fit -> text(fit, "shape")).containsOnly("none");
  }

  /** What is counted at an earlier end of observation is what would have been counted then. */
  @Test
  void theEarlierCountsAreThoseOfTheEarlierDay() {
    double earlierDays = 25;
    Random random = new Random(9);
    List<Row> now = new ArrayList<>();
    List<Row> then = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      double watched = 100 * random.nextDouble();
      double converts = random.nextDouble() < 0.4 ? -20 * Math.log(random.nextDouble()) : 1_000;
      double isLost = random.nextDouble() < 0.5 ? -30 * Math.log(random.nextDouble()) : 1_000;
      now.add(until(watched, converts, isLost));
      if (watched > earlierDays) {
        then.add(until(watched - earlierDays, converts, isLost));
      }
    }

    List<Row> earlier =
        inQuarterHours(
            DurationCounts.of(lifetimes(now), earlierDays),
            "earlier_converted",
            "earlier_unconverted");

    assertThat(earlier).hasSizeGreaterThan(1_000);
    assertThat(earlier)
        .isEqualTo(inQuarterHours(DecayFrames.counts(lifetimes(then)), "converted", "unconverted"));
  }

  private static Row until(double watched, double converts, double isLost) {
    if (converts <= Math.min(watched, isLost)) {
      return DecayFrames.converted("a", converts, watched);
    }
    return isLost < watched
        ? DecayFrames.lost("a", isLost, watched)
        : lifetime("a", watched, false);
  }

  private static List<Row> inQuarterHours(
      Dataset<Row> counts, String converted, String unconverted) {
    return sorted(
        counts
            .selectExpr(
                "round(minutes / 15) AS quarter", converted + " AS c", unconverted + " AS u")
            .groupBy("quarter")
            .sum("c", "u")
            .where("`sum(c)` + `sum(u)` > 0"),
        "quarter");
  }

  @Test
  void theShapeIsJudgedByWhatCameInTheLastQuarterOfTheLog() {
    Dataset<Row> lifetimes = lifetimes(planted("a", 8_000, 0.3, 6, 1, 10));

    Row tested = HalfLives.fit(DurationCounts.of(lifetimes, 22.5), settings(30, 20, 100)).head();

    assertRecovered(tested, "exponential", 6, 0.7);
    assertThat(text(tested, "method"))
        .startsWith(
            "mixture cure, maximum likelihood, shape by -2 log-likelihood of the log's last quarter: ");
    assertThat(text(fits(lifetimes).get(0), "method"))
        .startsWith("mixture cure, maximum likelihood, shape by Akaike's criterion: exponential ");
  }

  @Test
  void onlyTheLargestValuesOfADimensionAreFitted() {
    List<Row> rows = new ArrayList<>();
    for (int value = 0; value <= HalfLives.MOST_VALUES; value++) {
      for (int i = 0; i < (value == 7 ? 30 : 40); i++) {
        rows.add(lifetime("value " + value, i + 0.3, i % 3 > 0));
      }
    }

    List<Row> withheld =
        fits(lifetimes(rows)).stream()
            .filter(fit -> text(fit, "method").contains("largest"))
            .toList();

    assertThat(withheld).hasSize(1);
    assertThat(text(withheld.get(0), "value")).isEqualTo("value 7");
  }

  @Test
  void theSameBitsComeOutWhateverThePartitions() {
    List<Row> rows = planted("a", 2_000, 0.5, 9, 0.8, 6);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(fits(lifetimes(shuffled).repartition(5))).isEqualTo(fits(lifetimes(rows)));
  }

  private static void assertRecovered(Row fit, String shape, double halfLife, double never) {
    assertThat(text(fit, "shape")).isEqualTo(shape);
    assertThat(number(fit, "ci_low")).isLessThan(halfLife);
    assertThat(number(fit, "ci_high")).isGreaterThan(halfLife);
    assertThat(number(fit, "half_life_days"))
        .isBetween(number(fit, "ci_low"), number(fit, "ci_high"));
    assertThat(number(fit, "never_converts_share")).isCloseTo(never, within(0.05));
  }

  private static List<Row> fits(Dataset<Row> lifetimes) {
    return sorted(HalfLives.fit(DecayFrames.counts(lifetimes), settings(30, 20, 100)), "value");
  }

  /** Leads of which a share converts, watched for 5 to 15 half-lives. */
  private static List<Row> planted(
      String value, int leads, double converting, double halfLife, double exponent, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      double watched = halfLife * (5 + 10 * random.nextDouble());
      double halfLives = Math.pow(-Math.log(1 - random.nextDouble()) / Math.log(2), 1 / exponent);
      double converted =
          random.nextDouble() < converting ? halfLife * halfLives : Double.POSITIVE_INFINITY;
      rows.add(
          converted <= watched
              ? DecayFrames.converted(value, converted, watched)
              : lifetime(value, watched, false));
    }
    return rows;
  }
}
