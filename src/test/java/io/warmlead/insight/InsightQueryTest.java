package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.decay.WilsonInterval;
import io.warmlead.testing.TestSession;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class InsightQueryTest {

  @Test
  void writesValuesInPlaceOfMarkers() {
    assertThat(
            InsightQuery.withValues(
                "a = :date AND b < :at AND c IN (:names) AND d::INT > :share -- e: f",
                Map.of(
                    "date", LocalDate.of(2026, 3, 1),
                    "at", Instant.parse("2026-03-01T06:00:00Z"),
                    "names", List.of("it's", "b\\"),
                    "share", 0.5,
                    "unused", 1)))
        .isEqualTo(
            "a = DATE'2026-03-01' AND b < TIMESTAMP'2026-03-01T06:00:00Z'"
                + " AND c IN ('it\\'s', 'b\\\\') AND d::INT > 0.5D -- e: f");
    assertThatThrownBy(() -> InsightQuery.withValues("SELECT :nothing", Map.of()))
        .hasMessageContaining("nothing");
  }

  @Test
  void intervalsAreThoseOfTheDecayTables() {
    Dataset<Row> counts = frame("k BIGINT, n BIGINT", row(0L, 9L), row(3L, 5L), row(7L, 7L));
    counts.createOrReplaceTempView("interval_counts");
    List<Row> both =
        TestSession.get()
            .sql(
                InsightQuery.withValues(
                    "SELECT k, n, :wilson_low(k, n) AS low, :wilson_high(k, n) AS high"
                        + " FROM interval_counts",
                    Map.of()))
            .withColumn("expected_low", WilsonInterval.low(col("k"), col("n")))
            .withColumn("expected_high", WilsonInterval.high(col("k"), col("n")))
            .orderBy("k")
            .collectAsList();
    for (Row row : both) {
      assertThat(row.getDouble(2)).isCloseTo(row.getDouble(4), within(1e-12));
      assertThat(row.getDouble(3)).isCloseTo(row.getDouble(5), within(1e-12));
    }
    assertThat(both.get(0).getDouble(2)).isZero();
    assertThat(both.get(2).getDouble(3)).isEqualTo(1);
  }
}
