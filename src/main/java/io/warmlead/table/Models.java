package io.warmlead.table;

/** The model registry. */
public final class Models {
  private Models() {}

  public static final TableContract TABLE =
      TableContract.named(
              "models",
              "One trained model version, or one attempt that a gate refused: where it comes from,"
                  + " how good it was, and what became of it.")
          .required("version", "STRING", "Name of the model version, unique")
          .optional(
              "family",
              "STRING",
              "logistic_regression, gradient_boosting or average (of the log-odds of both); NULL where"
                  + " training was refused before a choice")
          .required(
              "status",
              "STRING",
              "champion (scores), challenger (waits for promotion), archived (former champion) or"
                  + " refused (by a gate, or rolled back)")
          .required("trained_as_of", "TIMESTAMP", "Nothing at or after this instant was known")
          .optional("window_from", "TIMESTAMP", "First snapshot learned from")
          .optional("window_to", "TIMESTAMP", "Last snapshot learned from")
          .required(
              "horizon_days", "DOUBLE", "Days after a snapshot within which conversions count")
          .optional("snapshots", "BIGINT", "Rows learned from")
          .optional(
              "converting_leads", "BIGINT", "Leads learned from that converted within a horizon")
          .optional(
              "other_leads",
              "BIGINT",
              "Leads learned from with a snapshot that no conversion followed within the horizon")
          .optional("tuning", "STRING", "What validation chose, for example trees = 60")
          .required(
              "metrics",
              "MAP<STRING, DOUBLE>",
              "Overall metrics on the test dates by name, of models learned in the same way before"
                  + " those dates; more in model_metrics")
          .optional(
              "calibration",
              "STRUCT<intercept: DOUBLE, slope: DOUBLE, shape: ARRAY<STRUCT<margin: DOUBLE, value:"
                  + " DOUBLE>>>",
              "logit(probability) = intercept + slope x shape(margin); shape: knots of an isotonic"
                  + " map, straight in between; without knots Platt's map, shape(margin) = margin")
          .optional(
              "thresholds",
              "STRUCT<hot: DOUBLE, warm: DOUBLE>",
              "Probabilities that the leads chosen to be hot, and those to be hot or warm, reach on the"
                  + " newest snapshot date: the middle between entering the tier and leaving it")
          .required("features", "ARRAY<STRING>", "Names of the features, in the model's order")
          .required(
              "excluded",
              "ARRAY<STRUCT<feature: STRING, evidence: STRING>>",
              "Columns kept out of the model, each with the evidence against it")
          .required("notes", "ARRAY<STRING>", "What a reader of the metrics must know")
          .optional("uri", "STRING", "Where the model is stored; NULL if refused by a gate")
          .optional("digest", "STRING", "SHA-256 of the stored model, hexadecimal")
          .optional("refused_because", "STRING", "Reason in words, for status refused")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("version")
          .statistics("version", "trained_as_of")
          .check("status_known", "status IN ('champion', 'challenger', 'archived', 'refused')")
          .check("refused_reason", "status <> 'refused' OR refused_because IS NOT NULL")
          .check(
              "stored_unless_refused",
              "status = 'refused' OR (uri IS NOT NULL AND digest IS NOT NULL)")
          .build();
}
