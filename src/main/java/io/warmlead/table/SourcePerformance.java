package io.warmlead.table;

/** Where leads come from, and what becomes of them. */
public final class SourcePerformance {
  private SourcePerformance() {}

  public static final TableContract TABLE =
      TableContract.named(
              "source_performance",
              "Leads created within insight.history, shared out among what brought them, and what"
                  + " they came to within insight.entry_window of their creation. Touches of leads"
                  + " that convert are not for that reason the cause of it: shares say where"
                  + " conversions were touched, not what a channel added.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required(
              "model",
              "STRING",
              "How a lead is shared out: first_touch, last_touch, time_decayed (halved for every 7"
                  + " days before the last touch), position_based (40 % first, 40 % last, 20 %"
                  + " between), lead_source")
          .required(
              "source",
              "STRING",
              "content, referral, event and webinar, outreach reply, e-mail, social, inbound"
                  + " signup, demo request, re-engaged (after more than the warm window of"
                  + " silence), site, product, ad, other, no touch; for lead_source the source of"
                  + " the lead, unknown where not given")
          .required(
              "is_mature",
              "BOOLEAN",
              "true: leads whose entry window is over. false: younger leads, and what they came to"
                  + " so far")
          .required("leads", "DOUBLE", "Leads; fractional where they are shared")
          .required("conversions", "DOUBLE", "Of these, converted within the entry window")
          .optional("rate", "DOUBLE", "conversions / leads")
          .optional(
              "ci_low",
              "DOUBLE",
              "Lower end of the 95 % Wilson interval of rate, with fractional counts")
          .optional("ci_high", "DOUBLE", "Upper end of that interval")
          .required("days_n", "BIGINT", "Touches of converted leads behind median_days")
          .optional(
              "median_days", "DOUBLE", "Median days from creation to conversion, weighted by share")
          .required("value_n", "BIGINT", "Touches of conversions that state a value")
          .optional("value", "DOUBLE", "Value of the first conversions, shared")
          .optional("value_per_lead", "DOUBLE", "value / leads")
          .required("open_leads", "DOUBLE", "Leads among the newest scores")
          .required("warm_leads", "DOUBLE", "Of these, warm or hot")
          .optional("warm_share", "DOUBLE", "warm_leads / open_leads")
          .optional("warm_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of warm_share")
          .optional("warm_ci_high", "DOUBLE", "Upper end of that interval")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "model", "source", "is_mature")
          .statistics("as_of", "model")
          .check("counts", "conversions BETWEEN 0 AND leads AND warm_leads <= open_leads")
          .build();
}
