package io.warmlead.table;

/** From tier to tier, by week. */
public final class TierTransitionMatrix {
  private TierTransitionMatrix() {}

  public static final TableContract TABLE =
      TableContract.named(
              "tier_transition_matrix",
              "Where the leads of a tier at the beginning of a week stood at its end, those that"
                  + " stayed included, and how often changes of tier were taken back. The newest"
                  + " weeks are written again every night.")
          .required("week", "DATE", "Monday of the week, in run.zone")
          .required("segment", "STRING", "Segment; unknown where not given, all for everyone")
          .required("from_tier", "STRING", "Tier at from_date; new where not scored then")
          .required(
              "to_tier",
              "STRING",
              "Tier at to_date; converted or closed where no longer scored. With"
                  + " conversion.closes_lead = false a converted lead keeps a tier")
          .required(
              "from_date",
              "DATE",
              "Newest score_date up to the Monday; where there is none, the first of the week")
          .required("to_date", "DATE", "Newest score_date after the Monday and up to the next")
          .required("leads", "BIGINT", "Leads that moved from from_tier to to_tier, or stayed")
          .required("n", "BIGINT", "Leads in from_tier at from_date")
          .optional("share", "DOUBLE", "leads / n")
          .optional("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of share")
          .optional("ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "changes",
              "BIGINT",
              "Changes from from_tier to to_tier between any two scorings of the week; only those"
                  + " that are 7 days old")
          .required(
              "changed_back", "BIGINT", "Of the changes, those taken back within 7 days (flaps)")
          .optional("flap_rate", "DOUBLE", "changed_back / changes")
          .optional("flap_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of flap_rate")
          .optional("flap_ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "is_policy_changed",
              "BOOLEAN",
              "Whether the tier rules differ between from_date and to_date, so that moves may be"
                  + " the rules' and not the leads'")
          .required("is_mature", "BOOLEAN", "Whether the week was over at as_of")
          .required("as_of", "TIMESTAMP", "Instant up to which scores were looked at")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("week", "segment", "from_tier", "to_tier")
          .statistics("week", "segment")
          .check("counts", "leads BETWEEN 0 AND n AND changed_back BETWEEN 0 AND changes")
          .build();
}
