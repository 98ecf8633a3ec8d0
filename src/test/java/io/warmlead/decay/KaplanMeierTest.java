package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.count;
import static io.warmlead.decay.DecayFrames.lifetimes;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.settings;
import static io.warmlead.decay.DecayFrames.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.table.DecayCurves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class KaplanMeierTest {
  private static final String FREIREICH =
      "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";

  @Test
  void reproducesThePublishedCurveOfTheLeukaemiaTrial() throws IOException {
    List<Row> curve = curve(lifetimes("6-MP", FREIREICH), 100);
    List<double[]> expected = resource("/decay/freireich-6mp.csv");

    assertThat(curve).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Row point = curve.get(i);
      double[] r = expected.get(i);
      assertThat(number(point, "day")).isEqualTo(r[0]);
      assertThat(count(point, "at_risk")).isEqualTo((long) r[1]);
      assertThat(count(point, "converted")).isEqualTo((long) r[2]);
      assertThat(count(point, "censored")).isEqualTo((long) r[3]);
      assertThat(number(point, "survival")).isCloseTo(r[4], within(1e-12));
      assertThat(number(point, "ci_low")).isCloseTo(r[6], within(1e-12));
      assertThat(number(point, "ci_high")).isCloseTo(r[7], within(1e-12));
      assertThat(number(point, "hazard")).isEqualTo(r[2] / r[1]);
      assertThat(standardError(point)).isCloseTo(r[5], within(1e-12));
    }
  }

  @Test
  void writesTheColumnsOfTheContract() {
    Dataset<Row> curves =
        KaplanMeier.curves(DecayFrames.counts(lifetimes("a", FREIREICH)), settings(1, 1, 100));

    DecayFrames.assertMatches(curves, DecayCurves.TABLE);
  }

  @Test
  void survivalIsExactlyZeroWhereEveryoneConverts() {
    List<Row> curve = curve(lifetimes("a", "1 2 2 4.5"), 100);

    assertThat(curve).extracting(point -> number(point, "day")).containsExactly(1D, 2D, 4.5);
    Row last = curve.get(2);
    assertThat(number(last, "survival")).isEqualTo(0D);
    assertThat(number(last, "hazard")).isEqualTo(1D);
    assertThat(last.<Double>getAs("ci_low")).isNull();
    assertThat(last.<Double>getAs("ci_high")).isNull();
  }

  @Test
  void endsWithTheLastEndHoweverLongLostLeadsWereWatched() {
    List<Row> rows = new ArrayList<>(lifetimes("a", "1 2 5+").collectAsList());
    rows.add(DecayFrames.lost("a", 3, 40));
    rows.add(DecayFrames.lost("a", 6, 50));
    List<Row> curve = curve(lifetimes(rows), 100);

    assertThat(curve).extracting(point -> number(point, "day")).containsExactly(1D, 2D, 6D);
    assertThat(curve).extracting(point -> count(point, "at_risk")).containsExactly(5L, 4L, 1L);
    assertThat(curve).extracting(point -> count(point, "lost")).containsExactly(0L, 0L, 2L);
  }

  @Test
  void isOneFlatPointWhereNobodyConverts() {
    List<Row> curve = curve(lifetimes("a", "0+ 3+ 9+"), 100);

    assertThat(curve).hasSize(1);
    Row only = curve.get(0);
    assertThat(number(only, "day")).isEqualTo(9D);
    assertThat(number(only, "survival")).isEqualTo(1D);
    assertThat(only.<Double>getAs("ci_low")).isNull();
    assertThat(count(only, "censored")).isEqualTo(3);
  }

  @Test
  void whereNoLossesAreRecordedIncidenceIsOneLessSurvival() {
    for (Row point : curve(lifetimes("a", FREIREICH), 100)) {
      assertThat(number(point, "incidence_converted"))
          .isCloseTo(1 - number(point, "survival"), within(1e-12));
      assertThat(number(point, "incidence_lost")).isEqualTo(0D);
      assertThat(point.<Double>getAs("incidence_lost_ci_high")).isNull();
      assertThat(count(point, "lost")).isEqualTo(0);
    }
  }

  @Test
  void aSingleLeadMakesACurveOfOnePointWithoutAnInterval() {
    Row converted = curve(lifetimes("a", "3"), 100).get(0);
    Row open = curve(lifetimes("a", "3+"), 100).get(0);

    assertThat(number(converted, "survival")).isEqualTo(0D);
    assertThat(number(converted, "cumulative_hazard")).isEqualTo(1D);
    assertThat(number(converted, "incidence_converted")).isEqualTo(1D);
    assertThat(converted.<Double>getAs("incidence_converted_ci_low")).isNull();
    assertThat(number(open, "survival")).isEqualTo(1D);
    assertThat(number(open, "incidence_converted")).isEqualTo(0D);
  }

  @Test
  void aLongCurveIsThinnedWithoutMovingTheKeptPoints() {
    Dataset<Row> lifetimes = lifetimes(random(5_000));
    List<Row> whole = curve(lifetimes, 1_000_000);
    List<Row> thin = curve(lifetimes, 40);

    assertThat(thin).hasSize(40);
    assertThat(total(thin, "converted")).isEqualTo(total(whole, "converted"));
    assertThat(total(thin, "converted") + total(thin, "censored")).isEqualTo(5_000);
    double before = 1;
    for (Row point : thin) {
      Row same =
          whole.stream()
              .filter(other -> number(other, "day") == number(point, "day"))
              .findFirst()
              .orElseThrow();
      for (String column :
          List.of(
              "survival", "ci_low", "ci_high", "cumulative_hazard", "incidence_converted_ci_low")) {
        assertThat(number(point, column)).as(column).isEqualTo(number(same, column));
      }
      assertThat(number(point, "hazard"))
          .isCloseTo(1 - number(point, "survival") / before, within(1e-12));
      before = number(point, "survival");
    }
  }

  @Test
  void theSameBitsComeOutWhateverThePartitions() {
    List<Row> rows = random(3_000);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(5));

    assertThat(curve(lifetimes(shuffled).repartition(7), 50))
        .isEqualTo(curve(lifetimes(rows).coalesce(1), 50));
  }

  @Test
  void smallGroupsAreWithheld() {
    Dataset<Row> counts =
        DecayFrames.counts(lifetimes("small", "1 2 3+").union(lifetimes("large", FREIREICH)));

    assertThat(KaplanMeier.curves(counts, settings(4, 1, 100)).select("value").distinct().count())
        .isEqualTo(1);
  }

  private static List<Row> curve(Dataset<Row> lifetimes, int maxCurvePoints) {
    return sorted(
        KaplanMeier.curves(DecayFrames.counts(lifetimes), settings(1, 1, maxCurvePoints)), "day");
  }

  /** Greenwood's standard error of S, read back from the log-log interval. */
  private static double standardError(Row point) {
    double logSurvival = Math.log(number(point, "survival"));
    double exponent = Math.log(number(point, "ci_low")) / logSurvival;
    return number(point, "survival") * -logSurvival * Math.log(exponent) / KaplanMeier.NORMAL_975;
  }

  private static List<Row> random(int leads) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      rows.add(DecayFrames.lifetime("a", random.nextDouble() * 90, random.nextInt(4) == 0));
    }
    return rows;
  }

  private static long total(List<Row> rows, String column) {
    return rows.stream().mapToLong(row -> count(row, column)).sum();
  }

  private static List<double[]> resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(KaplanMeierTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && Character.isDigit(line.charAt(0)))
          .map(
              line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }
}
