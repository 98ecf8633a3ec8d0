package io.warmlead.report;

import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.Model;
import io.warmlead.report.NightView.SaveLead;
import io.warmlead.report.NightView.SilenceRate;
import io.warmlead.report.NightView.TierCount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A made-up company's night with everything in it, and one with nothing. */
final class SampleNight {
  static final String HOSTILE = "<script>alert(\"x\")</script>&'";

  private static final Instant AS_OF = Instant.parse("2026-03-03T00:00:00Z");

  private SampleNight() {}

  static NightView full() {
    return new NightView(
        "run-20260303-000007",
        AS_OF,
        Optional.of(LocalDate.of(2026, 3, 2)),
        accounts(),
        List.of(
            new Counted("unreadable_time: the time cannot be read; write ISO 8601", 61),
            new Counted("missing_lead_id: lead_id is empty", 18),
            new Counted("future_clock: the time lies more than 30 days beyond 99.9 % of rows", 1)),
        List.of(new Counted("cta_banner_hover_v2", 412), new Counted("intercom.tour.step", 77)),
        Optional.of(model()),
        Optional.of("m-20250202 stays challenger. Its log loss was 0.0931 against 0.0924."),
        List.of(
            new TierCount("hot", 37, Optional.of(0.182)),
            new TierCount("warm", 412, Optional.of(0.041)),
            new TierCount("cold", 2551, Optional.of(0.0007))),
        List.of(
            new Counted("new", 44),
            new Counted("heated", 41),
            new Counted("cooled", 30),
            new Counted("rewarmed", 9),
            new Counted("closed", 6)),
        hot(),
        List.of(
            new SaveLead(
                "L-000311",
                "warm",
                0.087,
                0.024,
                Optional.of(12),
                new NextStep(
                    "send_related_content",
                    Optional.of("case-study-logistics.pdf"),
                    Optional.of("/pricing"))),
            new SaveLead(
                "L-001902",
                "hot",
                0.191,
                0.019,
                Optional.empty(),
                new NextStep("call_now", Optional.empty(), Optional.empty()))),
        SampleDecay.halfLives(),
        SampleDecay.curves(),
        SampleDecay.silence(),
        List.of(
            "hot leads of 2026-02-01: 41.2 conversions promised by m-1, 12 came (tier_quality)"),
        Optional.of("since 2025-01-05: score steady (PSI 0.031), 1 unseen levels (source=fair)"),
        SampleInsights.full(),
        "/data/warmlead/lake/lead_scores_current");
  }

  /** A first run on an empty source folder. */
  static NightView empty() {
    return new NightView(
        "run-1",
        AS_OF,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Insights.none(),
        "/data/lake/lead_scores_current");
  }

  /** A night of which the insight tables say something else. */
  static NightView with(NightView night, Insights insights) {
    return new NightView(
        night.runId(),
        night.asOf(),
        night.scoreDate(),
        night.accounts(),
        night.rejectReasons(),
        night.unmapped(),
        night.model(),
        night.championStays(),
        night.tiers(),
        night.moves(),
        night.hot(),
        night.saveToday(),
        night.halfLives(),
        night.curves(),
        night.silence(),
        night.warnings(),
        night.drift(),
        insights,
        night.lake());
  }

  /** A night on which no lead has a probability, none is hot, and all moves came of new rules. */
  static NightView byNewRules() {
    NightView night = full();
    return new NightView(
        night.runId(),
        night.asOf(),
        night.scoreDate(),
        night.accounts(),
        night.rejectReasons(),
        night.unmapped(),
        Optional.empty(),
        night.championStays(),
        night.tiers().subList(1, 3),
        List.of(new Counted("policy", 40)),
        night.hot().stream()
            .map(
                lead ->
                    new HotLead(
                        lead.leadId(),
                        Optional.empty(),
                        lead.temperature(),
                        lead.tierReason(),
                        lead.tierSince(),
                        lead.trend(),
                        lead.nextAction(),
                        List.of()))
            .toList(),
        night.saveToday(),
        night.halfLives(),
        night.curves(),
        night.silence(),
        night.warnings(),
        night.drift(),
        night.insights(),
        night.lake());
  }

  /** Markup in every text that comes from data. */
  static NightView hostile() {
    Counted counted = new Counted(HOSTILE, 3);
    return new NightView(
        HOSTILE,
        AS_OF,
        Optional.of(LocalDate.of(2026, 3, 2)),
        List.of(new Account(HOSTILE, 1, 5, 1, 1, 1, 1, 1)),
        List.of(counted),
        List.of(counted),
        Optional.of(
            new Model(
                HOSTILE,
                HOSTILE,
                AS_OF,
                9,
                3,
                Map.of(HOSTILE, 1.0),
                List.of(HOSTILE),
                List.of(HOSTILE))),
        Optional.of(HOSTILE),
        List.of(new TierCount(HOSTILE, 3, Optional.empty())),
        List.of(counted),
        List.of(
            new HotLead(
                HOSTILE,
                Optional.empty(),
                Optional.empty(),
                HOSTILE,
                LocalDate.of(2026, 3, 1),
                HOSTILE,
                new NextStep(HOSTILE, Optional.of(HOSTILE), Optional.of(HOSTILE)),
                List.of(HOSTILE, HOSTILE + ": raises", HOSTILE + ": lowers"))),
        List.of(
            new SaveLead(
                HOSTILE,
                HOSTILE,
                0.2,
                0.1,
                Optional.of(3),
                new NextStep(HOSTILE, Optional.of(HOSTILE), Optional.of(HOSTILE)))),
        List.of(
            SampleDecay.life(HOSTILE, HOSTILE, 3.0, 10, HOSTILE),
            SampleDecay.life(HOSTILE, HOSTILE, null, 10, HOSTILE)),
        List.of(SampleDecay.segment(HOSTILE, SampleDecay.curve(10, 0.1, 30))),
        List.of(new SilenceRate(HOSTILE, 100, 3, 0.03, 0.01, 0.08)),
        List.of(HOSTILE),
        Optional.of(HOSTILE),
        SampleInsights.hostile(HOSTILE),
        HOSTILE);
  }

  private static List<Account> accounts() {
    return List.of(
        new Account("engagements", 3, 48_213, 46_902, 1_231, 80, 0, 214),
        new Account("leads", 1, 62, 58, 4, 0, 0, 0),
        new Account("outcomes", 1, 12, 11, 0, 0, 1, 0));
  }

  private static Model model() {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("auc", 0.8312);
    metrics.put("log_loss", 0.0924);
    metrics.put("base_rate", 0.0213);
    metrics.put("calibration_slope", 0.94);
    metrics.put("calibration_intercept", -0.08);
    metrics.put("ece", 0.0031);
    metrics.put("lift_at_10", 4.12);
    metrics.put("capture_at_20", 0.61);
    metrics.put("auc_recency_alone", 0.742);
    metrics.put("n", 31_044D);
    return new Model(
        "m-20260301-4f2a",
        "gradient_boosted_trees",
        Instant.parse("2026-03-01T00:00:00Z"),
        61_208,
        318,
        metrics,
        List.of(
            "Boosting beat logistic regression on validation dates: log loss 0.0919, 0.0951.",
            "Segment enterprise has 14 conversions on test dates; its calibration is uncertain."),
        List.of());
  }

  private static List<HotLead> hot() {
    List<HotLead> leads = new ArrayList<>();
    leads.add(
        lead(
            "anna.schmidt@some-rather-long-company-name.example",
            0.412,
            91,
            "asked to buy",
            "heating",
            "asked for a demo 2 days ago: raises",
            "viewed prices 4 times in 7 days: raises",
            "downloaded 2 case studies in 30 days: raises"));
    leads.add(
        lead(
            "L-004417",
            0.377,
            88,
            "asked to buy",
            "new",
            "asked for a quote 1 days ago: raises",
            "came by referral: raises",
            "source is trade fair: lowers"));
    leads.add(
        lead(
            "L-000093",
            0.201,
            71,
            "probability",
            "steady",
            "attended 2 webinars in 90 days: raises",
            "last heard 9 days ago: lowers"));
    leads.add(lead("L-002750", 0.0931, 52, "still hot", "cooling"));
    return leads;
  }

  private static HotLead lead(
      String name, double probability, double degrees, String rule, String trend, String... why) {
    return new HotLead(
        name,
        Optional.of(probability),
        Optional.of(degrees),
        rule,
        LocalDate.of(2026, 2, 27),
        trend,
        new NextStep("call_now", Optional.of("/pricing"), Optional.empty()),
        List.of(why));
  }
}
