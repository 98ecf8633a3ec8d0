package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.List;

/**
 * Gradient-boosted trees.
 *
 * @param trees their values add up to the margin
 */
public record TreePredictor(List<Tree> trees) implements Predictor {
  static final String FAMILY = "gradient_boosting";

  public TreePredictor {
    Require.that(!trees.isEmpty(), "a boosted model has no trees");
    trees = List.copyOf(trees);
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public Explainer explainer(List<Feature> features) {
    for (Tree tree : trees) {
      for (int index : tree.feature()) {
        Require.that(
            index < features.size(),
            "a tree asks about feature " + index + " of " + features.size());
      }
    }
    return TreeExplainer.of(trees);
  }
}
