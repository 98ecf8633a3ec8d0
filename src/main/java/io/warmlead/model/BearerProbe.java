package io.warmlead.model;

import io.warmlead.feature.Phrase;
import io.warmlead.feature.PlanColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Columns with a value that is (nearly) only on leads that converted, and attributes that are
 * filled (nearly) only on those. Leads are counted, not snapshots, each as it was last seen open.
 *
 * <p>Engagements are dated: a lead that converted, and had a signal already at a snapshot that no
 * conversion followed, speaks for the signal. So of leads that stay open and convert again and
 * again, what all active ones do is no suspect.
 */
final class BearerProbe {
  /** Share of the leads with a value that convert: nothing honest settles the matter. */
  private static final double NEARLY_ALL = 0.9;

  /**
   * The same of a signal. Engagements are dated, so one that honestly comes before most conversions
   * may settle much: of the students who hand in a project nine in ten pass.
   */
  private static final double NEARLY_ALL_OF_SIGNAL = 0.97;

  /** The same at the lower end of its 95 % interval. */
  private static final double NEARLY_ALL_AT_LEAST = 0.75;

  /** Leads without the value must convert this many times less often. */
  private static final double CONTRAST = 3;

  /** Filled late: on this share of the converting leads at least … */
  private static final double LATE_CONVERTING = 0.5;

  /** … on this share of the others at most … */
  private static final double LATE_OTHER = 0.02;

  /**
   * … and this share of the leads that have it convert. What sales fills in once a lead is worth a
   * talk is rare among the others as well, but most talks come to nothing.
   */
  private static final double LATE_MOST = 0.6;

  private static final String HAPPENED = "happened";
  private static final String MISSING = "missing";

  private final LeakSample sample;
  private final List<String> features;
  private final Counts all = new Counts();

  BearerProbe(LeakSample sample, List<String> features) {
    this.sample = sample;
    this.features = features;
    sample.leads().forEach(lead -> all.add(lead.converted()));
  }

  /** Sampled leads by outcome. */
  private static final class Counts {
    private int converting;
    private int other;

    /** Converting leads that had it at a snapshot without a conversion as well. */
    private int early;

    void add(boolean converted) {
      if (converted) {
        converting++;
      } else {
        other++;
      }
    }

    Counts without(Counts part) {
      Counts rest = new Counts();
      rest.converting = converting - part.converting;
      rest.other = other - part.other;
      return rest;
    }

    double conversion(double weight) {
      return converting == 0 ? 0 : converting / (converting + early + other * weight);
    }
  }

  /** The suspects with their evidence. */
  Map<PlanColumn, String> suspects(Map<String, PlanColumn> columns) {
    Map<PlanColumn, List<Integer>> parts = new LinkedHashMap<>();
    for (int feature = 0; feature < features.size(); feature++) {
      PlanColumn column = columns.get(features.get(feature));
      if (column != null) {
        parts.computeIfAbsent(column, one -> new ArrayList<>()).add(feature);
      }
    }
    Map<PlanColumn, String> suspects = new LinkedHashMap<>();
    parts.forEach(
        (column, indices) ->
            evidence(column, indices).ifPresent(text -> suspects.put(column, text)));
    return suspects;
  }

  private Optional<String> evidence(PlanColumn column, List<Integer> parts) {
    Map<String, Counts> byValue = new TreeMap<>();
    for (LeakSample.Lead lead : sample.leads()) {
      byValue
          .computeIfAbsent(value(column, parts, lead.last()), one -> new Counts())
          .add(lead.converted());
    }
    if (!column.isAttribute()) {
      Counts happened = byValue.getOrDefault(HAPPENED, new Counts());
      happened.early = early(column, parts);
      return nearlyAll("that had it", happened, NEARLY_ALL_OF_SIGNAL);
    }
    Map.Entry<String, Counts> usual =
        byValue.entrySet().stream()
            .max(Comparator.comparingInt(entry -> entry.getValue().other))
            .orElseThrow();
    Counts unusual = all.without(usual.getValue());
    String where =
        usual.getKey().equals(MISSING) ? "where it is filled" : "where it is not " + usual.getKey();
    Optional<String> found = late(where, unusual).or(() -> nearlyAll(where, unusual, NEARLY_ALL));
    for (Map.Entry<String, Counts> value : byValue.entrySet()) {
      found =
          found.or(() -> nearlyAll("where it is " + value.getKey(), value.getValue(), NEARLY_ALL));
    }
    return found;
  }

  private int early(PlanColumn column, List<Integer> parts) {
    return (int)
        sample.leads().stream()
            .filter(lead -> lead.converted() && lead.without() != null)
            .filter(lead -> value(column, parts, lead.without()).equals(HAPPENED))
            .count();
  }

  /** What a lead has in a column; the features of a column are known by their names. */
  private String value(PlanColumn column, List<Integer> parts, double[] snapshot) {
    String name = column.name();
    for (int part : parts) {
      String feature = features.get(part);
      if (!column.isAttribute()) {
        if (feature.startsWith("days_since__")) {
          return snapshot[part] < Phrase.NEVER_DAYS ? HAPPENED : MISSING;
        }
      } else if (snapshot[part] == 1) {
        if (feature.startsWith(name + "=")) {
          return feature.substring(name.length() + 1);
        }
        if (feature.equals(name + "_is_missing")) {
          return MISSING;
        }
      }
    }
    return String.valueOf(snapshot[parts.get(0)]);
  }

  private Optional<String> nearlyAll(String where, Counts having, double nearlyAll) {
    Counts rest = all.without(having);
    double share = having.conversion(sample.weight());
    double least = Ranking.wilson(share, Math.max(1, having.converting + having.other), -1);
    boolean isSuspect =
        having.converting >= LeakageGate.FEWEST
            && share >= nearlyAll
            && least >= NEARLY_ALL_AT_LEAST
            && rest.conversion(sample.weight()) * CONTRAST <= share;
    return isSuspect
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%.1f %% of the leads %s converted (%d converting leads), of the others %.1f %%",
                100 * share,
                where,
                having.converting,
                100 * rest.conversion(sample.weight())))
        : Optional.empty();
  }

  private Optional<String> late(String where, Counts having) {
    boolean isSuspect =
        having.converting >= LeakageGate.FEWEST
            && having.converting >= LATE_CONVERTING * all.converting
            && having.other <= LATE_OTHER * all.other
            && having.conversion(sample.weight()) >= LATE_MOST;
    return isSuspect
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "of the leads that converted %.1f %% are leads %s, of the others %.1f %% (%d"
                    + " converting leads)",
                100.0 * having.converting / all.converting,
                where,
                100.0 * having.other / Math.max(1, all.other),
                having.converting))
        : Optional.empty();
  }
}
