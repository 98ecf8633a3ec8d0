package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.lake.Lake;
import io.warmlead.model.Calibration;
import io.warmlead.model.MetricRow;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.TierThresholds;
import io.warmlead.model.TrainingOutcome.Trained;
import io.warmlead.model.TrainingRecord;
import io.warmlead.model.Tree;
import io.warmlead.model.TreePredictor;
import io.warmlead.table.Models;
import io.warmlead.table.Runs;
import io.warmlead.testing.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry on a real lake, through the command line: who is champion, and who may be. */
final class PromotionTest {
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view"), List.of("site"), List.of(), List.of(), Map.of(), false, List.of());
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;
  private Lake lake;
  private RunContext run;

  @BeforeEach
  void registerTwoModelsAndARefusal() {
    run = TestRuns.run("run-1", folder);
    lake = run.lake();
    publish(JANUARY, -3);
    publish(FEBRUARY, -2);
    new ModelRegistration(run).refuse(MARCH, "Too few conversions.", List.of(), List.of());
  }

  @Test
  void aNewChampionArchivesTheOneBefore() {
    assertThat(statuses())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("m-20260101", "archived", "m-20260201", "champion", "m-20260301", "refused"));
  }

  @Test
  void promotionAndRollbackChangePlacesAndLeaveALineInRuns() {
    Invocation promoted = warmlead("promote", "m-20260101");
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    assertThat(promoted.out()).contains("m-20260101 is champion; m-20260201 is archived");
    assertThat(statuses())
        .containsEntry("m-20260101", "champion")
        .containsEntry("m-20260201", "archived");
    assertThat(warmlead("promote", "m-20260101").out()).contains("champion already");

    Invocation back = warmlead("rollback");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("m-20260101 is rolled back; m-20260201 is champion again");
    assertThat(statuses())
        .containsEntry("m-20260101", "refused")
        .containsEntry("m-20260201", "champion");
    assertThat(line("m-20260101").<String>getAs("refused_because"))
        .isEqualTo("rolled back to m-20260201");
    assertThat(lake.read(Runs.TABLE).where("stage = 'run'").count()).isEqualTo(3);

    Invocation again = warmlead("promote", "m-20260101");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(line("m-20260101").<String>getAs("refused_because")).isNull();
  }

  @Test
  void whatCannotBePromotedIsRefusedWithAnExitCodeOfItsOwn() {
    Invocation unknown = warmlead("promote", "m-20260102");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("no model version m-20260102. Did you mean m-20260101?");
    Invocation refused = warmlead("promote", "m-20260301");
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("a gate refused it");
    Invocation current = warmlead("rollback", "m-20260201");
    assertThat(current.exitCode()).isEqualTo(2);
    assertThat(current.err()).contains("is champion, not a former champion");
    assertThat(statuses()).containsEntry("m-20260201", "champion");
  }

  @Test
  void aChangedByteOrAMissingFileIsRefusedAndTheChampionStays() throws IOException {
    Path file = folder.resolve(line("m-20260101").<String>getAs("uri").replaceFirst("^file:", ""));
    String text = Files.readString(file);
    overwrite(file, text.replace("2026-01-01", "2026-01-02"));
    assertRefused(warmlead("promote", "m-20260101"), "its digest differs");
    assertRefused(warmlead("rollback"), "its digest differs");
    assertRefused(warmlead("models", "--card", "m-20260101"), "its digest differs");
    Files.delete(file);
    assertRefused(warmlead("promote", "m-20260101"), "is missing");
    overwrite(file, text);
    assertThat(warmlead("promote", "m-20260101").exitCode()).isZero();
  }

  @Test
  void aStoredVersionNeverChanges() {
    String digest = line("m-20260201").getAs("digest");
    // The same again is the same; other data for the same instant are another version.
    publish(FEBRUARY, -2);
    assertThat(statuses()).hasSize(3).containsEntry("m-20260201", "champion");
    publish(FEBRUARY, -1.5);
    assertThat(line("m-20260201").<String>getAs("digest")).isEqualTo(digest);
    assertThat(statuses())
        .containsEntry("m-20260201", "archived")
        .containsEntry("m-20260201-2", "champion");
    assertThat(warmlead("promote", "m-20260201").exitCode()).isZero();
    // A refused attempt left nothing that could change.
    publish(MARCH, -1);
    assertThat(statuses()).hasSize(4).containsEntry("m-20260301", "champion");
  }

  @Test
  void whatWasRolledBackDoesNotComeBackByTheSameTraining() {
    assertThat(warmlead("rollback").exitCode()).isZero();
    TrainStage.Result again = publish(FEBRUARY, -2);
    assertThat(again.refusedBecause().orElseThrow()).contains("which was rolled back");
    assertThat(statuses()).containsEntry("m-20260101", "champion");
  }

  @Test
  void theCardTellsWhatAModelIs() {
    Invocation card = warmlead("models", "--card", "m-20260201");
    assertThat(card.exitCode()).as(card.err()).isZero();
    assertThat(card.lines())
        .contains(
            "# Model m-20260201: champion",
            "- 900 snapshots; 50 leads that converted, 150 that did not",
            "| auc | 0.7000 (0.6500 to 0.7500) | 0.6000 | 0.5500 |",
            "| log loss | 0.2000 |",
            "- a caveat",
            "logit(probability) = -0.300000 + 0.900000 x margin");
    assertThat(card.out())
        .contains("| days_since_last_engagement | spline | recency |")
        .contains("SHA-256 " + line("m-20260201").<String>getAs("digest"));
    Invocation refused = warmlead("models", "--card", "m-20260301");
    assertThat(refused.lines()).contains("Refused: Too few conversions.");
    assertThat(warmlead("models", "--card", "m-2026020").exitCode()).isEqualTo(2);
  }

  private void assertRefused(Invocation invocation, String said) {
    assertThat(invocation.exitCode()).isEqualTo(3);
    assertThat(invocation.err()).contains(said, "m-20260101").doesNotContain("\tat ");
    assertThat(statuses())
        .containsEntry("m-20260201", "champion")
        .containsEntry("m-20260101", "archived");
  }

  /** As an editor does it: Hadoop's sum of the file as it was stays beside it. */
  private static void overwrite(Path file, String text) throws IOException {
    assertThat(file.resolveSibling("." + file.getFileName() + ".crc")).exists();
    Files.writeString(file, text);
  }

  private TrainStage.Result publish(Instant asOf, double margin) {
    ScoringModel model =
        new ScoringModel(
            3,
            "unversioned",
            FeatureSet.of(PLAN).features(),
            new TreePredictor(
                List.of(
                    new Tree(
                        List.of(-1),
                        List.of(0D),
                        List.of(0),
                        List.of(0),
                        List.of(margin),
                        List.of(9D)))),
            Calibration.straight(-0.3, 0.9),
            new TierThresholds(0.4, 0.1),
            new TrainingRecord(
                asOf,
                asOf.minus(Duration.ofDays(200)),
                asOf.minus(Duration.ofDays(30)),
                Duration.ofDays(30),
                900,
                50,
                150,
                "by hand",
                List.of(0.5, 1.0),
                List.of("a caveat")),
            Map.of("auc", 0.7));
    List<MetricRow> metrics =
        List.of(
            new MetricRow("test", "all", "base_rate", 0.05, null, null, 900),
            new MetricRow("test", "all", "auc", 0.7, 0.65, 0.75, 900),
            new MetricRow("test", "all", "auc_recency_alone", 0.6, null, null, 900),
            new MetricRow("test", "all", "auc_engagement_points", 0.55, null, null, 900),
            new MetricRow("test", "all", "log_loss", 0.2, null, null, 900));
    return new ModelRegistration(run)
        .publish(asOf, new Trained(model, metrics, Optional.empty()), PLAN, List.of());
  }

  private Map<String, String> statuses() {
    return lake.read(Models.TABLE).select("version", "status").collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
  }

  private Row line(String version) {
    return lake.read(Models.TABLE).where("version = '" + version + "'").head();
  }

  private Invocation warmlead(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--lake", folder.toString()));
    return Invocation.of(all);
  }
}
