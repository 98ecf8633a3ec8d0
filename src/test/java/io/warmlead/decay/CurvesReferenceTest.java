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

  private static void assertSameAsR(String data, Dataset<Row> lifetimes) {
    Map<String, Row> curves =
        KaplanMeier.curves(DurationCounts.of(lifetimes), settings(1, 1, 1_000_000))
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> text(row, "value") + " " + number(row, "day"), Function.identity()));
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
        String what = data + " " + point + " " + column;
        if (Double.isNaN(line.number(column))) {
          assertThat(row.<Double>getAs(column)).as(what).isNull();
        } else {
          assertThat(number(row, column)).as(what).isCloseTo(line.number(column), within(1e-9));
        }
      }
    }
  }
}
