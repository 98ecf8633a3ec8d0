package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates scored together, in order, are the dates scored one by one. */
@Tag("night")
final class BackfillTest {
  @TempDir private static Path folder;

  @Test
  void aBackfillGivesTheRowsOfSingleRuns() throws IOException {
    succeed(
        Invocation.of(
            "simulate",
            "--to",
            folder.resolve("company").toString(),
            "--leads",
            "700",
            "--days",
            "150",
            "--events",
            "18000",
            "--seed",
            "5"));
    LocalDate today =
        LocalDate.parse(
                ConfigFactory.parseString(
                        Files.readString(folder.resolve("company/truth/parameters.json")))
                    .getString("plan.last_day"))
            .plusDays(1);
    String from = today.minusDays(1).toString();
    succeed(over("single", "ingest"));
    succeed(over("single", "train", "--as-of", from));
    succeed(over("single", "score", "--as-of", from));
    succeed(over("single", "score", "--as-of", today.toString()));
    succeed(over("together", "backfill", "--train", "--from", from, "--to", today.toString()));
    Lake single = lake("single");
    Lake together = lake("together");
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

  private static Invocation over(String name, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--conf",
            folder.resolve("company/warmlead.conf").toString(),
            "--lake",
            folder.resolve(name).toString(),
            "--set",
            "model.families=[logistic_regression]",
            "--set",
            "model.min_conversions=10",
            "--set",
            "model.min_non_conversions=10",
            "--set",
            "decay.forecast_days=[7,60]"));
    return Invocation.of(arguments);
  }

  private static Lake lake(String name) {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(
            Optional.of(folder.resolve(name).toString()), Optional.empty(), Optional.empty()));
  }

  private static void succeed(Invocation invocation) {
    assertThat(invocation.exitCode()).as(invocation.err() + invocation.out()).isZero();
  }
}
