package io.warmlead.model;

import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Phrase;
import io.warmlead.feature.PlanColumn;
import io.warmlead.testing.Frames;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Planted leaks are found, and columns that are merely good are left alone. */
final class LeakageGateTest {
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          List.of("page_view", "demo_request", "contract_signed"),
          List.of(),
          List.of(),
          List.of("deal_amount", "employees", "grade"),
          Map.of("budget", List.of("yes"), "partner", List.of("acme"), "source", List.of("web")),
          false,
          List.of());
  private static final FeatureSet SET = FeatureSet.of(PLAN);
  private static final Instant DECIDED = Snapshots.FIRST.plus(Duration.ofDays(7 * 6));
  private static final String ACTIVITY = "lead_id STRING, signal STRING, first_at TIMESTAMP";
  private static final String OUTCOME =
      "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN";
  private static final String LEAD =
      "lead_id STRING, source STRING, segment STRING, country STRING, language STRING,"
          + " budget STRING, authority STRING, need STRING, timeline STRING,"
          + " attributes MAP<STRING, STRING>, valid_from TIMESTAMP, valid_to TIMESTAMP";

  /** What a leak adds to a snapshot. */
  private interface Leak {
    void add(Map<String, Double> features, int lead, boolean converts, boolean label);
  }

  private static final Leak NONE = (features, lead, converts, label) -> {};

  @Test
  void strongButHonestColumnsAreInnocent() {
    assertThat(found(600, NONE)).isEmpty();
  }

  @Test
  void anAttributeThatIsFilledOnConvertedLeadsAloneIsNamed() {
    Map<PlanColumn, String> found =
        found(
            600,
            (features, lead, converts, label) ->
                level(
                    features, "partner", (converts && lead % 50 != 0) || lead % 150 == 1, "acme"));
    assertThat(found).containsOnlyKeys(PlanColumn.attribute("partner"));
    assertThat(found.get(PlanColumn.attribute("partner")))
        .contains("of the leads that converted 80.0 % are leads where it is filled");
  }

  @Test
  void anAmountThatIsKnownOfConvertedLeadsAloneIsNamed() {
    assertThat(
            found(
                600,
                (features, lead, converts, label) -> {
                  features.put("deal_amount", converts ? 100.0 + lead : 0);
                  features.put("deal_amount_is_missing", converts ? 0D : 1D);
                }))
        .containsOnlyKeys(PlanColumn.attribute("deal_amount"));
  }

  @Test
  void aNumberThatTellsTheOutcomeAloneIsNamedAndOneThatHintsAtItIsNot() {
    assertThat(found(600, (features, lead, converts, label) -> grade(features, lead, converts, 4)))
        .containsOnlyKeys(PlanColumn.attribute("grade"));
    assertThat(found(600, (features, lead, converts, label) -> grade(features, lead, converts, 1)))
        .isEmpty();
  }

  @Test
  void aSignalThatConversionsAlwaysFollowIsNamed() {
    assertThat(
            found(
                600,
                (features, lead, converts, label) -> {
                  if (label && lead % 30 != 0) {
                    features.put("days_since__contract_signed", 2D);
                    features.put("events_7d__contract_signed", 1D);
                  }
                }))
        .containsOnlyKeys(PlanColumn.signal("contract_signed"));
  }

  @Test
  void whatAllCustomersDoWhoBuyAgainAndAgainIsInnocent() {
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < 400; lead++) {
      boolean isActive = lead % 8 != 0;
      for (int week = 0; week < 6; week++) {
        Map<String, Double> features = never();
        if (isActive) {
          features.put("days_since_last_engagement", 1D + (lead * 7 + week) % 5);
          features.put("days_since__demo_request", 1D + (lead * 5 + week * 3) % 9);
          features.put("events_90d__demo_request", 3D);
        }
        rows.add(snapshot(lead, week, isActive && (lead + week) % 3 == 0, features));
      }
    }
    assertThat(found(Snapshots.frame(rows))).isEmpty();
  }

  @Test
  void whereNewLeadsConvertAtOnceTheDateOfTheirFirstStepIsInnocentAndALeakIsNot() {
    assertThat(found(Snapshots.frame(fastFunnel(false)))).isEmpty();
    assertThat(found(Snapshots.frame(fastFunnel(true))))
        .containsOnlyKeys(PlanColumn.signal("contract_signed"));
  }

  /**
   * Everybody asks for a demo when new, and one in five converts within days, or is open for
   * months.
   */
  private static List<Row> fastFunnel(boolean leaks) {
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < 600; lead++) {
      boolean converts = lead % 5 == 0;
      for (int week = -24; week < (converts ? -23 : 6); week++) {
        Map<String, Double> features = never();
        double tenure = 7 * (week + 24) + lead % 7;
        features.put("tenure_days", tenure);
        features.put("days_since_last_engagement", (lead * 11D + week * 7 + 700) % 25);
        features.put("days_since__demo_request", tenure);
        if (leaks && (converts || lead % 40 == 1)) {
          features.put("days_since__contract_signed", converts ? 0 : 1D + week + 24);
        }
        rows.add(snapshot(lead, week, converts, features));
      }
    }
    return rows;
  }

  @Test
  void fewConvertingLeadsProveNothing() {
    assertThat(
            found(
                150,
                (features, lead, converts, label) -> level(features, "partner", converts, "acme")))
        .isEmpty();
  }

  @Test
  void theOrderOfRowsDoesNotMatter() {
    Leak leak = (features, lead, converts, label) -> level(features, "partner", converts, "acme");
    Dataset<Row> rows = rows(600, leak);
    assertThat(found(rows.repartition(5, rand(3)).sortWithinPartitions(rand(4))))
        .isEqualTo(found(rows))
        .isNotEmpty();
  }

  @Test
  void aSignalOfTheLastMinuteIsNamedAndOneOfTheLastWeekIsNot() {
    assertThat(timing(true)).containsOnlyKeys(PlanColumn.signal("contract_signed"));
    assertThat(timing(true).values()).allMatch(text -> text.startsWith("30 of 31 leads"));
    // Where leads stay open, what they did around earlier conversions is honest history.
    assertThat(timing(false)).isEmpty();
  }

  @Test
  void anAttributeThatCameOnlyAfterTheConversionIsNamed() {
    List<Row> leads = new ArrayList<>();
    List<Row> outcomes = new ArrayList<>();
    for (int lead = 0; lead < 100; lead++) {
      boolean converts = lead < 30;
      if (converts) {
        outcomes.add(row("lead-" + lead, at(20), true, true));
      }
      // Language comes late to everybody; the partner only to those that converted.
      leads.add(version(lead, null, null, 0, 30));
      leads.add(version(lead, "en", converts ? "acme" : null, 30, null));
    }
    Map<PlanColumn, String> found =
        LateProbe.suspects(
            Frames.frame(LEAD, leads.toArray(Row[]::new)),
            Frames.frame(OUTCOME, outcomes.toArray(Row[]::new)),
            List.of("language", "partner", "budget"),
            Snapshots.FIRST.plus(Duration.ofDays(60)));
    assertThat(found).containsOnlyKeys(PlanColumn.attribute("partner"));
    assertThat(found.values()).allMatch(text -> text.startsWith("30 of 30 converted leads"));
  }

  @Test
  void aModelThatIsTooGoodIsALeakThatCannotBePlaced() {
    assertThat(LeakageGate.unplaced(List.of(metric("auc", 0.995), metric("auc_engaged_90d", 0.95))))
        .isEmpty();
    assertThat(LeakageGate.unplaced(List.of(metric("auc_engaged_90d", 0.991))))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("cannot be placed", "0.991", "inputs.leads.exclude", "signals.map"));
  }

  private static MetricRow metric(String name, double value) {
    return new MetricRow("test", "all", name, value, null, null, 1000);
  }

  private static Map<PlanColumn, String> found(int leads, Leak leak) {
    return found(rows(leads, leak));
  }

  private static Map<PlanColumn, String> found(Dataset<Row> rows) {
    Map<PlanColumn, String> found = new TreeMap<>(PlanColumn.ORDER);
    LeakageGate.inRows(SET, rows, DECIDED).forEach(found::putAll);
    return found;
  }

  /**
   * One lead in ten converts; it is warmer, comes by referral, asks for demos, tells its budget.
   */
  private static Dataset<Row> rows(int leads, Leak leak) {
    Random random = new Random(17);
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      boolean converts = lead % 10 == 0;
      boolean isReferral = random.nextDouble() < (converts ? 0.5 : 0.1);
      boolean hasBudget = random.nextDouble() < (converts ? 0.7 : 0.2);
      boolean asks = random.nextDouble() < (converts ? 0.6 : 0.06);
      double employees = Math.exp(3 + random.nextGaussian() + (converts ? 1 : 0));
      for (int week = 0; week < 6; week++) {
        boolean label = converts && week >= 4;
        Map<String, Double> features = never();
        double silence = -Math.log(1 - random.nextDouble()) * (label ? 5 : 25);
        features.put("days_since_last_engagement", silence);
        features.put("days_since__page_view", silence);
        if (asks && week >= 3) {
          features.put("days_since__demo_request", 7.0 * (week - 3) + 1);
          features.put("events_90d__demo_request", 1D);
        }
        features.put("employees", employees);
        level(features, "source", isReferral, "other");
        level(features, "budget", hasBudget, "yes");
        level(features, "partner", false, "acme");
        leak.add(features, lead, converts, label);
        rows.add(snapshot(lead, week, label, features));
      }
    }
    return Snapshots.frame(rows);
  }

  /** Of a lead that never did anything, and of which no amounts are known. */
  private static Map<String, Double> never() {
    Map<String, Double> features = new HashMap<>();
    SET.features().stream()
        .map(Feature::name)
        .filter(name -> name.startsWith("days_since_"))
        .forEach(name -> features.put(name, Phrase.NEVER_DAYS));
    features.put("deal_amount_is_missing", 1D);
    features.put("grade_is_missing", 1D);
    return features;
  }

  private static Row snapshot(int lead, int week, boolean label, Map<String, Double> features) {
    double[] vector =
        SET.features().stream().mapToDouble(one -> features.getOrDefault(one.name(), 0D)).toArray();
    return Snapshots.row("lead-" + lead, week, "all", label ? 1 : 0, vector);
  }

  private static void level(
      Map<String, Double> features, String name, boolean isGiven, String level) {
    features.put(name + "=" + level, isGiven ? 1D : 0D);
    features.put(name + "=missing", isGiven ? 0D : 1D);
  }

  private static void grade(
      Map<String, Double> features, int lead, boolean converts, double effect) {
    double noise = new Random(lead).nextGaussian();
    features.put("grade", 10 + noise + (converts ? effect : 0));
    features.put("grade_is_missing", 0D);
  }

  private static Map<PlanColumn, String> timing(boolean closes) {
    List<Row> activity = new ArrayList<>();
    List<Row> outcomes = new ArrayList<>();
    for (int lead = 0; lead < 300; lead++) {
      String name = "lead-" + lead;
      activity.add(row(name, "page_view", at(1)));
      if (lead < 30) {
        activity.add(row(name, "demo_request", at(15)));
        activity.add(row(name, "contract_signed", at(19.9)));
        // After the conversion: no open lead ever shows it.
        activity.add(row(name, "welcomed", at(20.1)));
        outcomes.add(row(name, at(20), true, closes));
      }
    }
    activity.add(row("lead-31", "contract_signed", at(10)));
    return TimingProbe.suspects(
        Frames.frame(ACTIVITY, activity.toArray(Row[]::new)),
        Frames.frame(OUTCOME, outcomes.toArray(Row[]::new)),
        List.of("page_view", "demo_request", "contract_signed", "welcomed"),
        Snapshots.FIRST.plus(Duration.ofDays(60)));
  }

  private static Row version(int lead, String language, String partner, int from, Integer to) {
    return row(
        "lead-" + lead,
        "web",
        null,
        null,
        language,
        lead % 2 == 0 ? "yes" : null,
        null,
        null,
        null,
        scala.jdk.javaapi.CollectionConverters.asScala(
            partner == null ? Map.<String, String>of() : Map.of("partner", partner)),
        at(from),
        to == null ? null : at(to));
  }

  private static Timestamp at(double days) {
    return Timestamp.from(Snapshots.FIRST.plusSeconds(Math.round(86_400 * days)));
  }
}
