package io.warmlead.table;

/** From stage to stage, by week of entry. */
public final class Funnel {
  private Funnel() {}

  public static final TableContract TABLE =
      TableContract.named(
              "funnel",
              "How far the leads created in one week came within insight.entry_window of their"
                  + " creation. Stages are taken from what leads and we did, not from scores; a"
                  + " lead that jumps a stage has passed it. What warm and the other stages mean"
                  + " stands in the header of funnel.sql.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("cohort_week", "DATE", "Monday of the week of creation, in run.zone")
          .required(
              "stage",
              "STRING",
              "identified, engaged, warm, qualifying, sales engagement or converted")
          .required("stage_order", "INT", "1 for identified to 6 for converted")
          .required("entered", "BIGINT", "Leads created in the week")
          .required("leads", "BIGINT", "Of these, reached the stage within the entry window")
          .optional("leads_before", "BIGINT", "Reached the stage before; NULL for the first")
          .optional("rate", "DOUBLE", "leads / leads_before")
          .optional("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of rate")
          .optional("ci_high", "DOUBLE", "Upper end of that interval")
          .required("share_of_entered", "DOUBLE", "leads / entered")
          .required(
              "share_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of share_of_entered")
          .required("share_ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "median_days",
              "DOUBLE",
              "Median days in the stage, of the leads that went on within the entry window")
          .optional(
              "dropped",
              "BIGINT",
              "Leads that did not go on within the entry window; NULL for the last stage")
          .optional("drop_off", "DOUBLE", "dropped / leads")
          .optional("drop_off_ci_low", "DOUBLE", "Lower end of its 95 % Wilson interval")
          .optional("drop_off_ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "is_mature",
              "BOOLEAN",
              "Whether the entry window is over for every lead of the week; before that, leads of"
                  + " later stages and rates are still rising")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "cohort_week", "stage")
          .statistics("as_of", "cohort_week")
          .check("counts", "leads BETWEEN 0 AND entered")
          .build();
}
