package io.warmlead.table;

/** How far the world has moved since a model took over. */
public final class Drift {
  private Drift() {}

  public static final TableContract TABLE =
      TableContract.named(
              "drift",
              "How far open leads, their scores and their conversions have moved from the night on"
                  + " which the model first scored; one row per measured thing and date.")
          .required("score_date", "DATE", "Date that is compared")
          .required(
              "kind",
              "STRING",
              "feature, score (the probability), base_rate (conversions in the last 28 days per open"
                  + " lead) or unseen_level (a value of an attribute that no lead had when the model"
                  + " was trained)")
          .required(
              "name", "STRING", "Name of the feature; probability; conversions; or attribute=value")
          .required(
              "value",
              "DOUBLE",
              "feature and score: population stability index; base_rate: natural logarithm of the"
                  + " ratio; unseen_level: share of the open leads")
          .optional(
              "noise",
              "DOUBLE",
              "What value (base_rate: its absolute value) exceeds by chance one time in a thousand if"
                  + " nothing moved; NULL for unseen_level")
          .optional(
              "reference_value",
              "DOUBLE",
              "On reference_date: the median, for base_rate the rate; NULL for unseen_level")
          .required("current_value", "DOUBLE", "The same on score_date")
          .required(
              "state",
              "STRING",
              "steady; moved: beyond noise and PSI 0.1 or more, rate by a fifth or more, level on 1 %"
                  + " of the leads or more; drifted: PSI 0.25 or more, rate by half or more, level on"
                  + " 5 % or more")
          .required("n", "BIGINT", "Leads behind current_value; at most about 50 000, by a hash")
          .optional("reference_n", "BIGINT", "Leads behind reference_value")
          .required("reference_date", "DATE", "First date that the model scored")
          .required("model_version", "STRING", "Model behind the scores")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("score_date", "kind", "name")
          .statistics("score_date", "kind", "name", "model_version")
          .check("kind_known", "kind IN ('feature', 'score', 'base_rate', 'unseen_level')")
          .check("state_known", "state IN ('steady', 'moved', 'drifted')")
          .build();
}
