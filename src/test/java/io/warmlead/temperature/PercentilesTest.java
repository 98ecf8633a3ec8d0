package io.warmlead.temperature;

import static io.warmlead.testing.Frames.row;

import io.warmlead.testing.Frames;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Where a lead stands among all. */
final class PercentilesTest {
  @Test
  void percentileIsTheShareWithALowerOrEqualProbability() {
    Dataset<Row> leads =
        Frames.frame(
            "lead_id STRING, probability DOUBLE",
            row("a", 0.1),
            row("b", 0.2),
            row("c", 0.2),
            row("d", 0.4),
            row("e", null));
    Frames.assertSameRows(
        Frames.frame(
            "lead_id STRING, percentile DOUBLE",
            row("a", 25D),
            row("b", 75D),
            row("c", 75D),
            row("d", 100D),
            row("e", null)),
        Percentiles.withPercentile(leads).select("lead_id", "percentile"),
        "lead_id");
  }
}
