package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.activity.DailyActivities;
import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.model.Calibration;
import io.warmlead.model.LinearPredictor;
import io.warmlead.model.ScoringModel;
import io.warmlead.model.TierThresholds;
import io.warmlead.model.TrainingOutcome.Trained;
import io.warmlead.model.TrainingRecord;
import io.warmlead.pipeline.RandomHistories.Event;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.ScoreChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger over random histories. Every score between is checked against a lake of its own in
 * which only that much is known, scored in the ordinary way.
 */
@Tag("night")
final class ScoreChangesTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "demo_request"),
          List.of("site"),
          List.of("web"),
          List.of(),
          Map.of("segment", List.of("small", "large")),
          true,
          List.of());

  private static final FeaturePlan NARROW =
      new FeaturePlan(
          List.of("page_view"), List.of(), List.of(), List.of(), Map.of(), false, List.of());

  @TempDir private Path folder;

  @Test
  void everyPartIsTheDifferenceOfTwoScoresThatWereReallyMade() {
    // Neither instant is a midnight, so that both nights begin in the middle of a day.
    Instant then = MIDNIGHT.plus(Duration.ofMinutes(631));
    Instant now = then.plus(Duration.ofHours(44));
    requireReplayed(new RandomHistories(1, then, now), then, now);
  }

  @Test
  void anotherModelOfOtherFeaturesIsAPartOfItsOwn() {
    Instant then = MIDNIGHT;
    Instant now = MIDNIGHT.plus(Duration.ofDays(1));
    RandomHistories histories = new RandomHistories(3, then, now);
    RunContext run = lake("both", histories, event -> true, true);
    publish(run, then, PLAN, 1);
    score(run, then);
    publish(run, now, NARROW, 2);
    Map<String, Double> today = score(run, now);
    Map<String, Row> changes = changes(run);
    RunContext old = lake("old", histories, event -> true, true);
    publish(old, then, PLAN, 1);
    Map<String, Double> byOld = score(old, now);
    assertThat(changes.keySet()).isEqualTo(today.keySet());
    changes.forEach(
        (lead, change) -> {
          requirePart(change, "by_model", today.get(lead) - byOld.get(lead));
          assertThat(part(change, "by_model")).isNotZero();
        });
    requireSums(changes);
    requireCauses(histories, changes);
  }

  private void requireReplayed(RandomHistories histories, Instant then, Instant now) {
    RunContext run = lake("night", histories, event -> true, true);
    publish(run, then.minusSeconds(1), PLAN, 1);
    Map<String, Double> published = score(run, then);
    Map<String, Double> today = score(run, now);
    Map<String, Row> changes = changes(run);

    // What had happened before the first night, however late it came.
    Predicate<Event> before = event -> event.at().isBefore(then);
    RandomHistories onTime = histories.onTime();
    Map<String, Double> corrected = scoreAlone("corrected", onTime, before, false, then);
    Map<String, Double> aged = scoreAlone("aged", onTime, before, false, now);
    Map<String, Double> attributes = scoreAlone("attributes", onTime, before, true, now);
    Map<String, Double> events = scoreAlone("events", onTime, event -> true, true, now);

    assertThat(changes.keySet()).isEqualTo(today.keySet());
    changes.forEach(
        (lead, change) -> {
          assertThat(part(change, "delta"))
              .isCloseTo(today.get(lead) - published.get(lead), within(1e-12));
          requirePart(change, "by_corrections", corrected.get(lead) - published.get(lead));
          requirePart(change, "by_decay", aged.get(lead) - corrected.get(lead));
          requirePart(change, "by_attributes", attributes.get(lead) - aged.get(lead));
          requirePart(change, "by_new_events", events.get(lead) - attributes.get(lead));
          requirePart(change, "by_model", today.get(lead) - events.get(lead));
          assertThat(part(change, "by_model")).isZero();
        });
    requireSums(changes);
    requireCauses(histories, changes);
  }

  private static void requirePart(Row change, String part, double expected) {
    assertThat(part(change, part)).as("%s of %s", part, change).isCloseTo(expected, within(1e-12));
  }

  private static void requireSums(Map<String, Row> changes) {
    changes.forEach(
        (lead, change) ->
            assertThat(
                    part(change, "by_corrections")
                        + part(change, "by_decay")
                        + part(change, "by_attributes")
                        + part(change, "by_new_events")
                        + part(change, "by_model"))
                .isCloseTo(part(change, "delta"), within(1e-9)));
  }

  /** What did not happen to a lead has no part in the change, not even a rounding. */
  private static void requireCauses(RandomHistories histories, Map<String, Row> changes) {
    changes.forEach(
        (lead, change) -> {
          assertThat(part(change, "by_corrections") != 0)
              .as("late: %s", change)
              .isEqualTo(histories.hasLate(lead));
          assertThat(part(change, "by_new_events") != 0)
              .as("new: %s", change)
              .isEqualTo(histories.hasNew(lead));
          assertThat(part(change, "by_attributes") != 0)
              .as("moved: %s", change)
              .isEqualTo(histories.hasMoved(lead));
          assertThat(part(change, "by_decay")).isNotZero();
        });
  }

  private static double part(Row change, String name) {
    return change.<Double>getAs(name);
  }

  private Map<String, Double> scoreAlone(
      String name, RandomHistories histories, Predicate<Event> known, boolean moved, Instant asOf) {
    RunContext run = lake(name, histories, known, moved);
    publish(run, MIDNIGHT.minusSeconds(1), PLAN, 1);
    return score(run, asOf);
  }

  private static Map<String, Double> score(RunContext run, Instant asOf) {
    ScoreStage.Result scored = new ScoreStage(run).score(asOf, Optional.empty());
    // Only what was published is the scoring before of the next.
    TestRuns.publish(run.lake(), run.runId(), scored.scoreDate());
    return scores(run, asOf);
  }

  private static Map<String, Double> scores(RunContext run, Instant asOf) {
    return run
        .lake()
        .read(LeadScores.TABLE)
        .where("scored_as_of = TIMESTAMP'" + asOf + "'")
        .select("lead_id", "probability")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
  }

  private static Map<String, Row> changes(RunContext run) {
    return run.lake().read(ScoreChanges.TABLE).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.<String>getAs("lead_id"), row -> row));
  }

  private RunContext lake(
      String name, RandomHistories histories, Predicate<Event> known, boolean withMoves) {
    RunContext run = TestRuns.run("run-1", folder.resolve(name));
    run.lake().append(Engagements.TABLE, histories.engagements(known));
    run.lake()
        .append(
            DailyActivity.TABLE,
            TestRuns.filled(
                DailyActivity.TABLE,
                DailyActivities.of(run.lake().read(Engagements.TABLE), run.settings().run())));
    run.lake().append(Leads.TABLE, histories.leads(withMoves));
    return run;
  }

  /** A linear model in which everything counts a little. */
  private static void publish(RunContext run, Instant asOf, FeaturePlan plan, long seed) {
    List<Feature> features = FeatureSet.of(plan).features();
    // A spline has nine knots, see LinearTerms.
    int terms =
        features.stream()
            .mapToInt(feature -> feature.scale() == Feature.Scale.SPLINE ? 10 : 1)
            .sum();
    Random random = new Random(seed);
    ScoringModel model =
        new ScoringModel(
            3,
            "unversioned",
            features,
            new LinearPredictor(
                -1,
                random.doubles(terms, -0.05, 0.05).boxed().toList(),
                Collections.nCopies(terms, 0.0)),
            Calibration.straight(-0.2, 0.9),
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
                List.of()),
            Map.of());
    new ModelRegistration(run)
        .publish(asOf, new Trained(model, List.of(), Optional.empty()), plan, List.of());
  }
}
