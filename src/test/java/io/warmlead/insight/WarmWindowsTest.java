package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Silence buckets of a segment against leads that are cold. */
final class WarmWindowsTest {

  @Test
  void theWindowEndsBeforeTheFirstBucketThatIsNotClearlyAboveTheColdBaseRate() {
    List<Row> windows =
        windows(
            // Never engaged 20 of 2000, beyond the last bucket 5 of 500: 1 %.
            bucket("small", 0, 0D, 7D, 0.10),
            bucket("small", 1, 7D, 30D, 0.03),
            bucket("small", 2, 30D, 90D, 0.009),
            bucket("small", 3, 90D, 365D, 0.02),
            cold("small", 4, 365D, 500L, 5L),
            cold("small", 5, null, 2_000L, 20L),
            bucket("none above", 0, 0D, 7D, 0.001),
            cold("none above", 1, null, 2_000L, 20L),
            bucket("Small ", 0, 0D, 7D, 0.001),
            bucket("SMALL", 0, 0D, 7D, 0.001),
            bucket("no cold leads", 0, 0D, 7D, 0.10),
            cold("no cold leads", 1, null, 10L, 0L));
    assertThat(windows.stream().map(window -> window.getString(0) + ": " + window.get(1)))
        .containsExactly(
            "SMALL: null", "Small : null", "no cold leads: null", "none above: 0", "small: 30");
    Row small = windows.get(4);
    assertThat(small.<Double>getAs("cold_rate")).isCloseTo(0.01, within(1e-12));
    assertThat(small.<Long>getAs("leads")).as("of the two buckets").isEqualTo(2_000);
    // R: prop.test(78, 1000, correct = FALSE)$conf.int, for 156 of 2,000 that tell as much as half.
    assertThat(small.<Double>getAs("ci_low")).isCloseTo(0.0629, within(1e-4));
    assertThat(small.<Double>getAs("ci_high")).isCloseTo(0.0963, within(1e-4));
    assertThat(small.<Integer>getAs("customary_days")).isEqualTo(90);
    assertThat(windows.get(2).<Integer>getAs("customary_days")).isEqualTo(180);
    assertThat(windows.get(2).<String>getAs("verdict")).contains("too few cold leads");
    assertThat(windows.get(1).<Integer>getAs("customary_days")).as("however cased").isEqualTo(90);
    assertThat(windows.get(0).<Integer>getAs("customary_days")).as("as written").isEqualTo(60);
  }

  private static List<Row> windows(Row... buckets) {
    List<Row> rows = new ArrayList<>(List.of(buckets));
    return InsightQuery.of(
            "warm_windows",
            Map.of(
                "silence",
                frame(
                    "dimension STRING, value STRING, bucket_order INT, from_days DOUBLE,"
                        + " to_days DOUBLE, leads BIGINT, conversions BIGINT, ci_low DOUBLE,"
                        + " effective_n DOUBLE",
                    rows.toArray(Row[]::new)),
                "customary",
                frame("segment STRING, days INT", row("small", 90), row("SMALL", 60))),
            Map.of("min_leads", 30, "default_days", 180))
        .orderBy("segment")
        .collectAsList();
  }

  private static Row bucket(String segment, int order, Double from, Double to, double low) {
    return row("segment", segment, order, from, to, 1_000L, (long) (1_200 * low), low, 500D);
  }

  private static Row cold(String segment, int order, Double from, long leads, long conversions) {
    return row("segment", segment, order, from, null, leads, conversions, 0D, leads / 2D);
  }
}
