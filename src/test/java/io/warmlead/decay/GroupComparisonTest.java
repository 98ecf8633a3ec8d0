package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.count;
import static io.warmlead.decay.DecayFrames.lifetimes;
import static io.warmlead.decay.DecayFrames.meanWithin;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.row;
import static io.warmlead.decay.DecayFrames.sorted;
import static io.warmlead.decay.DecayFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.ReferenceValues.Line;
import io.warmlead.table.DecayTests;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class GroupComparisonTest {

  @Test
  void writesTheColumnsOfTheContract() {
    DecayFrames.assertMatches(
        GroupComparison.of(DecayFrames.counts(ReferenceValues.small(true)), meanWithin(12, 1)),
        DecayTests.TABLE);
  }

  @Test
  void testsAndMeansAreThoseOfR() {
    assertSameAsR("small", ReferenceValues.small(false));
    assertSameAsR("small-late", ReferenceValues.small(true));
    assertSameAsR("cdnow", ReferenceValues.cdnow("cdnow"));
    assertSameAsR("cdnow-late", ReferenceValues.cdnow("cdnow-late"));
  }

  private static void assertSameAsR(String data, Dataset<Row> lifetimes) {
    List<Line> expected =
        ReferenceValues.lines("/decay/expected-tests.csv").stream()
            .filter(line -> line.text("data").equals(data))
            .toList();
    int horizon = (int) expected.get(0).number("horizon");

    List<Row> rows =
        sorted(GroupComparison.of(DecayFrames.counts(lifetimes), meanWithin(horizon, 1)), "value");

    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Line line = expected.get(i);
      String what = data + " " + line.text("value");
      assertThat(text(row, "value")).isEqualTo(line.text("value"));
      assertThat(count(row, "n")).as(what).isEqualTo((long) line.number("n"));
      assertThat(count(row, "conversions")).as(what).isEqualTo((long) line.number("conversions"));
      assertThat(row.<Integer>getAs("degrees_of_freedom"))
          .as(what)
          .isEqualTo((int) line.number("degrees_of_freedom"));
      assertClose(row, "expected_conversions", line.number("expected"), what);
      assertClose(row, "chi_square", line.number("chi_square"), what);
      assertClose(row, "p_value", line.number("p_value"), what);
      assertClose(row, "restricted_mean_days", line.number("restricted_mean"), what);
      assertClose(row, "restricted_mean_std_err", line.number("restricted_mean_std_err"), what);
    }
  }

  private static void assertClose(Row row, String column, double expected, String what) {
    assertThat(number(row, column)).as(what + " " + column).isCloseTo(expected, within(1e-9));
  }

  @Test
  void whatCannotBeComparedSaysWhy() {
    List<Row> rows = new ArrayList<>();
    add(rows, "overall", "all", "1 2 3+ 20+");
    add(rows, "segment", "large", "1 2 3+ 20+");
    add(rows, "segment", "small", "1");
    add(rows, "signal", "click", "1 2 20+");
    add(rows, "signal", "visit", "1 4 20+");
    add(rows, "source", "never", "5+ 20+");
    add(rows, "source", "nobody", "6+ 7+");

    assertThat(
            sorted(
                    GroupComparison.of(DecayFrames.counts(lifetimes(rows)), meanWithin(12, 2)),
                    "dimension",
                    "value")
                .stream()
                .map(row -> text(row, "value") + ": " + text(row, "method")))
        .containsExactly(
            "all: mean only: no values to compare",
            "large: mean only: no other value is large enough",
            "small: withheld: 1 leads, 2 needed",
            "click: mean only: a lead may have several values, which no test allows for",
            "visit: mean only: a lead may have several values, which no test allows for",
            "never: mean only: nobody converted while two values were at risk",
            "nobody: mean only: nobody converted while two values were at risk; no mean: nobody was"
                + " watched for the whole horizon");
  }

  @Test
  void whereNobodyConvertsTheMeanIsTheHorizonAndWhereAllDoItIsTheirMean() {
    Dataset<Row> lifetimes = lifetimes("all", "1 2 3").union(lifetimes("none", "15+ 20+"));

    List<Row> rows =
        sorted(GroupComparison.of(DecayFrames.counts(lifetimes), meanWithin(12, 2)), "value");

    assertThat(number(rows.get(0), "restricted_mean_days")).isCloseTo(2, within(1e-12));
    assertThat(number(rows.get(1), "restricted_mean_days")).isEqualTo(12D);
    assertThat(number(rows.get(1), "restricted_mean_std_err")).isEqualTo(0D);
  }

  private static void add(List<Row> rows, String dimension, String value, String durations) {
    for (Row row : lifetimes(value, durations).collectAsList()) {
      rows.add(
          row(
              "lead",
              dimension,
              value,
              row.get(3),
              row.get(4),
              row.get(5),
              row.get(6),
              row.get(7),
              row.get(8),
              row.get(9),
              row.get(10),
              row.get(11)));
    }
  }
}
