package io.warmlead.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.config.ModelSettings;
import io.warmlead.feature.PointInTime;
import io.warmlead.model.TrainingOutcome.Refused;
import io.warmlead.model.TrainingOutcome.Trained;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Instant TRAINED = Snapshots.FIRST.plus(Duration.ofDays(7 * 26));
  private static final ModelSettings LINEAR = Snapshots.settings(LinearPredictor.FAMILY);
  private static final ModelSettings BOTH =
      Snapshots.settings(LinearPredictor.FAMILY, TreePredictor.FAMILY);
  private static Dataset<Row> planted;

  @BeforeAll
  static void plant() {
    planted = Snapshots.planted(600, 22, 41).persist();
  }

  @AfterAll
  static void release() {
    planted.unpersist();
  }

  @Test
  void plantedTruthIsFoundCalibratedAndDescribed() {
    Trained trained = trained(planted, BOTH);
    ScoringModel model = trained.model();
    // The truth is linear in the scaled features: trees alone cannot win.
    assertThat(model.family()).isIn(LinearPredictor.FAMILY, AveragePredictor.FAMILY);
    assertThat(model.version()).isEqualTo("unversioned");
    assertThat(model.training().snapshots()).isEqualTo(600 * 22);
    assertThat(model.training().trainedAsOf()).isEqualTo(TRAINED);
    assertThat(model.training().notes()).anyMatch(note -> note.startsWith("Calibration is "));
    assertThat(model.thresholds().hot()).isGreaterThan(model.thresholds().warm());
    Map<String, Double> test = metrics(trained, "test");
    assertThat(test.get("auc")).isBetween(0.7, 0.9);
    assertThat(test.get("auc")).isGreaterThan(test.get("auc_recency_alone"));
    assertThat(test.get("calibration_slope")).isCloseTo(1, within(0.4));
    assertThat(test.get("ece")).isLessThan(0.05);
    assertThat(model.metrics()).isEqualTo(test);
    assertThat(model.training().notes()).noneMatch(note -> note.contains("ranked better"));
    assertThat(metrics(trained, "validation")).containsKey("auc");
    assertThat(trained.metrics().stream().map(MetricRow::segment).distinct())
        .containsExactlyInAnyOrder("all", "large", "small");
  }

  @Test
  void theSameRowsGiveTheSameModelInAnyOrderAndPartitioning() {
    String first = trained(planted, LINEAR).model().toJson();
    String second = trained(shuffled(), LINEAR).model().toJson();
    assertThat(ScoringModel.digest(second)).isEqualTo(ScoringModel.digest(first));
  }

  @Test
  void theSameRowsGiveTheSameTreesInAnyOrderAndPartitioning() {
    assertThat(fewTrees(shuffled())).isEqualTo(fewTrees(planted));
  }

  private static Dataset<Row> shuffled() {
    return planted.repartition(7, rand(5)).sortWithinPartitions(rand(6));
  }

  private static Predictor fewTrees(Dataset<Row> rows) {
    Dataset<Row> ordered = TrainingRows.inFixedOrder(rows, 1_000_000).persist();
    Predictor trees = BoostingFamily.fit(ordered, 7, 6).get(0);
    ordered.unpersist();
    return trees;
  }

  @Test
  void aboveTheMostRowsWholeLeadsAreSampled() {
    ModelSettings few =
        new ModelSettings(7, 52, 3_300, 40, 40, LINEAR.families(), 3, 28, 7L, List.of(), List.of());
    TrainingRecord record = trained(planted, few).model().training();
    assertThat(record.snapshots()).isBetween(2_400L, 4_200L);
    assertThat(record.snapshots() % 22).isZero();
  }

  @Test
  void aShortHistoryIsTestedOnTheDatesThatChooseAndSaysSo() {
    Trained trained = trained(firstWeeks(6), LINEAR);
    assertThat(metrics(trained, "validation")).isEmpty();
    assertThat(trained.model().training().notes()).anyMatch(note -> note.contains("too short"));
  }

  @Test
  void aHistoryWithinOneHorizonIsRefusedWithTheDaysThatAreMissing() {
    assertThat(refused(firstWeeks(4)).reason())
        .isEqualTo(
            "History is too short to test a model on later dates: 4 snapshot dates, and none is"
                + " older than the newest by the horizon of 28 days. 7 more days are needed.");
  }

  @Test
  void tooFewLeadsOfEitherOutcomeAreRefusedWithTheNumbers() {
    assertThat(refused(planted.withColumn("label", lit(0))).reason())
        .isEqualTo(
            "Too few conversions: 0 leads converted within the horizon of a snapshot, at least 40"
                + " are needed (model.min_conversions).");
    assertThat(refused(planted.withColumn("label", lit(1))).reason())
        .isEqualTo(
            "Too few non-conversions: 0 leads had a snapshot that no conversion followed within the"
                + " horizon, at least 40 are needed (model.min_non_conversions).");
    assertThat(refused(planted.limit(0)).reason()).startsWith("Too few conversions: 0 leads");
  }

  @Test
  void customersWhoNearlyAllBuyAgainTeachWhenTheyDo() {
    // Nobody is left who did not convert at some time.
    Dataset<Row> customers = planted.where("label = 1").select("lead_id").distinct();
    Dataset<Row> rows = planted.join(customers, "lead_id");
    TrainingRecord training = trained(rows, LINEAR).model().training();
    assertThat(training.convertingLeads()).isEqualTo(customers.count());
    assertThat(training.otherLeads()).isEqualTo(customers.count());
  }

  @Test
  void conversionsThatEndedBeforeTheTestDatesAreRefused() {
    Instant late = Snapshots.FIRST.plus(Duration.ofDays(7 * 10));
    Dataset<Row> dried =
        planted
            .withColumn("label", when(col("as_of").geq(lit(late)), 0).otherwise(col("label")))
            .withColumn("delay_days", when(col("label").equalTo(1), col("delay_days")));
    assertThat(refused(dried).reason()).startsWith("Conversions are too young to test a model");
  }

  @Test
  void aRankingWithoutModelThatWasBetterIsNamed() {
    Dataset<Row> told = planted.withColumn("points", col("points").plus(col("label").multiply(50)));
    assertThat(trained(told, LINEAR).model().training().notes())
        .anyMatch(note -> note.startsWith("On the test dates engagement points ranked better"));
  }

  @Test
  void aConstantFeatureAndASegmentOfOneLeadDoNoHarm() {
    Dataset<Row> odd =
        planted
            .withColumn("features", concat(slice(col("features"), 1, 4), array(lit(3.0))))
            .withColumn(
                "segment",
                when(col("lead_id").equalTo("lead-7"), "alone").otherwise(col("segment")));
    Trained trained = trained(odd, LINEAR);
    assertThat(metrics(trained, "test").get("auc")).isBetween(0.7, 0.9);
    assertThat(trained.metrics()).allMatch(row -> Double.isFinite(row.value()));
    assertThat(trained.metrics().stream().map(MetricRow::segment)).doesNotContain("alone");
    assertThat(trained.model().toJson()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void labelsDrawnAtRandomAreRefused() {
    Dataset<Row> random = Snapshots.random(200, 22, 42);
    Refused refused = (Refused) train(random, LINEAR);
    assertThat(refused.reason()).startsWith("No evidence");
  }

  @Test
  void labelsDrawnAtRandomAreRefusedWhereHorizonsAreStillRunning() {
    // Of so short a log only dates can be judged that have had a part of their conversions.
    Instant asOf = Snapshots.FIRST.plus(Duration.ofDays(7 * 7));
    Column known = PointInTime.days(col("as_of"), lit(asOf));
    Dataset<Row> random =
        Snapshots.random(2_000, 7, 43)
            .withColumn("label", when(col("delay_days").leq(known), col("label")).otherwise(lit(0)))
            .withColumn("delay_days", when(col("label").equalTo(1), col("delay_days")));
    Refused refused =
        (Refused)
            Trainer.train(
                random,
                Snapshots.FEATURES,
                new TrainingTime(Snapshots.HORIZON, Snapshots.EVERY, asOf, asOf),
                LINEAR,
                Optional.empty());
    assertThat(refused.reason()).startsWith("No evidence");
    // Nothing ranks what nothing tells: no baseline either.
    assertThat(
            refused.metrics().stream()
                .filter(row -> row.split().equals("test") && row.isOverall())
                .filter(row -> row.metric().startsWith("auc")))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.value()).isCloseTo(0.5, within(0.05)));
  }

  @Test
  void rowsOfAnotherShapeAreABug() {
    assertThatThrownBy(() -> train(planted.withColumn("features", array(lit(1.0))), LINEAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("13200 training rows do not hold 5 features");
  }

  @Test
  void aChampionThatKnowsNothingIsBeatenAndOneThatKnowsTheTruthIsNot() {
    // All dates are decided: those of the usual cuts judge.
    Trained better = challenging(lit(0.1), 16, TRAINED);
    assertThat(better.staysChallenger()).isEmpty();
    assertThat(better.model().training().notes())
        .anyMatch(
            note ->
                note.contains("since champion m-old was trained")
                    && note.contains(", more than noise"));
    Map<String, Double> measured = metrics(better, "champion");
    assertThat(measured.get("auc_of_champion")).isCloseTo(0.5, within(0.06));
    assertThat(measured.get("log_loss")).isLessThan(measured.get("log_loss_of_champion"));
    assertThat(measured.get("log_loss_gain"))
        .isCloseTo(measured.get("log_loss_of_champion") - measured.get("log_loss"), within(1e-12));

    Trained notBetter = challenging(truth(), 16, TRAINED);
    assertThat(notBetter.staysChallenger())
        .hasValueSatisfying(reason -> assertThat(reason).contains("not more than noise"));
  }

  @Test
  void aYoungChampionIsJudgedByDatesWhoseHorizonIsStillRunning() {
    Instant trained = Snapshots.FIRST.plus(Duration.ofDays(7 * 22));
    Map<String, Double> measured = metrics(challenging(lit(0.1), 19, trained), "champion");
    // Weeks 19 to 21: none of them is decided.
    assertThat(measured.get("n")).isEqualTo(3 * 600);
    assertThat(measured.get("conversions")).isLessThan(120);
    assertThat(measured.get("log_loss_gain")).isPositive();
    // So little is not enough to judge by.
    assertThat(challenging(lit(0.1), 22, trained).staysChallenger())
        .hasValueSatisfying(reason -> assertThat(reason).contains("Too little is known"));
  }

  private static Trained challenging(Column champion, int sinceWeek, Instant trainedAsOf) {
    Instant since = Snapshots.FIRST.plus(Duration.ofDays(7L * sinceWeek));
    Dataset<Row> rows =
        planted.withColumn("champion", when(col("as_of").geq(lit(since)), champion));
    return (Trained)
        Trainer.train(
            rows,
            Snapshots.FEATURES,
            new TrainingTime(Snapshots.HORIZON, Snapshots.EVERY, trainedAsOf, trainedAsOf),
            LINEAR,
            Optional.of(new Incumbent("m-old", since)));
  }

  /** As {@link Snapshots} plants it. */
  private static Column truth() {
    Column features = col("features");
    Column logOdds =
        lit(-3.2)
            .plus(log1p(get(features, lit(0))).multiply(1.2))
            .minus(log1p(get(features, lit(1))).multiply(0.8))
            .plus(get(features, lit(2)));
    return lit(1).divide(exp(logOdds.multiply(-1)).plus(1));
  }

  private static Dataset<Row> firstWeeks(int weeks) {
    return planted.where(col("as_of").lt(lit(Snapshots.FIRST.plus(Duration.ofDays(7L * weeks)))));
  }

  private static TrainingOutcome train(Dataset<Row> rows, ModelSettings settings) {
    return Trainer.train(
        rows,
        Snapshots.FEATURES,
        new TrainingTime(Snapshots.HORIZON, Snapshots.EVERY, TRAINED, TRAINED),
        settings,
        Optional.empty());
  }

  private static Trained trained(Dataset<Row> rows, ModelSettings settings) {
    TrainingOutcome outcome = train(rows, settings);
    assertThat(outcome).isInstanceOf(Trained.class);
    return (Trained) outcome;
  }

  private static Refused refused(Dataset<Row> rows) {
    TrainingOutcome outcome = train(rows, LINEAR);
    assertThat(outcome).isInstanceOf(Refused.class);
    return (Refused) outcome;
  }

  private static Map<String, Double> metrics(Trained trained, String split) {
    return trained.metrics().stream()
        .filter(row -> row.split().equals(split) && row.segment().equals("all"))
        .collect(Collectors.toMap(MetricRow::metric, MetricRow::value));
  }
}
