package io.warmlead.bench;

import io.warmlead.bench.Race.Laps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a race came to.
 *
 * @param from where history was taken from
 * @param first what is judged
 * @param second what it is compared with
 * @param agreement whether both computed the same
 * @param target how many times the second's median the first's may take
 */
record RaceResult(
    FeaturePass.From from, Laps first, Laps second, Agreement agreement, double target) {

  double ratio() {
    return first.median() / second.median();
  }

  boolean isGood() {
    return ratio() <= target && agreement.holds();
  }

  /** Lines for a person. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "Features from %s%n", from));
    text.append(
        String.format(
            Locale.ROOT,
            "  %-10s %10s %14s %9s %9s  %s%n",
            "engine",
            "median s",
            "processors s",
            "peak MB",
            "read MB",
            "all rounds, s"));
    for (Laps laps : List.of(first, second)) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-10s %10.2f %14.2f %9s %9s  %s%n",
              laps.engine(),
              laps.median(),
              laps.processorMedian(),
              megabytes(laps.peakBytes()),
              megabytes(laps.bytesRead()),
              String.join(
                  " ",
                  laps.seconds().stream()
                      .map(one -> String.format(Locale.ROOT, "%.2f", one))
                      .toList())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  ratio %.2f, target %.2f: %s (of processor time %.2f)%n",
            ratio(),
            target,
            ratio() <= target ? "met" : "MISSED",
            first.processorMedian() / second.processorMedian()));
    text.append(
        String.format(
            Locale.ROOT,
            "  %d leads, %d in one table only; %d of %d numbers differ, at most by %.1e (tolerance"
                + " %.0e): %s%n",
            agreement.leads(),
            agreement.unmatched(),
            agreement.unequal(),
            agreement.cells(),
            agreement.difference(),
            Agreement.TOLERANCE,
            agreement.holds() ? "they agree" : "THEY DISAGREE"));
    text.append(
        String.format(
            Locale.ROOT,
            "  worst: %s of %s, %s beside %s%n",
            agreement.worst(),
            agreement.lead(),
            agreement.first(),
            agreement.second()));
    return text.toString();
  }

  /** The same for a machine. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", from.toString());
    for (Laps laps : List.of(first, second)) {
      Map<String, Object> engine = new LinkedHashMap<>();
      engine.put("median_seconds", laps.median());
      engine.put("seconds", laps.seconds());
      engine.put("median_processor_seconds", laps.processorMedian());
      laps.peakBytes().ifPresent(bytes -> engine.put("peak_bytes", bytes));
      laps.bytesRead().ifPresent(bytes -> engine.put("bytes_read", bytes));
      json.put(laps.engine(), engine);
    }
    json.put("ratio", ratio());
    json.put("target", target);
    Map<String, Object> agreed = new LinkedHashMap<>();
    agreed.put("leads", agreement.leads());
    agreed.put("unmatched", agreement.unmatched());
    agreed.put("numbers", agreement.cells());
    agreed.put("unequal", agreement.unequal());
    agreed.put("worst_feature", agreement.worst());
    // JSON has no infinity.
    agreed.put("largest_difference", String.valueOf(agreement.difference()));
    agreed.put("tolerance", Agreement.TOLERANCE);
    agreed.put("holds", agreement.holds());
    json.put("agreement", agreed);
    json.put("is_good", isGood());
    return json;
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? String.format(Locale.ROOT, "%.0f", bytes.getAsLong() / 1e6)
        : "unknown";
  }
}
