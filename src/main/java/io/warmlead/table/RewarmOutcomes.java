package io.warmlead.table;

/** How leads fare that came back. */
public final class RewarmOutcomes {
  private RewarmOutcomes() {}

  public static final TableContract TABLE =
      TableContract.named(
              "rewarm_outcomes",
              "Conversions of leads that came back from the cold, beside leads that were warm all"
                  + " along and leads that were never warm, raw and with the mix of source, score"
                  + " and age of those that came back. From past scores a horizon or more apart."
                  + " What is not in these three may still differ between the groups.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("group_name", "STRING", "rewarmed, still_warm or never_warm")
          .required(
              "brought_back_by",
              "STRING",
              "Signal that brought the leads back; all for the whole group, unknown where no"
                  + " transition tells")
          .required("is_mature", "BOOLEAN", "false: the oldest scores whose horizon still runs")
          .required("leads", "BIGINT", "Leads of the group, once per date")
          .required("conversions", "BIGINT", "Of these, converted within the horizon")
          .required("rate", "DOUBLE", "conversions / leads")
          .required("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of rate")
          .required("ci_high", "DOUBLE", "Upper end of that interval")
          .required("matched_leads", "BIGINT", "Leads in a stratum that has leads that came back")
          .required(
              "matched", "DOUBLE", "Share of the leads that came back that have a match, 0 to 1")
          .optional(
              "matched_rate",
              "DOUBLE",
              "Rate with the mix of the leads that came back and have a match; NULL for these and"
                  + " without a match. Compare it with rewarmed_matched_rate")
          .optional("matched_ci_low", "DOUBLE", "Lower end of its 95 % interval, normal")
          .optional("matched_ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "rewarmed_matched_rate",
              "DOUBLE",
              "Rate of the leads that came back and have a match in this group; NULL as matched_rate")
          .optional("rewarmed_matched_ci_low", "DOUBLE", "Lower end of its 95 % Wilson interval")
          .optional("rewarmed_matched_ci_high", "DOUBLE", "Upper end of that interval")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "group_name", "brought_back_by", "is_mature")
          .statistics("as_of", "group_name")
          .check("counts", "conversions BETWEEN 0 AND leads")
          .build();
}
