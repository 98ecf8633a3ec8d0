package io.warmlead.decay;

import static io.warmlead.decay.DecayFrames.assertMatches;
import static io.warmlead.decay.DecayFrames.count;
import static io.warmlead.decay.DecayFrames.frame;
import static io.warmlead.decay.DecayFrames.number;
import static io.warmlead.decay.DecayFrames.row;
import static io.warmlead.decay.DecayFrames.settings;
import static io.warmlead.decay.DecayFrames.sorted;
import static io.warmlead.decay.DecayFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.table.Silence;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class SilenceTableTest {
  private static final String SNAPSHOTS =
      "segment STRING, days_since_last_inbound DOUBLE, label INT";

  @Test
  void countsConversionsBySilenceOverallAndPerSegment() {
    Dataset<Row> silence =
        SilenceTable.of(
            frame(
                SNAPSHOTS,
                row("smb", 0.2, 1),
                row("smb", 1.0, 0),
                row("smb", 1.01, 1),
                row("smb", 14.0, 1),
                row("enterprise", 14.0, 0),
                row("enterprise", 14.5, 0),
                row("enterprise", 400.0, 0),
                row(null, null, 1),
                row(null, 7.5, null)),
            settings(1, 1, 10));

    assertMatches(silence, Silence.TABLE);
    assertThat(told(silence, "overall", "all"))
        .containsExactly(
            "0 up to 1 day: 1 of 2",
            "1 over 1 to 2 days: 1 of 1",
            "4 over 7 to 14 days: 1 of 2",
            "5 over 14 to 28 days: 0 of 1",
            "6 over 28 days: 0 of 1",
            "7 never: 1 of 1");
    assertThat(told(silence, "segment", "smb"))
        .containsExactly(
            "0 up to 1 day: 1 of 2", "1 over 1 to 2 days: 1 of 1", "4 over 7 to 14 days: 1 of 1");
    assertThat(told(silence, "segment", "unknown")).containsExactly("7 never: 1 of 1");
  }

  @Test
  void givesWilsonsInterval() {
    // R: prop.test(10, 100, correct = FALSE)$conf.int.
    Row[] snapshots = Collections.nCopies(100, row("smb", 5.0, 0)).toArray(Row[]::new);
    for (int i = 0; i < 10; i++) {
      snapshots[i] = row("smb", 5.0, 1);
    }

    Row bucket = SilenceTable.of(frame(SNAPSHOTS, snapshots), settings(1, 1, 10)).head();

    assertThat(number(bucket, "rate")).isEqualTo(0.1);
    assertThat(number(bucket, "ci_low")).isCloseTo(0.05522914, within(1e-8));
    assertThat(number(bucket, "ci_high")).isCloseTo(0.17436566, within(1e-8));
  }

  @Test
  void anIntervalReachesTheEndWhereNoneOrAllConvert() {
    Dataset<Row> silence =
        SilenceTable.of(
            frame(SNAPSHOTS, row("smb", 1.0, 0), row("smb", 2.0, 1)), settings(1, 1, 10));

    List<Row> buckets = sorted(silence.where("dimension = 'overall'"), "bucket_order");
    assertThat(number(buckets.get(0), "ci_low")).isEqualTo(0D);
    assertThat(number(buckets.get(0), "ci_high")).isLessThan(1D);
    assertThat(number(buckets.get(1), "ci_low")).isGreaterThan(0D);
    assertThat(number(buckets.get(1), "ci_high")).isEqualTo(1D);
  }

  private static List<String> told(Dataset<Row> silence, String dimension, String value) {
    return sorted(
            silence.where("dimension = '" + dimension + "' AND value = '" + value + "'"),
            "bucket_order")
        .stream()
        .map(
            row ->
                row.<Integer>getAs("bucket_order")
                    + " "
                    + text(row, "bucket")
                    + ": "
                    + count(row, "conversions")
                    + " of "
                    + count(row, "leads"))
        .toList();
  }
}
