package io.warmlead.table;

/** What the challenger would have said. */
public final class ChallengerScores {
  private ChallengerScores() {}

  public static final TableContract TABLE =
      TableContract.named(
              "challenger_scores",
              "Probability of one open lead on one date by the challenger, beside lead_scores by the"
                  + " champion; nothing is published or decided by it. Empty for dates without a"
                  + " challenger; a second run of a date replaces it.")
          .required("lead_id", "STRING", "The lead")
          .required("score_date", "DATE", "Date of scored_as_of in run.zone")
          .optional("segment", "STRING", "Segment at that instant")
          .required(
              "probability",
              "DOUBLE",
              "Chance of a conversion within the horizon by the challenger")
          .optional(
              "level_shift",
              "DOUBLE",
              "By how much the level of the challenger was moved for this date, log-odds, as in"
                  + " lead_scores; NULL in rows of earlier versions, which were not moved")
          .required("model_version", "STRING", "The challenger")
          .required("scored_as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("lead_id", "score_date")
          .statistics("score_date", "scored_as_of")
          .partitionedBy("score_date")
          .check("probability_range", "probability BETWEEN 0 AND 1")
          .build();
}
