package io.warmlead.insight;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.testing.Frames;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class PromisesTest {
  private static final String SCORES =
      "score_date DATE, segment STRING, tier STRING, probability DOUBLE, converted BOOLEAN";
  private static final Date DAY = Date.valueOf("2026-01-05");

  @Test
  void addsUpPerTierAndSegmentAndForEveryone() {
    Dataset<Row> quality =
        Promises.of(
            scores(
                List.of(
                    row(DAY, "smb", "hot", 0.5, true),
                    row(DAY, "smb", "hot", 0.3, false),
                    row(DAY, "smb", "cold", 0.01, false),
                    row(DAY, null, "hot", 0.4, true),
                    row(DAY, "smb", "warm", 0.1, true))),
            4);
    assertThat(told(quality))
        .containsExactly(
            "all all: 3 of 5, promised 1.3100",
            "all cold: 0 of 1, promised 0.0100",
            "all hot: 2 of 3, promised 1.2000",
            "all warm: 1 of 1, promised 0.1000",
            // unknown has one lead only.
            "smb all: 2 of 4, promised 0.9100",
            "smb cold: 0 of 1, promised 0.0100",
            "smb hot: 1 of 2, promised 0.8000",
            "smb warm: 1 of 1, promised 0.1000");
    Row all = quality.where("segment = 'all' AND tier = 'all'").head();
    // 3 - 1.31, half a conversion nearer, over the root of 0.25 + 0.21 + 0.0099 + 0.24 + 0.09.
    assertThat(all.<Double>getAs("z")).isCloseTo(1.19 / Math.sqrt(0.7999), within(1e-9));
    assertThat(all.<Double>getAs("observed_rate")).isEqualTo(0.6);
    assertThat(all.<Double>getAs("expected_rate")).isCloseTo(0.262, within(1e-12));
    // R: prop.test(3, 5, correct = FALSE)$conf.int.
    assertThat(all.<Double>getAs("ci_low")).isCloseTo(0.2307, within(1e-4));
    assertThat(all.<Double>getAs("ci_high")).isCloseTo(0.8824, within(1e-4));
  }

  @Test
  void rightProbabilitiesKeepTheirPromiseNinetyNineTimesInAHundred() {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < 400; day++) {
      Date date = Date.valueOf(DAY.toLocalDate().plusDays(day));
      for (int lead = 0; lead < 60; lead++) {
        double p = Math.pow(random.nextDouble(), 3);
        rows.add(row(date, "smb", "warm", p, random.nextDouble() < p));
      }
    }
    Dataset<Row> everyone = Promises.of(scores(rows), 1).where("segment = 'all' AND tier = 'all'");
    assertThat(everyone.where("NOT kept").count()).isBetween(0L, 10L);
  }

  @Test
  void promisesThatAreTwiceTooHighAreBroken() {
    Random random = new Random(12);
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < 1_000; lead++) {
      rows.add(row(DAY, "smb", "hot", 0.2, random.nextDouble() < 0.1));
    }
    Row hot = Promises.of(scores(rows), 1).where("segment = 'all' AND tier = 'hot'").head();
    assertThat(hot.<Boolean>getAs("kept")).isFalse();
    assertThat(hot.<Double>getAs("z")).isLessThan(-5);
  }

  @Test
  void theOrderOfRowsChangesNoBit() {
    Random random = new Random(13);
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < 2_000; lead++) {
      rows.add(row(DAY, "s" + lead % 3, "cold", random.nextDouble() / 7, lead % 9 == 0));
    }
    Dataset<Row> scores = scores(rows);
    Frames.assertSameRows(
        Promises.of(scores, 1),
        Promises.of(scores.repartition(5, rand(3)).sortWithinPartitions(rand(4)), 1),
        "segment",
        "tier");
  }

  private static Dataset<Row> scores(List<Row> rows) {
    return Frames.frame(SCORES, rows.toArray(Row[]::new));
  }

  private static List<String> told(Dataset<Row> quality) {
    return quality.orderBy("segment", "tier").collectAsList().stream()
        .map(
            row ->
                String.format(
                    java.util.Locale.ROOT,
                    "%s %s: %d of %d, promised %.4f",
                    row.<String>getAs("segment"),
                    row.<String>getAs("tier"),
                    row.<Long>getAs("observed"),
                    row.<Long>getAs("leads"),
                    row.<Double>getAs("expected")))
        .toList();
  }
}
