package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.lake.Lake;
import io.warmlead.pipeline.Nightly.Part;
import io.warmlead.pipeline.Progress.Planned;
import io.warmlead.table.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The stages that a run will go through, and how long those of earlier runs took. */
final class RunPlan {
  private static final String TRAIN = "train";

  /** Newest rows of the ledger that are looked at: some ten nights. */
  private static final int MOST_ROWS = 120;

  private RunPlan() {}

  /** The stages of some parts, each with the median of the times that it took. */
  static List<Planned> of(Set<Part> parts, Lake lake) {
    Map<String, List<Duration>> times = lake.exists(Runs.TABLE) ? times(lake) : Map.of();
    return stages(parts).stream()
        .map(
            stage ->
                new Planned(
                    stage,
                    // Whether training is due depends on what was ingested.
                    !stage.equals(TRAIN) || parts.contains(Part.TRAIN),
                    Optional.ofNullable(times.get(stage)).map(RunPlan::median)))
        .toList();
  }

  private static List<String> stages(Set<Part> parts) {
    List<String> stages = new ArrayList<>();
    if (parts.contains(Part.INGEST)) {
      stages.addAll(List.of("ingest", "activity"));
    }
    if (parts.contains(Part.TRAIN) || parts.contains(Part.TRAIN_IF_DUE)) {
      stages.add(TRAIN);
    }
    if (parts.contains(Part.SCORE)) {
      stages.add("score");
    }
    if (parts.contains(Part.DECAY)) {
      stages.addAll(List.of("decay", "insight", "quality"));
    }
    if (parts.contains(Part.SCORE)) {
      stages.addAll(List.of("drift", "publish"));
    }
    return stages;
  }

  private static Map<String, List<Duration>> times(Lake lake) {
    return lake
        .read(Runs.TABLE)
        .where(
            col("stage")
                .notEqual(Runs.WHOLE)
                .and(col("status").isin(RunLedger.SUCCEEDED, RunLedger.REFUSED)))
        .orderBy(col("started_at").desc(), col("run_id"), col("stage"))
        .limit(MOST_ROWS)
        .select("stage", "started_at", "finished_at")
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                Collectors.mapping(RunPlan::duration, Collectors.toList())));
  }

  private static Duration duration(Row row) {
    return Duration.between(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant());
  }

  /** The lower one of two in the middle. */
  private static Duration median(List<Duration> times) {
    List<Duration> sorted = new ArrayList<>(times);
    sorted.sort(null);
    return sorted.get((sorted.size() - 1) / 2);
  }
}
