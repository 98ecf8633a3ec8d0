package io.warmlead.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.warmlead.feature.Feature;
import java.util.List;

/**
 * What a family has learned, as plain numbers: enough to compute a margin and to explain it,
 * without loading a class that a file names.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LinearPredictor.class, name = LinearPredictor.FAMILY),
  @JsonSubTypes.Type(value = TreePredictor.class, name = TreePredictor.FAMILY),
  @JsonSubTypes.Type(value = AveragePredictor.class, name = AveragePredictor.FAMILY),
  @JsonSubTypes.Type(value = SegmentPredictor.class, name = SegmentPredictor.NAME)
})
public sealed interface Predictor
    permits LinearPredictor, TreePredictor, AveragePredictor, SegmentPredictor {

  /** Name of the family as settings write it. */
  String family();

  /**
   * Prepares the numbers for scoring many rows.
   *
   * @throws IllegalArgumentException if this predictor does not fit the features
   */
  Explainer explainer(List<Feature> features);
}
