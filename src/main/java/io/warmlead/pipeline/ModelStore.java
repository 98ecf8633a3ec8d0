package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.warmlead.config.UserFailure;
import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.lake.Lake;
import io.warmlead.model.ModelEntry;
import io.warmlead.model.Registry;
import io.warmlead.model.ScoringModel;
import io.warmlead.table.Models;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Saves and loads models; the {@code models} table is the registry. */
final class ModelStore {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final RunContext run;
  private final Lake lake;

  ModelStore(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * A model with the features that it reads.
   *
   * @param plan which features to make for it
   */
  record StoredModel(ScoringModel model, FeaturePlan plan) {}

  /** Where a model was saved, and the digest of what was saved. */
  record Saved(String uri, String digest) {}

  /** Lines of the registry. */
  List<ModelEntry> entries() {
    return lake
        .read(Models.TABLE)
        .select("version", "status", "trained_as_of", "uri")
        .collectAsList()
        .stream()
        .map(
            row ->
                new ModelEntry(
                    row.getString(0),
                    ModelEntry.Status.of(row.getString(1)),
                    row.getTimestamp(2).toInstant(),
                    !row.isNullAt(3)))
        .toList();
  }

  /** Digest of every version; empty where a gate refused it, so that nothing is stored. */
  Map<String, Optional<String>> digests() {
    Map<String, Optional<String>> digests = new HashMap<>();
    lake.read(Models.TABLE)
        .select("version", "digest")
        .collectAsList()
        .forEach(row -> digests.put(row.getString(0), Optional.ofNullable(row.getString(1))));
    return digests;
  }

  /** Versions whose file is gone or is not the one that was published, each with its place. */
  List<String> damaged() {
    return lake
        .read(Models.TABLE)
        .where(col("uri").isNotNull())
        .select("version", "uri", "digest")
        .orderBy("version")
        .collectAsList()
        .stream()
        .filter(
            line ->
                !run.artefacts()
                    .find(line.getString(1))
                    .map(text -> ScoringModel.digest(text).equals(line.getString(2)))
                    .orElse(false))
        .map(line -> line.getString(0) + " at " + line.getString(1))
        .toList();
  }

  /** Digest of what {@link #save} would write. */
  static String digest(StoredModel stored) {
    return ScoringModel.digest(text(stored));
  }

  /**
   * The model that scores as of an instant. None where today's settings do not fit the champion and
   * a training for the same instant was refused: there is no other way left then than to score by
   * behaviour rules.
   *
   * @throws UserFailure when its file was changed or is gone, or today's settings do not fit it and
   *     no training was tried
   */
  Optional<StoredModel> championAsOf(Instant asOf) {
    List<ModelEntry> entries = entries();
    return Registry.championAsOf(entries, asOf)
        .flatMap(
            entry ->
                Registry.wasRefusedAt(entries, asOf)
                    ? loadIfFitting(entry.version())
                    : Optional.of(loadToScore(entry.version())));
  }

  private Optional<StoredModel> loadIfFitting(String version) {
    StoredModel stored = load(version);
    Optional<String> misfit = ModelFit.misfit(stored, run.settings());
    misfit.ifPresent(
        why ->
            run.progress()
                .note(
                    "Scored by behaviour rules alone: "
                        + why
                        + ", and a training under today's settings was refused. Set it back, or"
                        + " wait until the data allow a model: every night tries."));
    return misfit.isPresent() ? Optional.empty() : Optional.of(stored);
  }

  /**
   * Why today's settings do not fit a version; empty where they do, or where its file was changed
   * or is gone, which those say who have to load it.
   */
  Optional<String> misfit(String version) {
    try {
      return ModelFit.misfit(load(version), run.settings());
    } catch (UserFailure unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Loads a version that must fit today's settings.
   *
   * @throws UserFailure when its file was changed or is gone, or today's settings do not fit it
   */
  StoredModel loadToScore(String version) {
    StoredModel stored = load(version);
    ModelFit.require(stored, run.settings());
    return stored;
  }

  /** Saves a model in a folder of its own. */
  Saved save(StoredModel stored) {
    String text = text(stored);
    String uri = run.artefacts().write("models/" + stored.model().version() + "/model.json", text);
    return new Saved(uri, ScoringModel.digest(text));
  }

  /**
   * Loads a version, if its file is the one that was published.
   *
   * @throws UserFailure when its file was changed or is gone, or when this version of Warmlead
   *     makes other features
   */
  StoredModel load(String version) {
    Row line =
        lake.read(Models.TABLE)
            .where(col("version").equalTo(version))
            .select("uri", "digest")
            .head();
    String text = run.artefacts().read(line.getString(0));
    if (!ScoringModel.digest(text).equals(line.getString(1))) {
      throw UserFailure.input(
          "The file of model "
              + version
              + " ("
              + line.getString(0)
              + ") is not the one that was published: its digest differs. Restore it, or train"
              + " again with `warmlead train`.");
    }
    try {
      Document document = JSON.readValue(text, Document.class);
      StoredModel stored =
          new StoredModel(ScoringModel.fromJson(document.model()), document.plan());
      requireSameFeatures(stored);
      return stored;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("model " + version + " cannot be read", e);
    }
  }

  /** A number under another meaning would score silently wrong. */
  private static void requireSameFeatures(StoredModel stored) {
    List<String> made = names(FeatureSet.of(stored.plan()).features());
    List<String> read = names(stored.model().features());
    if (!made.equals(read)) {
      throw UserFailure.input(
          "Model "
              + stored.model().version()
              + " reads features that this version of Warmlead does not make. Train again with"
              + " `warmlead train`.");
    }
  }

  private static List<String> names(List<Feature> features) {
    return features.stream().map(Feature::name).toList();
  }

  private static String text(StoredModel stored) {
    try {
      return JSON.writeValueAsString(new Document(stored.model().toJson(), stored.plan()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("model cannot be written", e);
    }
  }

  /** What stands in the file. */
  record Document(String model, FeaturePlan plan) {}
}
