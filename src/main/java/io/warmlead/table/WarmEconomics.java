package io.warmlead.table;

/** What warmth is worth. */
public final class WarmEconomics {
  private WarmEconomics() {}

  public static final TableContract TABLE =
      TableContract.named(
              "warm_economics",
              "What leads of a tier came to within the horizon: conversion rate, time since"
                  + " creation, value and cost. From past scores a horizon or more apart, so that"
                  + " no conversion counts twice. Tiers are not a treatment: warm leads may also"
                  + " have been looked after better.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("segment", "STRING", "Segment; unknown where not given, all for everyone")
          .required("tier", "STRING", "cold, warm or hot on the date of the scores")
          .required(
              "is_mature",
              "BOOLEAN",
              "true: scores whose horizon is over. false: the oldest scores whose horizon still"
                  + " runs, and their conversions so far")
          .required("first_score_date", "DATE", "Oldest date of the scores")
          .required("last_score_date", "DATE", "Newest date of the scores")
          .required("score_dates", "INT", "Dates of the scores")
          .required("leads", "BIGINT", "Leads that had the tier, once per date")
          .required("conversions", "BIGINT", "Of these, converted within the horizon")
          .required("rate", "DOUBLE", "conversions / leads")
          .required("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of rate")
          .required("ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "times_cold",
              "DOUBLE",
              "rate / rate of the cold leads; NULL for cold and where either is 0")
          .optional(
              "times_cold_ci_low", "DOUBLE", "Lower end of its 95 % interval, on the log scale")
          .optional("times_cold_ci_high", "DOUBLE", "Upper end of that interval")
          .required("cycle_n", "BIGINT", "Conversions at or after the creation of their lead")
          .optional(
              "median_cycle_days",
              "DOUBLE",
              "Median days from creation to conversion among these; for cold leads they count from"
                  + " creation too, not from the score")
          .required("value_n", "BIGINT", "Conversions that state a value")
          .optional("mean_value", "DOUBLE", "Mean value of these")
          .optional("value_per_lead", "DOUBLE", "Value of the conversions / leads")
          .required(
              "cost_n", "BIGINT", "Leads with an engagement within the horizon that states a cost")
          .optional("cost_per_lead", "DOUBLE", "Cost of these engagements / leads")
          .optional("cost_per_conversion", "DOUBLE", "Cost of these engagements / conversions")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "segment", "tier", "is_mature")
          .statistics("as_of", "segment")
          .check("tier_name", "tier IN ('cold', 'warm', 'hot')")
          .check("counts", "conversions BETWEEN 0 AND leads")
          .build();
}
