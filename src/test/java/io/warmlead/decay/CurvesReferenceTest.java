package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.count;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.settings;
import static io.warmlead.decay.DecayFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.ReferenceValues.Line;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Curves beside those of R; see README.md in the resources. */
final class CurvesReferenceTest {
  private static final List<String> COLUMNS =
      List.of(
          "survival",
          "ci_low",
          "ci_high",
          "cumulative_hazard",
          "cumulative_hazard_std_err",
          "incidence_converted",
          "incidence_converted_ci_low",
          "incidence_converted_ci_high",
          "incidence_lost",
          "incidence_lost_ci_low",
          "incidence_lost_ci_high");

  @Test
  void tiesAndCompetingEndsAreCountedAsRDoes() {
    assertSameAsR("small", ReferenceValues.small(false));
  }

  @Test
  void lateEntriesAreCountedAsRDoes() {
    assertSameAsR("small-late", ReferenceValues.small(true));
  }

  @Test
  void secondPurchasesAtCdnowFollowTheCurvesOfR() {
    assertSameAsR("cdnow", ReferenceValues.cdnow("cdnow"));
    assertSameAsR("cdnow-late", ReferenceValues.cdnow("cdnow-late"));
  }

  @Test
  void leadsThatFallSilentAreAThirdEndAsInR() {
    assertSameSilenceAsR("silent", ReferenceValues.silent(false));
    assertSameSilenceAsR("silent-late", ReferenceValues.silent(true));
  }

  private static void assertSameSilenceAsR(String data, Dataset<Row> lifetimes) {
    Map<String, Row> curves = curves(lifetimes);
    for (Line line : ReferenceValues.lines("/decay/expected-silence.csv")) {
      if (line.text("data").equals(data)) {
        String point = line.text("value") + " " + line.number("day");
        Row row = Objects.requireNonNull(curves.get(point), point);
        assertClose(row, "incidence_silent", line.number("silent"), data + " " + point);
        assertClose(row, "incidence_silent_ci_low", line.number("ci_low"), data + " " + point);
        assertClose(row, "incidence_silent_ci_high", line.number("ci_high"), data + " " + point);
        assertClose(
            row, "incidence_converted_first", line.number("converted_first"), data + " " + point);
        assertClose(row, "incidence_lost_first", line.number("lost_first"), data + " " + point);
      }
    }
  }

  @Test
  void whoFallsSilentStaysAtRiskOfConverting() {
    List<Row> silent = points(ReferenceValues.silent(false));
    List<Row> never = points(ReferenceValues.small(false));
    assertThat(silent).isEqualTo(never);
  }

  /** What does not tell of silence. */
  private static List<Row> points(Dataset<Row> lifetimes) {
    return DecayFrames.sorted(
        KaplanMeier.curves(DecayFrames.counts(lifetimes), settings(1, 1, 1_000_000))
            .drop(
                "silent",
                "incidence_silent",
                "incidence_silent_ci_low",
                "incidence_silent_ci_high",
                "incidence_converted_first",
                "incidence_lost_first"),
        "value",
        "day");
  }

  private static Map<String, Row> curves(Dataset<Row> lifetimes) {
    return KaplanMeier.curves(DecayFrames.counts(lifetimes), settings(1, 1, 1_000_000))
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> text(row, "value") + " " + number(row, "day"), Function.identity()));
  }

  private static void assertClose(Row row, String column, double expected, String point) {
    if (Double.isNaN(expected)) {
      assertThat(row.<Double>getAs(column)).as(point + " " + column).isNull();
    } else {
      assertThat(number(row, column)).as(point + " " + column).isCloseTo(expected, within(1e-9));
    }
  }

  private static void assertSameAsR(String data, Dataset<Row> lifetimes) {
    Map<String, Row> curves = curves(lifetimes);
    List<Line> expected =
        ReferenceValues.lines("/decay/expected-curves.csv").stream()
            .filter(line -> line.text("data").equals(data))
            .toList();
    assertThat(expected).isNotEmpty();
    for (Line line : expected) {
      String point = line.text("value") + " " + line.number("day");
      Row row = curves.get(point);
      assertThat(row).as(data + " " + point).isNotNull();
      assertThat(count(row, "at_risk")).as(point).isEqualTo((long) line.number("at_risk"));
      assertThat(count(row, "converted")).as(point).isEqualTo((long) line.number("converted"));
      for (String column : COLUMNS) {
        assertClose(row, column, line.number(column), data + " " + point);
      }
    }
  }
}
