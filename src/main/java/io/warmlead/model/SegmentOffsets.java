package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Offsets of segments that the common model misjudges. All segments share one model, which knows
 * them by their features; an offset is drawn towards 0, so that a small segment borrows the
 * strength of all (partial pooling: Gelman and Hill 2007), and stays only where it lowered the log
 * loss of the segment on later dates by more than noise.
 *
 * @param validated fitted to the dates of the first cut, for judging later dates
 * @param all the same segments, fitted to the dates of all cuts
 * @param told what came out, per segment, in sentences
 */
record SegmentOffsets(Map<String, Double> validated, Map<String, Double> all, List<String> told) {
  /** Prior: the common model is right about a segment by a factor of 1.35, two times in three. */
  private static final double SPREAD = 0.3;

  private static final int MOST_TOLD = 12;
  private static final String UNKNOWN = "unknown";

  static SegmentOffsets among(
      List<Rehearsal> rehearsals,
      Contender contender,
      Calibrator calibrator,
      List<Feature> features,
      Instant knownAt) {
    List<Calibrator.Margins> tested =
        rehearsals.stream().map(rehearsal -> rehearsal.tested(contender)).toList();
    List<String> segments = segments(tested);
    if (segments.size() < 2) {
      return new SegmentOffsets(Map.of(), Map.of(), List.of());
    }
    List<String> names = features.stream().map(Feature::name).toList();
    if (tested.size() < 2
        || segments.stream().map(SegmentOffsets::feature).filter(names::contains).count() < 2) {
      return new SegmentOffsets(Map.of(), Map.of(), sentences(List.of(), segments));
    }
    List<Told> first = told(tested.subList(0, 1), calibrator, knownAt);
    List<Told> later = told(tested.subList(1, tested.size()), calibrator, knownAt);
    Map<String, Double> validated = new TreeMap<>();
    Map<String, Double> all = new TreeMap<>();
    List<String> sentences = new ArrayList<>();
    List<String> small = new ArrayList<>();
    for (String segment : segments) {
      if (!names.contains(feature(segment))
          || conversions(first, segment) < Metrics.FEWEST_CONVERSIONS
          || conversions(later, segment) < Metrics.FEWEST_CONVERSIONS) {
        small.add(segment);
        continue;
      }
      double offset = fitted(first, segment, calibrator);
      Gain gain = gain(later, segment, offset);
      if (gain.isMoreThanNoise()) {
        validated.put(segment, offset);
        all.put(segment, fitted(told(tested, calibrator, knownAt), segment, calibrator));
      }
      sentences.add(
          String.format(
              Locale.ROOT,
              "Segment %s: %san offset of its own (%+.3f) lowered its log loss on later dates by"
                  + " %.5f, %s than noise.",
              segment,
              gain.isMoreThanNoise() ? "" : "judged by the common model alone; ",
              offset,
              gain.mean(),
              gain.isMoreThanNoise() ? "more" : "not more"));
    }
    return new SegmentOffsets(validated, all, sentences(sentences, small));
  }

  /** The feature that is 1 for the leads of a segment. */
  static String feature(String segment) {
    return "segment=" + (segment.equals(UNKNOWN) ? "missing" : segment);
  }

  private static List<String> sentences(List<String> told, List<String> small) {
    List<String> sentences = new ArrayList<>(told.subList(0, Math.min(MOST_TOLD, told.size())));
    if (!small.isEmpty()) {
      sentences.add(
          "Segments judged by the common model alone, because too few leads converted to tell more: "
              + String.join(", ", small.subList(0, Math.min(MOST_TOLD, small.size())))
              + (small.size() > MOST_TOLD ? ", …" : "")
              + ".");
    }
    return sentences;
  }

  private static List<String> segments(List<Calibrator.Margins> tested) {
    TreeSet<String> segments = new TreeSet<>();
    tested.forEach(margins -> segments.addAll(Arrays.asList(margins.rows().segment())));
    return List.copyOf(segments);
  }

  /**
   * What the common model says of the rows of one cut, with a level of its own for every date.
   *
   * @param slope of the margin
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
  private record Told(Predictions rows, double[] logOdds, double slope, boolean[] converted) {

    int[] of(String segment) {
      return IntStream.range(0, rows.size())
          .filter(row -> rows.segment()[row].equals(segment))
          .toArray();
    }
  }

  private static List<Told> told(
      List<Calibrator.Margins> tested, Calibrator calibrator, Instant knownAt) {
    long known = Calibrator.micros(knownAt);
    return tested.stream()
        .map(
            margins -> {
              boolean[] converted = new boolean[margins.rows().size()];
              for (int row = 0; row < converted.length; row++) {
                converted[row] = margins.rows().hasConvertedBy(row, known);
              }
              return new Told(
                  margins.rows(),
                  calibrator.logOdds(margins, knownAt),
                  calibrator.slope(List.of(margins), knownAt),
                  converted);
            })
        .toList();
  }

  private static long conversions(List<Told> parts, String segment) {
    return parts.stream()
        .mapToLong(
            part -> Arrays.stream(part.of(segment)).filter(row -> part.converted()[row]).count())
        .sum();
  }

  /** On the scale of the margin. */
  private static double fitted(List<Told> parts, String segment, Calibrator calibrator) {
    Level level = new Level(SPREAD);
    double slopes = 0;
    for (Told part : parts) {
      for (int row : part.of(segment)) {
        level.add(part.logOdds()[row], 1, 1, part.converted()[row] ? 1 : 0);
      }
      slopes += part.slope();
    }
    return level.shift(0, calibrator.independence()) * parts.size() / slopes;
  }

  /** Nats per row. */
  private record Gain(double mean, boolean isMoreThanNoise) {}

  private static Gain gain(List<Told> parts, String segment, double offset) {
    int n = parts.stream().mapToInt(part -> part.of(segment).length).sum();
    double[] common = new double[n];
    double[] own = new double[n];
    long[] lead = new long[n];
    int at = 0;
    for (Told part : parts) {
      for (int row : part.of(segment)) {
        common[at] = loss(part.logOdds()[row], part.converted()[row]);
        own[at] = loss(part.logOdds()[row] + part.slope() * offset, part.converted()[row]);
        lead[at] = part.rows().lead()[row];
        at++;
      }
    }
    double mean = 0;
    for (int row = 0; row < n; row++) {
      mean += (common[row] - own[row]) / n;
    }
    return new Gain(mean, Metrics.surelyGained(common, own, lead) > 0);
  }

  private static double loss(double logOdds, boolean converted) {
    double p = Calibration.clipped(1 / (1 + Math.exp(-logOdds)));
    return -Math.log(converted ? p : 1 - p);
  }
}
