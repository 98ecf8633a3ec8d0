package io.warmlead.table;

/** Measured quality of models. */
public final class ModelMetrics {
  private ModelMetrics() {}

  public static final TableContract TABLE =
      TableContract.named(
              "model_metrics",
              "One metric of one model on one split of its snapshots, overall (`all`) or for a"
                  + " segment.")
          .required("version", "STRING", "Model version")
          .required(
              "split",
              "STRING",
              "validation (the dates after the first cut, which chose the model) or test (the dates"
                  + " after later cuts): each scored by a model learned and calibrated from what was"
                  + " known before the cut")
          .required("segment", "STRING", "Segment; all for overall")
          .required(
              "metric",
              "STRING",
              "n, conversions, base_rate, auc, pr_auc, lift_at_K and capture_at_K for the best K = 1,"
                  + " 5, 10, 20, 30 %, all by the order of leads within each date, log_loss, brier,"
                  + " calibration_intercept, calibration_slope, ece;"
                  + " auc, pr_auc, lift_at_10 and capture_at_10 also of ranking by recency alone"
                  + " (_recency_alone) and by engagement points (_engagement_points);"
                  + " expected_rate_TIER (mean probability) and observed_rate_TIER of the cold, warm"
                  + " and hot rows")
          .required("value", "DOUBLE", "The number")
          .optional(
              "ci_low",
              "DOUBLE",
              "Lower end of the 95 % interval (bootstrap by lead); NULL where none is computed")
          .optional("ci_high", "DOUBLE", "Upper end of the 95 % interval")
          .required("n", "BIGINT", "Snapshots behind the number")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("version", "split", "segment", "metric")
          .statistics("version", "split", "segment", "metric")
          .check("finite", "abs(value) < double('Infinity')")
          .build();
}
