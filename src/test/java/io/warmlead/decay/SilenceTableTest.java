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
import io.warmlead.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class SilenceTableTest {
  private static final String SNAPSHOTS =
      "lead_id STRING, segment STRING, days_since_last_inbound DOUBLE, label INT";

  @Test
  void countsConversionsBySilenceOverallAndPerSegment() {
    Dataset<Row> silence =
        SilenceTable.of(
            frame(
                SNAPSHOTS,
                row("a", "smb", 0.2, 1),
                row("b", "smb", 1.0, 0),
                row("c", "smb", 1.01, 1),
                row("d", "smb", 14.0, 1),
                row("e", "enterprise", 14.0, 0),
                row("f", "enterprise", 14.5, 0),
                row("g", "enterprise", 400.0, 0),
                row("h", null, null, 1),
                row("i", null, 7.5, null)),
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
    Row[] snapshots =
        IntStream.range(0, 100)
            .mapToObj(lead -> row("lead " + lead, "smb", 5.0, lead < 10 ? 1 : 0))
            .toArray(Row[]::new);

    Row bucket = SilenceTable.of(frame(SNAPSHOTS, snapshots), settings(1, 1, 10)).head();

    assertThat(number(bucket, "rate")).isEqualTo(0.1);
    assertThat(number(bucket, "ci_low")).isCloseTo(0.05522914, within(1e-8));
    assertThat(number(bucket, "ci_high")).isCloseTo(0.17436566, within(1e-8));
  }

  @Test
  void anIntervalReachesTheEndWhereNoneOrAllConvert() {
    Dataset<Row> silence =
        SilenceTable.of(
            frame(SNAPSHOTS, row("a", "smb", 1.0, 0), row("b", "smb", 2.0, 1)), settings(1, 1, 10));

    List<Row> buckets = sorted(silence.where("dimension = 'overall'"), "bucket_order");
    assertThat(number(buckets.get(0), "ci_low")).isEqualTo(0D);
    assertThat(number(buckets.get(0), "ci_high")).isLessThan(1D);
    assertThat(number(buckets.get(1), "ci_low")).isGreaterThan(0D);
    assertThat(number(buckets.get(1), "ci_high")).isEqualTo(1D);
  }

  @Test
  void snapshotsOfOneLeadTellTheSameThing() {
    List<Row> snapshots = new ArrayList<>();
    for (int snapshot = 0; snapshot < 3; snapshot++) {
      for (String lead : List.of("a", "b", "c", "d")) {
        snapshots.add(row(lead, "smb", 5.0, lead.equals("a") ? 1 : 0));
      }
      // As often as the others, but none of them converts.
      snapshots.add(row("b", "smb", 10.0, 0));
      snapshots.add(row("c", "smb", 10.0, 0));
    }

    List<Row> buckets =
        sorted(
            SilenceTable.of(frame(SNAPSHOTS, snapshots.toArray(Row[]::new)), settings(1, 1, 10))
                .where("dimension = 'overall'"),
            "bucket_order");

    Row first = buckets.get(0);
    assertThat(count(first, "leads")).isEqualTo(12);
    assertThat(count(first, "conversions")).isEqualTo(3);
    assertThat(number(first, "rate")).isEqualTo(0.25);
    // ((3 - 0.75)^2 + 3 * 0.75^2) / (0.25 * 0.75 * 12) = 3: as 1 in 4.
    assertThat(number(first, "effective_n")).isCloseTo(4, within(1e-12));
    // R: prop.test(1, 4, correct = FALSE)$conf.int.
    assertThat(number(first, "ci_low")).isCloseTo(0.0455873, within(1e-6));
    assertThat(number(first, "ci_high")).isCloseTo(0.6993582, within(1e-6));
    assertThat(number(buckets.get(1), "effective_n")).as("6 / 3").isCloseTo(2, within(1e-12));
  }

  @Test
  void intervalsHoldWhatTheyPromiseThoughLeadsStandInManySnapshots() {
    // 300 segments of 80 leads with 6 snapshots each; 10 % of the leads convert, in all of them.
    Dataset<Row> snapshots =
        TestSession.get()
            .range(300 * 80)
            .selectExpr(
                "CAST(id AS STRING) AS lead_id",
                "CAST(id DIV 80 AS STRING) AS segment",
                "5D AS days_since_last_inbound",
                "IF(pmod(xxhash64(id), 1000) < 100, 1, 0) AS label",
                "explode(sequence(1, 6)) AS snapshot");

    long covered =
        SilenceTable.of(snapshots, settings(1, 1, 10))
            .where("dimension = 'segment' AND 0.1 BETWEEN ci_low AND ci_high")
            .count();

    assertThat(covered).isBetween(276L, 296L);
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
