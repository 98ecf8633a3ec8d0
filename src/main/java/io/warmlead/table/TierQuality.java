package io.warmlead.table;

/** Whether published probabilities came true. */
public final class TierQuality {
  private TierQuality() {}

  public static final TableContract TABLE =
      TableContract.named(
              "tier_quality",
              "Conversions that the probabilities published on one date promised, beside those that"
                  + " came within the horizon; written once the horizon of the date has passed.")
          .required("score_date", "DATE", "Date of the scores that are judged")
          .required("segment", "STRING", "Segment on that date; all for everyone")
          .required("tier", "STRING", "cold, warm or hot on that date; all for every tier")
          .required("leads", "BIGINT", "Leads with a probability, each once")
          .required("expected", "DOUBLE", "Conversions promised: sum of the probabilities")
          .required("observed", "BIGINT", "Leads that converted within the horizon")
          .required("expected_rate", "DOUBLE", "expected / leads")
          .required("observed_rate", "DOUBLE", "observed / leads")
          .required("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of observed_rate")
          .required("ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "z",
              "DOUBLE",
              "observed - expected, half a conversion nearer to 0, in standard deviations of the"
                  + " number of conversions if the probabilities are right")
          .required(
              "kept",
              "BOOLEAN",
              "Whether the promise was kept: z within 2.576, which right probabilities leave one"
                  + " time in a hundred")
          .required("model_version", "STRING", "Model behind the probabilities")
          .required("horizon_days", "INT", "Days after scored_as_of in which conversions count")
          .required("scored_as_of", "TIMESTAMP", "Instant of the scores")
          .required("scores_run_id", "STRING", "Run that wrote the scores")
          .required("as_of", "TIMESTAMP", "Instant up to which outcomes were known")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("score_date", "segment", "tier")
          .statistics("score_date", "segment", "tier")
          .check("tier_name", "tier IN ('cold', 'warm', 'hot', 'all')")
          .check("counts", "observed BETWEEN 0 AND leads AND expected BETWEEN 0 AND leads")
          .check("kept_by_z", "kept = (abs(z) <= 2.576)")
          .build();
}
