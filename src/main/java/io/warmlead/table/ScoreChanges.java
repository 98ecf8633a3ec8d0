package io.warmlead.table;

/** Why scores changed. */
public final class ScoreChanges {
  private ScoreChanges() {}

  public static final TableContract TABLE =
      TableContract.named(
              "score_changes",
              "By how much the probability of one open lead changed since the scoring before, and"
                  + " by what; the parts add up to delta. Only leads that had a probability on both"
                  + " dates. Each part is the difference of two probabilities that were really"
                  + " computed. A change of the tier rules never changes a probability. A second run"
                  + " of a date replaces it.")
          .required("lead_id", "STRING", "The lead")
          .required("score_date", "DATE", "Date of the later score")
          .required("previous_score_date", "DATE", "Date of the scoring before")
          .optional("segment", "STRING", "Segment on score_date")
          .required("previous_probability", "DOUBLE", "As published before")
          .required("probability", "DOUBLE", "As published on score_date")
          .required("delta", "DOUBLE", "probability - previous_probability")
          .required(
              "by_corrections",
              "DOUBLE",
              "What became known of the time before the previous score only after it: late"
                  + " engagements, other meanings of events, attributes restated")
          .required(
              "by_decay",
              "DOUBLE",
              "Time passing: the same history and attributes, seen from score_date")
          .required("by_attributes", "DOUBLE", "Attributes that changed since")
          .required("by_new_events", "DOUBLE", "Engagements since")
          .required(
              "by_model",
              "DOUBLE",
              "Another model version, or the level of the same one moved (lead_scores.level_shift)")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("lead_id", "score_date")
          .partitionedBy("score_date")
          .statistics("score_date", "previous_score_date")
          .check(
              "parts_add_up",
              "abs(delta - (by_corrections + by_decay + by_attributes + by_new_events + by_model))"
                  + " <= 1e-9")
          .check("is_the_difference", "abs(delta - (probability - previous_probability)) <= 1e-9")
          .check("is_later", "score_date > previous_score_date")
          .build();
}
