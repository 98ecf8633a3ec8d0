package io.warmlead.config;

import java.util.List;

/**
 * How models are trained.
 *
 * @param snapshotEveryDays days between training snapshots
 * @param maxSnapshots newest snapshots used at most
 * @param maxRows training rows at most; above it leads take turns at the snapshots, then are
 *     sampled by a hash of their id
 * @param minConversions leads that converted, needed at least
 * @param minNonConversions leads with a snapshot that none followed, needed at least
 * @param families candidates: {@code logistic_regression}, {@code gradient_boosting}
 * @param reasons how many reasons a score names
 * @param retrainAfterDays age at which a champion is retrained
 * @param seed seed of every sampling
 * @param protectedAttributes attributes that no reason names
 * @param allowColumns attributes and signals that stay although they look like the outcome itself
 */
public record ModelSettings(
    int snapshotEveryDays,
    int maxSnapshots,
    int maxRows,
    int minConversions,
    int minNonConversions,
    List<String> families,
    int reasons,
    int retrainAfterDays,
    long seed,
    List<String> protectedAttributes,
    List<String> allowColumns) {

  public ModelSettings {
    Check.atLeast("model.snapshot_every_days", snapshotEveryDays, 1);
    Check.atLeast("model.max_snapshots", maxSnapshots, 3);
    Check.atLeast("model.max_rows", maxRows, 1_000);
    Check.atLeast("model.min_conversions", minConversions, 2);
    Check.atLeast("model.min_non_conversions", minNonConversions, 2);
    Check.oneOrMoreOf(
        "model.families", families, List.of("logistic_regression", "gradient_boosting"));
    Check.atLeast("model.reasons", reasons, 1);
    Check.atLeast("model.retrain_after_days", retrainAfterDays, 1);
    Check.named("model.protected_attributes", protectedAttributes);
    Check.named("model.allow_columns", allowColumns);
    families = List.copyOf(families);
    protectedAttributes = List.copyOf(protectedAttributes);
    allowColumns = List.copyOf(allowColumns);
  }
}
