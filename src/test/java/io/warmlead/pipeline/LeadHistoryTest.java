package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmlead.activity.EarlierActivities;
import io.warmlead.audit.ActivityTotals;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Fingerprint;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.temperature.Behaviour;
import io.warmlead.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that carry history on know the same as nights that read all of it. */
class LeadHistoryTest {
  private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
  private static final int WINDOW = 90;
  private static final FeatureSet FEATURES =
      FeatureSet.of(
          new FeaturePlan(
              List.of("page_view", "demo_request"),
              List.of("site", "product"),
              List.of("web", "mail"),
              List.of(),
              Map.of(),
              true,
              List.of()));

  private final List<String> notes = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void whatIsCarriedOnIsWhatTheWholeHistoryGives() {
    RunContext run = run("run.zone=Europe/Berlin");
    Random random = new Random(5);
    LocalDate newest = FIRST;
    // Five batches, none of the first two old enough to be summed up; what comes late lies up to
    // 300 days back.
    for (int days : List.of(60, 25, 120, 9, 160)) {
      LocalDate from = newest;
      newest = newest.plusDays(days);
      ingest(run, random, from, newest, 20 + 2 * days);
      LeadHistory history = LeadHistory.upTo(startOf(newest, run), WINDOW, run);
      requireSameAsWhole(run, history, newest);
    }
    assertThat(run.lake().read(EarlierActivity.TABLE).select("until_day").distinct().count())
        .isGreaterThan(2);
    // Made once, on the first night, of which nothing is said: all later nights added to it.
    assertThat(notes).isEmpty();
  }

  @Test
  void aYoungLogHasNoEarlierActivity() {
    RunContext run = run();
    LocalDate night = FIRST.plusDays(80);
    ingest(run, new Random(1), FIRST, night, 50);
    LeadHistory history = LeadHistory.upTo(startOf(night, run), WINDOW, run);
    assertThat(run.lake().exists(EarlierActivity.TABLE)).isFalse();
    assertThat(history.tells(FIRST)).isTrue();
    requireSameAsWhole(run, history, night);
  }

  @Test
  void anEarlierDateAndOtherSettingsMakeItAnew() {
    RunContext run = run();
    LocalDate night = FIRST.plusDays(300);
    ingest(run, new Random(2), FIRST, night, 200);
    LeadHistory.upTo(startOf(night, run), WINDOW, run);
    LocalDate before = night.minusDays(60);
    requireSameAsWhole(run, LeadHistory.upTo(startOf(before, run), WINDOW, run), before);
    assertThat(notes.get(0)).contains("later than this date needs");

    RunContext other = run("signals.catalogue.page_view.points=3");
    requireSameAsWhole(other, LeadHistory.upTo(startOf(night, other), WINDOW, other), night);
    assertThat(notes.get(1)).contains("other settings");
    // Lost from a lake that was scored before.
    other.lake().append(LeadScores.TABLE, other.lake().read(LeadScores.TABLE));
    other.lake().empty(EarlierActivity.TABLE);
    requireSameAsWhole(other, LeadHistory.upTo(startOf(night, other), WINDOW, other), night);
    assertThat(notes.get(2)).contains("there is none");
    // Windows that reach further back need an earlier border.
    requireSameAsWhole(other, LeadHistory.upTo(startOf(night, other), 180, other), night);
    assertThat(notes).hasSize(4);
  }

  @Test
  void pointsOfASingleEngagementFadeAsTheirHalfLifeSays() {
    RunContext run = run();
    LocalDate night = FIRST.plusDays(200);
    Instant first = startOf(FIRST, run);
    append(run, List.of(engagement(1, 1, "ada", first, first, KINDS.get(1))));
    Dataset<Row> carried = LeadHistory.upTo(startOf(night, run), WINDOW, run).rows();
    for (double halfLife : List.of(6D, 10D, 30D, 60D, 362D, 365D)) {
      double points =
          sums(run, carried, night, Map.of("all", halfLife)).get("ada").<Long>getAs("points_units")
              / (double) (1L << 30);
      assertThat(points).isCloseTo(40 * Math.pow(2, -200 / halfLife), within(1e-7));
    }
    assertThat(sums(run, carried, night, Map.of("all", 2D)).get("ada").<Long>getAs("points_units"))
        .isZero();
  }

  @Test
  void aNightWithNothingNewWritesNothingAndAnAuditFindsWhatTheDaysDoNotSay() {
    RunContext run = run();
    LocalDate night = FIRST.plusDays(300);
    ingest(run, new Random(6), FIRST, night, 200);
    LeadHistory history = LeadHistory.upTo(startOf(night, run), WINDOW, run);
    // What is older than the scoring before can be told only where that was not long ago.
    assertThat(history.tells(night.minusDays(WINDOW))).isTrue();
    assertThat(history.tells(night.minusDays(WINDOW + 28))).isFalse();
    requireSomeAtAnEarlierInstant(run, history, night.minusDays(40));

    long version = run.lake().version(EarlierActivity.TABLE);
    LeadHistory.upTo(startOf(night.plusDays(1), run), WINDOW, run);
    assertThat(run.lake().version(EarlierActivity.TABLE)).isEqualTo(version);

    Dataset<Row> days = run.lake().read(DailyActivity.TABLE);
    Dataset<Row> stored = run.lake().read(EarlierActivity.TABLE);
    assertThat(wrong(days, stored)).isZero();
    // A signal that meant two things has two rows.
    Dataset<Row> twoMeanings =
        days.withColumn(
            "family",
            when(col("day").lt(lit(Date.valueOf(FIRST.plusDays(90)))), "x").otherwise("y"));
    assertThat(
            wrong(
                twoMeanings,
                new EarlierActivities(run.settings().signals(), run.settings().run())
                    .of(
                        twoMeanings.where(
                            col("arrived_day")
                                .lt(stored.selectExpr("max(until_day)").head().getDate(0))))))
        .isZero();
    Dataset<Row> first = stored.orderBy("lead_id", "signal", "direction").limit(1);
    assertThat(wrong(days, stored.exceptAll(first))).isEqualTo(1);
    assertThat(wrong(days, stored.withColumn("digest", col("digest").plus(1))))
        .isEqualTo(stored.count());
    // Not yet taken up, and so not wrong.
    ingest(run, new Random(7), FIRST, FIRST.plusDays(100), 30);
    assertThat(wrong(run.lake().read(DailyActivity.TABLE), stored)).isZero();
  }

  private static void requireSomeAtAnEarlierInstant(
      RunContext run, LeadHistory history, LocalDate before) {
    Dataset<Row> some = frame("lead_id STRING", row("lead-1"), row("lead-3"));
    Map<String, Row> expected = sums(run, run.lake().read(DailyActivity.TABLE), before);
    expected.keySet().retainAll(List.of("lead-1", "lead-3"));
    requireClose(expected, sums(run, history.rows(some, startOf(before, run)), before));
  }

  private static long wrong(Dataset<Row> days, Dataset<Row> stored) {
    return ActivityTotals.differences(
            days,
            stored,
            stored.selectExpr("max(until_day) AS reached", "max(batch) AS batch_held"))
        .head()
        .getAs("offending");
  }

  private static void requireSameAsWhole(RunContext run, LeadHistory history, LocalDate date) {
    Dataset<Row> days = run.lake().read(DailyActivity.TABLE);
    requireClose(sums(run, days, date), sums(run, history.rows(), date));
    if (!run.lake().exists(EarlierActivity.TABLE)) {
      return;
    }
    Dataset<Row> stored = run.lake().read(EarlierActivity.TABLE);
    LocalDate border = date.minusDays(WINDOW);
    if (stored.where(col("until_day").gt(lit(Date.valueOf(border)))).isEmpty()) {
      LocalDate reached = stored.selectExpr("max(until_day)").head().getDate(0).toLocalDate();
      assertThat(
              new EarlierActivities(run.settings().signals(), run.settings().run())
                  .of(days.where(col("arrived_day").lt(lit(Date.valueOf(reached)))))
                  .select(
                      EarlierActivity.TABLE.columnNames().stream()
                          .map(functions::col)
                          .toArray(Column[]::new))
                  .collectAsList())
          .containsExactlyInAnyOrderElementsOf(stored.collectAsList());
    }
  }

  /**
   * Equal, where fading allows for it to the precision of the sums; points to that of the ladder.
   */
  private static void requireClose(Map<String, Row> whole, Map<String, Row> carried) {
    assertThat(carried.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (lead, expected) -> {
          Row actual = carried.get(lead);
          for (int field = 0; field < expected.size(); field++) {
            String name = expected.schema().fieldNames()[field];
            if (name.equals("points_units")) {
              double points = expected.getLong(field);
              assertThat((double) actual.getLong(field))
                  .as("points of %s", lead)
                  .isCloseTo(points, within(0.05 * Math.abs(points) + 64));
            } else if (name.startsWith("decayed") || name.equals("intent_units")) {
              assertThat(actual.getLong(field))
                  .as("%s of %s", name, lead)
                  .isCloseTo(expected.getLong(field), within(200L));
            } else {
              assertThat(actual.get(field))
                  .as("%s of %s", name, lead)
                  .isEqualTo(expected.get(field));
            }
          }
        });
  }

  private static Map<String, Row> sums(RunContext run, Dataset<Row> activity, LocalDate date) {
    return sums(run, activity, date, Map.of("page_view", 45D, "all", 20D));
  }

  private static Map<String, Row> sums(
      RunContext run, Dataset<Row> activity, LocalDate date, Map<String, Double> halfLives) {
    Settings settings = run.settings();
    Map<String, Row> sums = new HashMap<>();
    LeadSums.of(FEATURES)
        .and(Behaviour.of(settings, FEATURES.signals(), halfLives))
        .andFingerprint(Optional.of(date.minusDays(1)))
        .over(
            PointInTime.activity(
                activity,
                run.lake().read(Engagements.TABLE),
                List.of(startOf(date, run)),
                settings.run()))
        .drop("as_of")
        .collectAsList()
        .forEach(row -> sums.put(row.getAs("lead_id"), row));
    assertThat(sums.values())
        .allSatisfy(row -> assertThat(row.<Long>getAs(Fingerprint.HISTORY)).isNotZero());
    return sums;
  }

  /** Engagements of a batch: most of its days, some of long before, of which a part says so. */
  private static void ingest(
      RunContext run, Random random, LocalDate from, LocalDate to, int events) {
    Lake lake = run.lake();
    long batch = lake.version(Engagements.TABLE) + 2;
    List<Row> rows = new ArrayList<>();
    for (int event = 0; event < events; event++) {
      boolean isLate = random.nextInt(8) == 0;
      LocalDate day =
          isLate
              ? FIRST.plusDays(random.nextInt((int) (to.toEpochDay() - FIRST.toEpochDay())))
              : from.plusDays(random.nextInt((int) (to.toEpochDay() - from.toEpochDay())));
      Instant at = startOf(day, run).plusSeconds(random.nextInt(80_000));
      Instant known = isLate && random.nextBoolean() ? startOf(to, run).minusSeconds(60) : at;
      String[] kind = KINDS.get(random.nextInt(KINDS.size()));
      String lead = "lead-" + random.nextInt(9);
      rows.add(engagement(batch, event, lead, at, known.isBefore(at) ? at : known, kind));
    }
    append(run, rows);
  }

  private static Row engagement(
      long batch, int number, String lead, Instant at, Instant known, String[] kind) {
    return row(
        batch + "-" + number,
        lead,
        Timestamp.from(at),
        Timestamp.from(known),
        kind[0],
        kind[1],
        kind[2],
        kind[3],
        kind[4],
        BigDecimal.valueOf(number),
        batch);
  }

  private static void append(RunContext run, List<Row> rows) {
    run.lake()
        .append(
            Engagements.TABLE,
            TestRuns.filled(
                Engagements.TABLE,
                frame(
                    "event_id STRING, lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP,"
                        + " signal STRING, family STRING, direction STRING, intent STRING, channel"
                        + " STRING, value DECIMAL(18,4), batch BIGINT",
                    rows.toArray(Row[]::new))));
    new ActivityStage(run).update();
  }

  private static final List<String[]> KINDS =
      List.of(
          new String[] {"page_view", "site", "inbound", "low", "web"},
          new String[] {"demo_request", "product", "inbound", "high", "web"},
          new String[] {"outreach_sent", "outreach", "outbound", "low", "mail"},
          new String[] {"email_open", "email", "inbound", "low", "mail"},
          new String[] {"unsubscribe", "email", "negative", "low", "mail"});

  private RunContext run(String... settings) {
    List<String> given = new ArrayList<>(List.of(settings));
    given.add("lake.path=" + folder);
    given.add("conversion.outcomes=[won]");
    Settings loaded = SettingsLoader.load(List.of(), given);
    Lake lake = Lake.open(TestSession.get(), loaded.lake());
    return new RunContext(
        "run", lake, new Artefacts(lake), loaded, Clock.systemUTC(), new Noting(notes));
  }

  private static Instant startOf(LocalDate date, RunContext run) {
    return AsOf.start(date, run.settings().run());
  }

  private record Noting(List<String> notes) implements Progress {
    @Override
    public void stage(String name, String what) {}

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }
}
