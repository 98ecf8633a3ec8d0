package io.warmlead.report;

import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.HotLead;
import io.warmlead.report.NightView.Model;
import io.warmlead.report.NightView.NextStep;
import io.warmlead.report.NightView.Point;
import io.warmlead.report.NightView.SaveLead;
import io.warmlead.report.NightView.SilenceRate;
import io.warmlead.report.NightView.TierCount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
                new NextStep("send_related_content", Optional.of("case-study-logistics.pdf"))),
            new SaveLead(
                "L-001902",
                "hot",
                0.191,
                0.019,
                Optional.empty(),
                new NextStep("call_now", Optional.empty()))),
        halfLives(),
        curves(),
        silence(),
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
        Map.of(),
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
                new NextStep(HOSTILE, Optional.of(HOSTILE)),
                List.of(HOSTILE, HOSTILE + ": raises", HOSTILE + ": lowers"))),
        List.of(
            new SaveLead(
                HOSTILE,
                HOSTILE,
                0.2,
                0.1,
                Optional.of(3),
                new NextStep(HOSTILE, Optional.of(HOSTILE)))),
        List.of(
            life(HOSTILE, HOSTILE, 3.0, 10, HOSTILE), life(HOSTILE, HOSTILE, null, 10, HOSTILE)),
        Map.of(HOSTILE, curve(10, 0.1, 30)),
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
        new NextStep("call_now", Optional.of("/pricing")),
        List.of(why));
  }

  private static List<HalfLife> halfLives() {
    String fit =
        "mixture cure, maximum likelihood, AIC 4211.3 (exponential 4260.9); interval by profile"
            + " likelihood";
    List<HalfLife> lives = new ArrayList<>();
    lives.add(life("channel", "web", 9.2, 9120, fit));
    lives.add(life("channel", "phone", 0.8, 411, fit + "; 12 set aside (converted before day 0)"));
    lives.add(life("overall", "all", 34.2, 3000, fit));
    lives.add(life("segment", "small_business", 18.4, 1802, fit));
    lives.add(life("segment", "mid_market", 41.0, 911, fit));
    lives.add(life("segment", "enterprise", 128.6, 202, fit));
    lives.add(life("segment", "public", null, 61, "withheld: 7 conversions, 20 needed"));
    lives.add(life("signal", "demo_request", 3.1, 214, fit));
    lives.add(life("signal", "bounce", null, 12, "withheld: 12 leads, 30 needed"));
    return lives;
  }

  private static HalfLife life(String dimension, String value, Double days, long n, String method) {
    Optional<Double> fitted = Optional.ofNullable(days);
    return new HalfLife(
        dimension,
        value,
        days == null ? "none" : "weibull",
        fitted,
        fitted.map(d -> d * 0.87),
        fitted.map(d -> d * 1.19),
        fitted.map(d -> 0.78),
        n,
        method);
  }

  private static Map<String, List<Point>> curves() {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    curves.put("all", curve(3000, 0.22, 34));
    curves.put("enterprise", curve(202, 0.14, 128));
    curves.put("mid_market", curve(911, 0.2, 41));
    curves.put("public", curve(61, 0.11, 60));
    curves.put("small_business", curve(1802, 0.27, 18));
    curves.put("unknown", curve(24, 0.2, 20));
    return curves;
  }

  /** As the job stores them: no interval before the first conversion, up to 200 points. */
  static List<Point> curve(int leads, double converts, double halfLife) {
    int points = Math.min(200, (int) (leads * converts) + 1);
    return IntStream.rangeClosed(0, points)
        .mapToObj(
            i -> {
              double day = 365 * Math.pow((double) i / points, 2.2);
              double survival = 1 - converts * (1 - Math.pow(0.5, day / halfLife));
              double width = 1.96 * Math.sqrt(survival * (1 - survival) / leads);
              return i == 0
                  ? new Point(0, 1, null, null)
                  : new Point(day, survival, survival - width, Math.min(1, survival + width));
            })
        .collect(Collectors.toList());
  }

  private static List<SilenceRate> silence() {
    List<SilenceRate> rates = new ArrayList<>();
    String[] buckets = {
      "up to 1 day", "over 1 to 3 days", "over 3 to 7 days", "over 7 to 14 days",
      "over 14 to 28 days", "over 28 to 56 days", "over 56 to 91 days", "over 91 to 182 days",
      "over 182 to 365 days", "over 365 days", "never"
    };
    long[] leads = {2411, 3020, 4105, 5833, 8210, 11093, 9122, 7411, 3020, 22, 18230};
    double[] shares = {0.118, 0.091, 0.071, 0.049, 0.033, 0.019, 0.011, 0.0062, 0.0031, 0, 0.0009};
    for (int i = 0; i < buckets.length; i++) {
      long conversions = Math.round(leads[i] * shares[i]);
      double rate = (double) conversions / leads[i];
      double width = 1.96 * Math.sqrt(rate * (1 - rate) / leads[i]) + 1.9 / leads[i];
      rates.add(
          new SilenceRate(
              buckets[i], leads[i], conversions, rate, Math.max(0, rate - width), rate + width));
    }
    return rates;
  }
}
