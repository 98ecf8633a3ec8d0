package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything a score needs, immutable, and at the same time the saved artefact: its JSON holds
 * plain numbers and names, so loading it runs nobody's code.
 *
 * @param format version of this form; files of another are refused
 * @param version name in the registry, given by the caller; {@code unversioned} after training
 * @param features what the model reads, in order
 * @param predictor what was learned
 * @param calibration margin to probability
 * @param thresholds probabilities at the tier boundaries
 * @param training where the model comes from
 * @param metrics overall numbers of the test dates, by name
 */
public record ScoringModel(
    int format,
    String version,
    List<Feature> features,
    Predictor predictor,
    Calibration calibration,
    TierThresholds thresholds,
    TrainingRecord training,
    Map<String, Double> metrics) {
  static final int FORMAT = 3;
  static final String UNVERSIONED = "unversioned";

  public ScoringModel {
    Require.that(format == FORMAT, "model format " + format + " is not " + FORMAT);
    Require.that(!version.isBlank(), "a model's version is blank");
    Require.that(!features.isEmpty(), "a model reads no features");
    long names = features.stream().map(Feature::name).distinct().count();
    Require.that(names == features.size(), "a model's feature names repeat");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(thresholds, "thresholds");
    Objects.requireNonNull(training, "training");
    Require.finite("metrics", metrics.values());
    features = List.copyOf(features);
    // Sorted, so that the same model is always the same text.
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    Objects.requireNonNull(predictor.explainer(features), "predictor");
  }

  /** The same model under a name of the registry. */
  public ScoringModel withVersion(String name) {
    return new ScoringModel(
        format, name, features, predictor, calibration, thresholds, training, metrics);
  }

  /**
   * The same model where conversions have become more or less likely for everyone.
   *
   * @param shift log-odds, see {@link LevelShift}
   */
  public ScoringModel moved(double shift) {
    return new ScoringModel(
        format,
        version,
        features,
        predictor,
        calibration.moved(shift),
        thresholds,
        training,
        metrics);
  }

  /** The same model with further notes. */
  public ScoringModel withNotes(List<String> notes) {
    return new ScoringModel(
        format,
        version,
        features,
        predictor,
        calibration,
        thresholds,
        training.withNotes(notes),
        metrics);
  }

  /** {@code logistic_regression}, {@code gradient_boosting} or {@code average}. */
  public String family() {
    return predictor.family();
  }

  /** The saved form: the same text for the same model, whatever the machine. */
  public String toJson() {
    return ModelJson.write(this);
  }

  /**
   * Reads the saved form.
   *
   * @throws IllegalArgumentException if anything is unknown, missing, repeated or impossible
   */
  public static ScoringModel fromJson(String json) {
    return ModelJson.read(json);
  }

  /** SHA-256 of a saved form, in hexadecimal. */
  public static String digest(String json) {
    return ModelJson.digest(json);
  }
}
