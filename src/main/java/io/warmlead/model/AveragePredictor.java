package io.warmlead.model;

import io.warmlead.feature.Feature;
import java.util.List;

/**
 * The mean log-odds of several predictors, whose errors differ. Contributions are averaged
 * likewise: Shapley values are linear in the model.
 */
public record AveragePredictor(List<Predictor> members) implements Predictor {
  static final String FAMILY = "average";

  public AveragePredictor {
    Require.that(members.size() > 1, "an average has fewer than two members");
    Require.that(
        members.stream().noneMatch(AveragePredictor.class::isInstance), "an average of averages");
    members = List.copyOf(members);
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public Explainer explainer(List<Feature> features) {
    return new Mean(members.stream().map(member -> member.explainer(features)).toList());
  }

  /** Explains by averaging. */
  private record Mean(List<Explainer> members) implements Explainer {

    @Override
    public double base() {
      double sum = 0;
      for (Explainer member : members) {
        sum += member.base();
      }
      return sum / members.size();
    }

    @Override
    public double margin(double[] features) {
      double sum = 0;
      for (Explainer member : members) {
        sum += member.margin(features);
      }
      return sum / members.size();
    }

    @Override
    public double explain(double[] features, double[] contributions) {
      double[] own = new double[contributions.length];
      double[] all = new double[contributions.length];
      double sum = 0;
      for (Explainer member : members) {
        sum += member.explain(features, own);
        for (int i = 0; i < all.length; i++) {
          all[i] += own[i];
        }
      }
      for (int i = 0; i < all.length; i++) {
        contributions[i] = all[i] / members.size();
      }
      return sum / members.size();
    }
  }
}
