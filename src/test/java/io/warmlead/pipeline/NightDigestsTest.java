package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.testing.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lakes over the same exports: one filled night by night, one by a backfill. */
@Tag("night")
final class NightDigestsTest {
  @TempDir private Path folder;

  @Test
  void aReplayHasTheDigestsOfTheNightsAndACorruptionHasOthers() {
    SmallExports nights = exports("nights");
    nights.succeed("ingest");
    nights.succeed("score", "--as-of", "2026-01-05");
    nights.succeed("score", "--as-of", "2026-01-06");
    SmallExports replay = exports("replay");
    replay.succeed("backfill", "--from", "2026-01-05", "--to", "2026-01-06");

    List<String> digests = digests(nights);
    assertThat(digests)
        .anySatisfy(
            line -> assertThat(line).matches(".*2026-01-05  lead_scores  2 rows  [0-9a-f]{32}"))
        .anySatisfy(line -> assertThat(line).matches(".*2026-01-06  lead_features  2 rows  .*"));
    assertThat(digests(replay)).isEqualTo(digests);

    Lake lake = replay.lake();
    lake.append(
        LeadScores.TABLE,
        lake.read(LeadScores.TABLE).withColumn("run_id", functions.lit("cut off")));
    assertThat(digests(replay)).as("what nobody published").isEqualTo(digests);
    lake.update(
        LeadScores.TABLE,
        Frames.frame("lead_id STRING", Frames.row("ada")),
        functions.expr("target.lead_id = source.lead_id AND target.score_date = '2026-01-05'"),
        Map.of("engagement_points", functions.lit(77.0)));
    assertThat(digests(replay))
        .filteredOn(line -> !digests.contains(line))
        .singleElement()
        .asString()
        .contains("2026-01-05  lead_scores  2 rows");
  }

  private SmallExports exports(String name) {
    return new SmallExports(folder.resolve(name)).writeSome("2026-01-02", "2026-01-03");
  }

  private static List<String> digests(SmallExports exports) {
    RunContext reader = TestRuns.run("read", exports.folder().resolve("lake"));
    return new Audit(reader).digests(7).stream().map(Audit.Digest::line).toList();
  }
}
