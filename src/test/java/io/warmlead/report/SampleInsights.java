package io.warmlead.report;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Flow;
import io.warmlead.report.Insights.Funnel;
import io.warmlead.report.Insights.FunnelStage;
import io.warmlead.report.Insights.Promise;
import io.warmlead.report.Insights.Response;
import io.warmlead.report.Insights.Rival;
import io.warmlead.report.Insights.Shift;
import io.warmlead.report.Insights.Source;
import io.warmlead.report.Insights.Sources;
import io.warmlead.report.Insights.StageTime;
import io.warmlead.report.Insights.Top;
import io.warmlead.report.Insights.Touches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the insight tables of a made-up company say. */
final class SampleInsights {
  private static final LocalDate SINCE = LocalDate.of(2025, 1, 5);

  private SampleInsights() {}

  static Insights full() {
    return new Insights(
        promises(),
        List.of(
            top(1, 0.082, 8.2),
            top(5, 0.264, 5.28),
            top(10, 0.412, 4.12),
            top(20, 0.61, 3.05),
            top(30, 0.744, 2.48)),
        List.of(
            new Rival("recency alone", rate(0.301, 0.02)),
            new Rival("engagement points", rate(0.274, 0.02))),
        responses(),
        touches(),
        sources(),
        Optional.of(funnel()),
        shifts(),
        List.of(
            new Flow("cold", "warm", 33),
            new Flow("warm", "hot", 15),
            new Flow("cold", "hot", 2),
            new Flow("hot", "warm", 8),
            new Flow("warm", "cold", 22),
            new Flow("new", "cold", 31),
            new Flow("new", "warm", 13),
            new Flow("warm", "closed", 4),
            new Flow("hot", "closed", 2)),
        List.of(
            new StageTime("ingest", 0.2, 14.1),
            new StageTime("activity", 14.3, 6),
            new StageTime("train", 20.4, 118.2),
            new StageTime("score", 138.7, 21),
            new StageTime("decay", 159.9, 17.3),
            new StageTime("publish", 177.4, 0.9)),
        List.of(171.0, 183.5, 168.2));
  }

  /** Markup in every text that comes from data. */
  static Insights hostile(String text) {
    return new Insights(
        List.of(
            new Promise(Optional.empty(), "all", text, 100, 0.1, rate(0.1, 0.05)),
            new Promise(Optional.empty(), text, text, 100, 0.1, rate(0.1, 0.05))),
        List.of(top(10, 0.4, 4)),
        List.of(new Rival(text, rate(0.3, 0.1))),
        List.of(
            new Response(text, 40, rate(0.1, 0.05), 0.1),
            new Response(text, 40, rate(0.2, 0.05), 0.1)),
        List.of(
            new Touches("touches", text, 40, rate(0.1, 0.05), rate(0.01, 0.005), 0.1, 0.01, true)),
        new Sources(
            List.of(
                source("lead_source", text, 100, 10, 0.1),
                source("lead_source", text + 2, 100, 9, 0.09)),
            2,
            List.of(source("first_touch", text, 100, 10, 0.1))),
        Optional.of(
            new Funnel(
                SINCE,
                SINCE,
                50,
                List.of(new FunnelStage(text, 50, rate(1, 0), Optional.of(60L))))),
        List.of(new Shift("feature", text, 0.3, null, text, SINCE)),
        List.of(new Flow(text, text + 2, 3)),
        List.of(new StageTime(text, 0, 3)),
        List.of());
  }

  private static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    promises.add(promise(Optional.empty(), "all", "hot", 1240, 0.181, 0.172));
    promises.add(promise(Optional.empty(), "all", "warm", 9310, 0.0412, 0.0431));
    promises.add(promise(Optional.empty(), "all", "cold", 20494, 0.0011, 0.0009));
    promises.add(promise(Optional.empty(), "enterprise", "hot", 92, 0.121, 0.087));
    promises.add(promise(Optional.empty(), "enterprise", "cold", 1490, 0.0009, 0));
    promises.add(promise(Optional.empty(), "small_business", "warm", 5003, 0.049, 0.052));
    Optional<LocalDate> published = Optional.of(LocalDate.of(2026, 2, 1));
    promises.add(promise(published, "all", "hot", 212, 0.194, 0.057));
    promises.add(promise(published, "all", "warm", 402, 0.043, 0.041));
    promises.add(promise(published, "all", "cold", 2311, 0.0008, 0));
    return promises;
  }

  private static Promise promise(
      Optional<LocalDate> date,
      String segment,
      String tier,
      long leads,
      double promised,
      double came) {
    double width = 1.96 * Math.sqrt(Math.max(came, 0.0005) / leads);
    return new Promise(date, segment, tier, leads, promised, rate(came, width));
  }

  private static Top top(int share, double capture, double lift) {
    return new Top(share, rate(capture, 0.04), new Estimate(lift, lift - 0.4, lift + 0.4));
  }

  private static List<Response> responses() {
    return List.of(
        new Response("5 min", 214, rate(0.151, 0.046), 0.182),
        new Response("30 min", 388, rate(0.132, 0.033), 0.147),
        new Response("1 h", 301, rate(0.121, 0.036), 0.129),
        new Response("4 h", 442, rate(0.097, 0.027), 0.099),
        new Response("1 d", 610, rate(0.083, 0.021), 0.079),
        new Response("longer", 523, rate(0.052, 0.018), 0.041),
        new Response("never", 18, rate(0.111, 0.14), 0.111));
  }

  private static List<Touches> touches() {
    List<Touches> touches = new ArrayList<>();
    String[] before = {"0", "1", "2", "3-4", "5-7", "8+"};
    double[] replies = {0.112, 0.104, 0.091, 0.07, 0.051, 0.038};
    double[] optOuts = {0.002, 0.003, 0.004, 0.007, 0.012, 0.021};
    for (int i = 0; i < before.length; i++) {
      touches.add(
          new Touches(
              "touches",
              before[i],
              3000 - 450 * i,
              rate(replies[i], 0.012),
              rate(optOuts[i], 0.0018 + 0.001 * i),
              0.088,
              0.005,
              false));
    }
    String[] spacing = {"under 1 day", "1-2 days", "3-4 days", "5-7 days", "first"};
    for (int i = 0; i < spacing.length; i++) {
      touches.add(
          new Touches(
              "spacing",
              spacing[i],
              900,
              rate(0.05 + 0.02 * i, 0.014),
              rate(0.005, 0.002),
              0.088,
              0.005,
              i == 3));
    }
    return touches;
  }

  private static Sources sources() {
    return new Sources(
        List.of(
            source("lead_source", "ad", 1402, 41, 0.0292),
            source("lead_source", "inbound_signup", 811, 62, 0.0764),
            source("lead_source", "referral", 203, 31, 0.1527),
            source("lead_source", "trade_fair_with_a_rather_long_name", 22, 3, 0.136)),
        9,
        List.of(
            source("first_touch", "content", 900.5, 61.5, 0.068),
            source("last_touch", "content", 801.5, 41.25, 0.051),
            source("position_based", "e-mail", 301.5, 11.25, 0.037)));
  }

  private static Source source(
      String model, String name, double leads, double conversions, double rate) {
    return new Source(
        model,
        name,
        leads,
        conversions,
        Optional.of(rate(rate, 1.96 * Math.sqrt(rate * (1 - rate) / leads))),
        Optional.of(21.5),
        Optional.of(118.2),
        Optional.of(0.21));
  }

  private static Funnel funnel() {
    return new Funnel(
        LocalDate.of(2025, 9, 1),
        LocalDate.of(2025, 11, 24),
        2411,
        List.of(
            new FunnelStage("identified", 2411, rate(1, 0), Optional.empty()),
            new FunnelStage("engaged", 1903, rate(0.789, 0.016), Optional.of(2411L)),
            new FunnelStage("warm", 911, rate(0.378, 0.019), Optional.of(1903L)),
            new FunnelStage("qualifying", 402, rate(0.167, 0.015), Optional.of(911L)),
            new FunnelStage("sales engagement", 290, rate(0.12, 0.013), Optional.of(402L)),
            new FunnelStage("converted", 137, rate(0.057, 0.009), Optional.of(290L))));
  }

  private static List<Shift> shifts() {
    List<Shift> shifts = new ArrayList<>();
    shifts.add(new Shift("feature", "email_click_30d", 0.312, 0.02, "drifted", SINCE));
    shifts.add(
        new Shift("feature", "days_since_last_inbound_engagement", 0.14, 0.02, "moved", SINCE));
    for (int i = 0; i < 14; i++) {
      shifts.add(
          new Shift("feature", "page_view_decayed_" + i, 0.05 - 0.003 * i, 0.02, "steady", SINCE));
    }
    shifts.add(new Shift("score", "probability", 0.031, 0.02, "steady", SINCE));
    shifts.add(new Shift("base_rate", "conversions", -0.02, 0.21, "steady", SINCE));
    shifts.add(new Shift("unseen_level", "source=fair", 0.012, null, "moved", SINCE));
    return shifts;
  }

  private static Estimate rate(double value, double width) {
    return new Estimate(value, Math.max(0, value - width), Math.min(1, value + width));
  }
}
