package io.warmlead.pipeline;

import io.warmlead.feature.FeaturePlan;
import io.warmlead.model.LeakageGate;
import io.warmlead.model.Suspect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes training rows without the columns that seem to know the outcome, and says which. */
final class LeakReview {
  /** Without the loudest leak a quieter one may be heard; for ever it may not go on. */
  private static final int ROUNDS = 3;

  private final LeakageGate gate;
  private final Set<String> allowed;
  private final Progress progress;

  LeakReview(LeakageGate gate, List<String> allowed, Progress progress) {
    this.gate = gate;
    this.allowed = Set.copyOf(allowed);
    this.progress = progress;
  }

  /**
   * What may be learned from.
   *
   * @param rows cached; the caller releases them
   * @param excluded columns that no feature of the plan reads, with the evidence
   * @param kept columns that were suspected and stay, because the settings say so
   * @param refusedBecause why nothing may be learned from them
   */
  record Reviewed(
      FeaturePlan plan,
      Dataset<Row> rows,
      List<Suspect> excluded,
      List<Suspect> kept,
      Optional<String> refusedBecause) {

    /** What a reader of the model card must know. */
    List<String> notes() {
      return Stream.concat(
              excluded.stream()
                  .map(suspect -> "Left out, it seems to know the outcome: " + suspect + "."),
              kept.stream()
                  .map(
                      suspect ->
                          "Kept by model.allow_columns although suspected: " + suspect + "."))
          .toList();
    }
  }

  /**
   * Reviews.
   *
   * @param plan all features that the data support
   * @param rows cached training rows of a plan
   */
  Reviewed review(FeaturePlan plan, Function<FeaturePlan, Dataset<Row>> rows) {
    noteUnknown(plan);
    List<Suspect> excluded = new ArrayList<>();
    FeaturePlan current = plan;
    for (int round = 0; ; round++) {
      Dataset<Row> made = rows.apply(current);
      List<Suspect> suspects = gate.suspects(current, made);
      List<Suspect> kept = suspects.stream().filter(this::isAllowed).toList();
      List<Suspect> found = suspects.stream().filter(suspect -> !isAllowed(suspect)).toList();
      if (found.isEmpty() || round == ROUNDS) {
        Reviewed reviewed = new Reviewed(current, made, excluded, kept, refusal(found));
        reviewed.notes().forEach(progress::note);
        return reviewed;
      }
      made.unpersist();
      excluded.addAll(found);
      current = current.without(found.stream().map(Suspect::column).collect(Collectors.toSet()));
    }
  }

  private boolean isAllowed(Suspect suspect) {
    return allowed.contains(suspect.column().name());
  }

  private static Optional<String> refusal(List<Suspect> found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Columns seem to know the outcome, and after leaving some out others do: "
                + found.stream().map(Suspect::toString).collect(Collectors.joining("; "))
                + ". Take such columns out with inputs.leads.exclude and a rule of signals.map to"
                + " ignore, or name those that are honest in model.allow_columns.");
  }

  /** A name that was mistyped would allow nothing, and nobody would know why. */
  private void noteUnknown(FeaturePlan plan) {
    Set<String> known =
        Stream.of(plan.signals(), plan.numbers(), plan.levels().keySet())
            .flatMap(Collection::stream)
            .collect(Collectors.toSet());
    allowed.stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(
            name ->
                progress.note(
                    "model.allow_columns names " + name + ", which no attribute or signal is."));
  }

  /** Names and evidence as {@code models.excluded} has them. */
  static Row[] stored(List<Suspect> excluded) {
    return excluded.stream()
        .map(
            suspect ->
                RowFactory.create(
                    suspect.column().name(), suspect.column() + ": " + suspect.evidence()))
        .toArray(Row[]::new);
  }
}
