package io.warmlead;

import static io.warmlead.testing.SimulatedCompany.requireSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.SimulatedCompany;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates scored together, in order, are the dates scored one by one. */
@Tag("night")
final class BackfillTest {
  @TempDir private static Path folder;

  @Test
  void aBackfillGivesTheRowsOfSingleRuns() {
    SimulatedCompany company = SimulatedCompany.below(folder);
    String to = company.today().toString();
    String from = company.today().minusDays(1).toString();
    requireSuccess(company.over("single", "ingest"));
    requireSuccess(company.over("single", "train", "--as-of", from));
    requireSuccess(company.over("single", "score", "--as-of", from));
    requireSuccess(company.over("single", "score", "--as-of", to));
    requireSuccess(company.over("together", "backfill", "--train", "--from", from, "--to", to));
    Lake single = company.lake("single");
    Lake together = company.lake("together");
    assertThat(single.read(LeadScores.TABLE).select("score_date").distinct().count()).isEqualTo(2);
    assertThat(single.read(LeadScores.TABLE).where("probability IS NOT NULL").isEmpty()).isFalse();
    for (TableContract table :
        List.of(LeadScores.TABLE, LeadFeatures.TABLE, TierTransitions.TABLE)) {
      Frames.assertSameRows(
          Frames.results(single.read(table)),
          Frames.results(together.read(table)),
          "score_date",
          "lead_id");
    }
  }
}
