package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A predictor for everyone with offsets for some segments.
 *
 * @param everyone what all leads share
 * @param offsets by the feature that is 1 for the leads of a segment, log-odds
 */
public record SegmentPredictor(Predictor everyone, Map<String, Double> offsets)
    implements Predictor {
  static final String NAME = "segment_offsets";

  public SegmentPredictor {
    Require.that(!(everyone instanceof SegmentPredictor), "offsets upon offsets");
    Require.that(!offsets.isEmpty(), "no segment has an offset");
    Require.finite("segment offset", offsets.values());
    // Sorted, so that the same model is always the same text.
    offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
  }

  @Override
  public String family() {
    return everyone.family();
  }

  @Override
  public Explainer explainer(List<Feature> features) {
    double[] byFeature = new double[features.size()];
    List<String> names = features.stream().map(Feature::name).toList();
    offsets.forEach(
        (name, offset) -> {
          Require.that(names.contains(name), "there is no feature " + name + " for an offset");
          byFeature[names.indexOf(name)] = offset;
        });
    return new Offset(everyone.explainer(features), byFeature);
  }

  /** Adds the offset to the contribution of the feature that tells the segment. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the room
  private record Offset(Explainer everyone, double[] byFeature) implements Explainer {

    @Override
    public double base() {
      return everyone.base();
    }

    @Override
    public double margin(double[] features) {
      return everyone.margin(features) + offset(features);
    }

    @Override
    public double explain(double[] features, double[] contributions) {
      double margin = everyone.explain(features, contributions);
      for (int feature = 0; feature < byFeature.length; feature++) {
        contributions[feature] += byFeature[feature] * features[feature];
      }
      return margin + offset(features);
    }

    private double offset(double[] features) {
      double sum = 0;
      for (int feature = 0; feature < byFeature.length; feature++) {
        sum += byFeature[feature] * features[feature];
      }
      return sum;
    }
  }
}
