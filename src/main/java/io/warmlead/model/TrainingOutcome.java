package io.warmlead.model;

import java.util.List;
import java.util.Optional;

/** What training came to: a model, or the reason why there is none. */
public sealed interface TrainingOutcome {

  /**
   * A model fit to be published.
   *
   * @param model still {@code unversioned}
   * @param metrics of the rehearsals' validation and test dates, never of what was learned from
   * @param staysChallenger why it must not take the champion's place, in words; empty where there
   *     is no champion or it was beaten
   */
  record Trained(ScoringModel model, List<MetricRow> metrics, Optional<String> staysChallenger)
      implements TrainingOutcome {
    public Trained {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * No model.
   *
   * @param reason what was found and what would be needed, in words
   * @param metrics what was measured before refusing, if anything
   */
  record Refused(String reason, List<MetricRow> metrics) implements TrainingOutcome {
    public Refused {
      metrics = List.copyOf(metrics);
    }
  }
}
