package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.insight.Promises;
import io.warmlead.lake.Lake;
import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Promise;
import io.warmlead.report.Insights.Rival;
import io.warmlead.report.Insights.Shift;
import io.warmlead.report.Insights.Top;
import io.warmlead.table.Drift;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.TierQuality;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How far to trust the model: what it promised, how well it ranks, how far the world has moved. */
final class ReportTrust {
  private static final List<String> TIERS = List.of("hot", "warm", "cold");
  private static final List<Integer> TOPS = List.of(1, 5, 10, 20, 30);

  private final Lake lake;

  ReportTrust(Lake lake) {
    this.lake = lake;
  }

  /** Metrics of a model's test dates. */
  record Tested(List<Promise> promises, List<Top> tops, List<Rival> rivals) {}

  private record Metric(Estimate estimate, long n) {}

  /** What was measured of a model on its test dates. */
  Tested tested(String version) {
    Map<String, Map<String, Metric>> bySegment = new HashMap<>();
    lake.read(ModelMetrics.TABLE)
        .where(col("version").equalTo(version).and(col("split").equalTo("test")))
        .select("segment", "metric", "value", "ci_low", "ci_high", "n")
        .collectAsList()
        .forEach(
            row ->
                bySegment
                    .computeIfAbsent(row.getString(0), segment -> new HashMap<>())
                    .put(
                        row.getString(1), new Metric(ReportRows.estimate(row, 2), row.getLong(5))));
    Map<String, Metric> overall = bySegment.getOrDefault(Promises.ALL, Map.of());
    return new Tested(promises(bySegment), tops(overall), rivals(overall));
  }

  private static List<Promise> promises(Map<String, Map<String, Metric>> bySegment) {
    List<Promise> promises = new ArrayList<>();
    for (String segment : new TreeSet<>(bySegment.keySet())) {
      for (String tier : TIERS) {
        Metric promised = bySegment.get(segment).get("expected_rate_" + tier);
        Metric came = bySegment.get(segment).get("observed_rate_" + tier);
        if (promised != null && came != null) {
          promises.add(
              new Promise(
                  Optional.empty(),
                  segment,
                  tier,
                  came.n(),
                  promised.estimate().value(),
                  came.estimate()));
        }
      }
    }
    return promises;
  }

  private static List<Top> tops(Map<String, Metric> overall) {
    List<Top> tops = new ArrayList<>();
    for (int share : TOPS) {
      Metric capture = overall.get("capture_at_" + share);
      Metric lift = overall.get("lift_at_" + share);
      if (capture != null && lift != null) {
        tops.add(new Top(share, capture.estimate(), lift.estimate()));
      }
    }
    return tops;
  }

  private static List<Rival> rivals(Map<String, Metric> overall) {
    List<Rival> rivals = new ArrayList<>();
    for (String name : List.of("recency_alone", "engagement_points")) {
      Metric capture = overall.get("capture_at_10_" + name);
      if (capture != null) {
        rivals.add(new Rival(name.replace('_', ' '), capture.estimate()));
      }
    }
    return rivals;
  }

  /** The newest published date that has been judged. */
  List<Promise> published(Instant asOf) {
    Dataset<Row> known =
        new PublishedRuns(lake)
            .only(lake.read(TierQuality.TABLE).where(col("as_of").leq(lit(Timestamp.from(asOf)))));
    Row newest = known.agg(max("score_date")).head();
    if (newest.isNullAt(0)) {
      return List.of();
    }
    Optional<LocalDate> date = Optional.of(newest.getDate(0).toLocalDate());
    return known
        .where(
            col("score_date")
                .equalTo(lit(newest.getDate(0)))
                .and(col("tier").isin("hot", "warm", "cold")))
        .orderBy("segment")
        .select("segment", "tier", "leads", "expected_rate", "observed_rate", "ci_low", "ci_high")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Promise(
                    date,
                    row.getString(0),
                    row.getString(1),
                    row.getLong(2),
                    row.getDouble(3),
                    ReportRows.estimate(row, 4)))
        .sorted(Comparator.comparingInt(promise -> TIERS.indexOf(promise.tier())))
        .toList();
  }

  /** All that was measured on a date, what moved farthest first. */
  List<Shift> shifts(LocalDate date) {
    return ReportRows.on(lake.read(Drift.TABLE), date)
        .orderBy(desc("value"), col("kind"), col("name"))
        .select("kind", "name", "value", "noise", "state", "reference_date")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Shift(
                    row.getString(0),
                    row.getString(1),
                    row.getDouble(2),
                    ReportRows.number(row, 3).orElse(null),
                    row.getString(4),
                    row.getDate(5).toLocalDate()))
        .toList();
  }
}
