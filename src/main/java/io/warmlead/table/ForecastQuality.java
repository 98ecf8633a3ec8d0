package io.warmlead.table;

/** Whether what was foretold of silent leads came true. */
public final class ForecastQuality {
  private ForecastQuality() {}

  public static final TableContract TABLE =
      TableContract.named(
              "forecast_quality",
              "What lead_scores foretold of warm and hot leads that stay silent, beside what came of"
                  + " those that did: conversions by days of silence, and the day on which they go"
                  + " cold. From past scores a horizon or more apart. Silent is a lead of which"
                  + " nothing was heard: our own touches, which the forecast does not know of"
                  + " either, do not count.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required(
              "forecast",
              "STRING",
              "probability: silent_probabilities against conversions; days_to_cold: that day"
                  + " against tier_transitions")
          .required(
              "days_from",
              "INT",
              "First of the days ahead that the row is about; for probability the days of silence"
                  + " themselves")
          .required("days_to", "INT", "Last of these days; 1 to the last of all is every day")
          .required("tier", "STRING", "warm or hot when the forecast was made; all for both")
          .required(
              "is_mature",
              "BOOLEAN",
              "false: the oldest scores whose silent days have passed and whose horizon after them"
                  + " still runs; conversions are those so far")
          .required("first_score_date", "DATE", "First date of the scores")
          .required("last_score_date", "DATE", "Last date of the scores")
          .required("score_dates", "INT", "Dates of the scores, a horizon or more apart")
          .required("leads", "BIGINT", "Leads with the forecast, once per date")
          .required(
              "moved_by_rules",
              "BIGINT",
              "Silent leads left out, because other rules or another model moved their tier before"
                  + " the day; 0 for probability")
          .required("n", "BIGINT", "Of the leads, those that stayed silent and are judged")
          .required(
              "expected",
              "DOUBLE",
              "probability: sum of the probabilities foretold for the end of the silent days;"
                  + " days_to_cold: n")
          .required(
              "observed",
              "BIGINT",
              "probability: converted within the horizon that began after the silent days;"
                  + " days_to_cold: cold or closed at the first scoring on the day foretold or"
                  + " later")
          .optional("expected_rate", "DOUBLE", "expected / n; NULL where n is 0")
          .optional("observed_rate", "DOUBLE", "observed / n")
          .optional("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of observed_rate")
          .optional("ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "early",
              "BIGINT",
              "days_to_cold: became cold at a scoring before the day foretold; NULL for probability")
          .optional("early_rate", "DOUBLE", "early / n")
          .optional("early_ci_low", "DOUBLE", "Lower end of its 95 % Wilson interval")
          .optional("early_ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "closed",
              "BIGINT",
              "days_to_cold: of observed, those that were closed; NULL for probability")
          .optional(
              "kept",
              "BOOLEAN",
              "probability: expected within 20 % of observed, or its rate within the interval;"
                  + " days_to_cold: nothing speaks against 80 % being cold by the day (ci_high)"
                  + " and no more than 20 % before it (early_ci_low). NULL where n is 0 or not"
                  + " mature")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "forecast", "days_from", "days_to", "tier", "is_mature")
          .statistics("as_of", "forecast", "tier")
          .check("forecast_name", "forecast IN ('probability', 'days_to_cold')")
          .check("counts", "observed BETWEEN 0 AND n AND n BETWEEN 0 AND leads")
          .build();
}
