package io.warmlead.table;

/** How long nurture pays. */
public final class WarmWindows {
  private WarmWindows() {}

  public static final TableContract TABLE =
      TableContract.named(
              "warm_windows",
              "For how long after its last inbound engagement a lead of a segment still converts"
                  + " above the cold base rate, beside the customary window. A longer measured"
                  + " window goes before the customary one in nurture_until of later nights; a"
                  + " shorter one may only mean that there are too few leads to see more.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("segment", "STRING", "Segment; all for everyone")
          .optional(
              "window_days",
              "INT",
              "Days of silence up to which leads convert above the cold base rate, 0 where none do;"
                  + " NULL where there are too few cold leads")
          .required("customary_days", "INT", "Nurture window of the settings")
          .required(
              "cold_leads",
              "BIGINT",
              "Lead snapshots that never engaged, or were silent beyond the last bucket")
          .required("cold_conversions", "BIGINT", "Of these, converted within the horizon")
          .optional("cold_rate", "DOUBLE", "cold_conversions / cold_leads")
          .required("leads", "BIGINT", "Lead snapshots within the window")
          .required("conversions", "BIGINT", "Of these, converted within the horizon")
          .optional("rate", "DOUBLE", "conversions / leads; NULL without leads")
          .optional(
              "ci_low",
              "DOUBLE",
              "Lower end of the 95 % Wilson interval of rate, of effective_n snapshots as in silence")
          .optional("ci_high", "DOUBLE", "Upper end of that interval")
          .required("verdict", "STRING", "measured, or why there is no window")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "segment")
          .statistics("as_of", "segment")
          .check("counts", "conversions BETWEEN 0 AND leads")
          .build();
}
