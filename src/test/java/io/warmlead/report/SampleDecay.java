package io.warmlead.report;

import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.Point;
import io.warmlead.report.NightView.SilenceRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How interest in a made-up company decays. */
final class SampleDecay {
  private SampleDecay() {}

  static List<HalfLife> halfLives() {
    String fit =
        "mixture cure, maximum likelihood, shape by -2 log-likelihood of the log's last quarter:"
            + " weibull 911.3, exponential 960.9; interval by profile likelihood";
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
    return lives.stream().map(life -> counted(life, lives)).toList();
  }

  private static HalfLife counted(HalfLife life, List<HalfLife> lives) {
    long alike =
        lives.stream()
            .filter(other -> other.dimension().equals(life.dimension()))
            .filter(other -> other.days().isPresent() == life.days().isPresent())
            .count();
    return ofAll(life, alike);
  }

  /** A half-life that is one of so many. */
  static HalfLife ofAll(HalfLife life, long alike) {
    return new HalfLife(
        life.dimension(),
        life.value(),
        life.shape(),
        life.days(),
        life.ciLow(),
        life.ciHigh(),
        life.neverConverts(),
        life.n(),
        life.method(),
        alike);
  }

  static HalfLife life(String dimension, String value, Double days, long n, String method) {
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
        method,
        1);
  }

  static List<Curve> curves() {
    return List.of(
        new Curve("overall", "all", 1, curve(3000, 0.22, 34)),
        segment("small_business", curve(1802, 0.27, 18)),
        segment("mid_market", curve(911, 0.2, 41)),
        segment("enterprise", curve(202, 0.14, 128)),
        segment("public", curve(61, 0.11, 60)));
  }

  static Curve segment(String value, List<Point> points) {
    return new Curve("segment", value, 5, points);
  }

  /** As the job stores them: up to 200 points, and fewer and fewer leads are watched. */
  static List<Point> curve(int leads, double converts, double halfLife) {
    int points = Math.min(200, (int) (leads * converts) + 1);
    return IntStream.rangeClosed(0, points)
        .mapToObj(
            i -> {
              double day = 365 * Math.pow((double) i / points, 2.2);
              double converted = converts * (1 - Math.pow(0.5, day / halfLife));
              double width = 1.96 * Math.sqrt(converted * (1 - converted) / leads);
              return i == 0
                  ? new Point(0, 0, null, null, leads)
                  : new Point(
                      day,
                      converted,
                      Math.max(0, converted - width),
                      converted + width,
                      (long) (leads * (1 - day / 365)));
            })
        .collect(Collectors.toList());
  }

  static List<SilenceRate> silence() {
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
