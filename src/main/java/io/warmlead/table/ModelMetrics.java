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
              "train (in sample), validation (chose and calibrated the model) or test (newest"
                  + " dates)")
          .required("segment", "STRING", "Segment; all for overall")
          .required(
              "metric",
              "STRING",
              "n, conversions, base_rate, auc, pr_auc, lift_at_10, capture_at_20, log_loss, brier,"
                  + " calibration_intercept, calibration_slope, ece, auc_recency_alone")
          .required("value", "DOUBLE", "The number")
          .optional(
              "ci_low",
              "DOUBLE",
              "Lower end of the 95 % interval (Hanley-McNeil for AUC, Wilson for base_rate, rows"
                  + " taken as independent); NULL where none is computed")
          .optional("ci_high", "DOUBLE", "Upper end of the 95 % interval")
          .required("n", "BIGINT", "Snapshots behind the number")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("version", "split", "segment", "metric")
          .statistics("version", "split", "segment", "metric")
          .check("finite", "abs(value) < double('Infinity')")
          .build();
}
