package io.warmlead.audit;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class RowDigestTest {
  private static final String COLUMNS =
      "night STRING, lead_id STRING, at TIMESTAMP, share DOUBLE, list ARRAY<STRING>, run_id STRING";
  private static final Row ADA = night("ada", "2026-01-05T08:00:00.000001Z", 0.1, "r1");
  private static final Row BOB = night("bob", "2026-01-05T09:00:00Z", 1e-7, "r1");

  @Test
  void theOrderThePartitionsTheZoneTheLanguageAndTheRunMakeNoDifference() {
    Map<String, String> digests = digests(rows(ADA, BOB));
    assertThat(digests).hasSize(1);
    assertThat(digests.get("n1")).matches("[0-9a-f]{32}");
    assertThat(digests(rows(BOB, ADA).repartition(7))).isEqualTo(digests);
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TestSession.get().conf().set("spark.sql.session.timeZone", "Asia/Kolkata");
      assertThat(digests(rows(ADA, BOB))).isEqualTo(digests);
    } finally {
      Locale.setDefault(locale);
      TestSession.get().conf().set("spark.sql.session.timeZone", "UTC");
    }
    assertThat(digests(rows(night("ada", "2026-01-05T08:00:00.000001Z", 0.1, "r2"), BOB)))
        .as("another run")
        .isEqualTo(digests);
  }

  @Test
  void everyValueEveryRowAndHowOftenItIsThereMakeOne() {
    String digest = digests(rows(ADA, BOB)).get("n1");
    assertThat(
            digests(rows(ADA, night("bob", "2026-01-05T09:00:00Z", Math.nextUp(1e-7), "r1")))
                .get("n1"))
        .isNotEqualTo(digest);
    assertThat(
            digests(rows(ADA, night("bob", "2026-01-05T09:00:00.000001Z", 1e-7, "r1"))).get("n1"))
        .isNotEqualTo(digest);
    assertThat(digests(rows(ADA)).get("n1")).isNotEqualTo(digest);
    assertThat(digests(rows(ADA, ADA)).get("n1"))
        .isNotIn(digest, digests(rows(ADA)).get("n1"), digests(rows(BOB, BOB)).get("n1"));
  }

  @Test
  void aMapIsTheSameInWhateverOrder() {
    assertThat(digests(map("map('a', 1.0D, 'b', 2.0D)")))
        .isEqualTo(digests(map("map('b', 2.0D, 'a', 1.0D)")))
        .isNotEqualTo(digests(map("map('b', 1.0D, 'a', 2.0D)")));
  }

  private static Dataset<Row> map(String map) {
    return rows(ADA).selectExpr("night", map + " AS features");
  }

  private static Dataset<Row> rows(Row... rows) {
    return frame(COLUMNS, rows);
  }

  private static Row night(String lead, String at, double share, String run) {
    return row("n1", lead, Timestamp.from(Instant.parse(at)), share, new String[] {"x", null}, run);
  }

  private static Map<String, String> digests(Dataset<Row> rows) {
    Map<String, String> digests = new TreeMap<>();
    RowDigest.of(rows, "night")
        .collectAsList()
        .forEach(group -> digests.put(group.getString(0), RowDigest.text(group)));
    return digests;
  }
}
