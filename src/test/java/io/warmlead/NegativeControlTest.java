package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.Drift;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Models;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company where chance alone decides who converts: no model may pretend to know. */
@Tag("night")
final class NegativeControlTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void randomOutcomesGiveNoRankingAndTiersFallBackToBehaviour() throws IOException {
    writeCompany();
    Invocation night = run("nightly");
    assertThat(night.exitCode()).as(night.err()).isZero();
    assertThat(night.out())
        .contains("model     none: tiers come from behaviour rules alone")
        .contains("training: no new model. No evidence: on later dates the model ranks with AUC");
    Lake lake =
        Lake.open(
            TestSession.get(),
            new LakeSettings(
                Optional.of(folder.resolve("lake").toString()),
                Optional.empty(),
                Optional.empty()));
    Row model = lake.read(Models.TABLE).head();
    assertThat(model.<String>getAs("status")).isEqualTo("refused");
    assertThat(model.<String>getAs("refused_because")).startsWith("No evidence");
    assertThat(model.<String>getAs("uri")).isNull();
    assertThat(lake.read(LeadScores.TABLE).count()).isGreaterThan(100);
    assertThat(
            lake.read(LeadScores.TABLE)
                .where(
                    "probability IS NOT NULL OR percentile IS NOT NULL OR temperature IS NOT NULL"
                        + " OR reasons IS NOT NULL OR model_version IS NOT NULL")
                .count())
        .isZero();
    assertThat(lake.read(LeadScores.TABLE).select("tier").distinct().count()).isGreaterThan(1);
    assertThat(lake.read(Drift.TABLE).count()).isZero();

    Invocation training = run("train");
    assertThat(training.exitCode()).isEqualTo(5);
    assertThat(training.err()).contains("No model was published: No evidence");

    assertThat(run("train", "model.min_conversions=5000").err())
        .containsPattern(
            "Too few conversions: [0-9]+ leads converted so far, at least 5000 are needed");
  }

  private void writeCompany() throws IOException {
    Random random = new Random(31);
    StringBuilder leads = new StringBuilder("lead_id,created_at,source\n");
    StringBuilder events = new StringBuilder("lead_id,occurred_at,event\n");
    StringBuilder outcomes = new StringBuilder("lead_id,outcome,occurred_at\n");
    for (int lead = 0; lead < 500; lead++) {
      double created = random.nextDouble() * 120;
      leads.append(
          "l%d,%s,%s%n".formatted(lead, at(created), random.nextBoolean() ? "web" : "fair"));
      for (int event = random.nextInt(9); event > 0; event--) {
        double day = created + random.nextDouble() * (140 - created);
        events.append(
            "l%d,%s,%s%n"
                .formatted(lead, at(day), random.nextInt(9) == 0 ? "demo_request" : "page_view"));
      }
      // Every day is as good as any other, whoever the lead is.
      double wait = -100 * Math.log(random.nextDouble());
      if (created + wait < 140) {
        outcomes.append("l%d,won,%s%n".formatted(lead, at(created + wait)));
      }
    }
    Files.writeString(folder.resolve("leads.csv"), leads);
    Files.writeString(folder.resolve("engagements.csv"), events);
    Files.writeString(folder.resolve("outcomes.csv"), outcomes);
  }

  private static Instant at(double day) {
    return FIRST.plusSeconds(Math.round(day * 86_400));
  }

  private Invocation run(String command, String... settings) {
    List<String> all =
        new ArrayList<>(List.of(command, "--lake", folder.resolve("lake").toString()));
    for (String input : List.of("engagements", "leads", "outcomes")) {
      all.addAll(
          List.of(
              "--set",
              String.format(Locale.ROOT, "inputs.%1$s.path=%2$s/%1$s.csv", input, folder)));
    }
    for (String setting :
        List.of(
            "conversion.outcomes=[won]",
            "conversion.horizon=14 days",
            "model.families=[logistic_regression]")) {
      all.addAll(List.of("--set", setting));
    }
    for (String setting : settings) {
      all.addAll(List.of("--set", setting));
    }
    return Invocation.of(all);
  }
}
