package io.warmlead.table;

/** Speed to lead. */
public final class ResponseTime {
  private ResponseTime() {}

  public static final TableContract TABLE =
      TableContract.named(
              "response_time",
              "How leads fared by the time from their first asking signal to our first response."
                  + " CAUTION: good leads get faster answers, so raw rates overstate what speed"
                  + " does; adjusted rates compare leads that looked alike before the signal, and"
                  + " what nobody recorded can still differ. Leads that converted before any response"
                  + " are in never and not in longer, so the raw rate of never is too high and that"
                  + " of longer too low; their adjusted rate is one, of both together.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required(
              "clock",
              "STRING",
              "clock: elapsed time. business: office hours of run.business_hours")
          .required("segment", "STRING", "Segment; unknown where not given, all for everyone")
          .required(
              "is_mature",
              "BOOLEAN",
              "true: signals whose horizon is over. false: younger ones, and what came of them so"
                  + " far")
          .required(
              "bucket",
              "STRING",
              "Response within 5 min, 30 min, 1 h, 4 h, 1 d (for business one office day), longer"
                  + " but within the horizon, or never; each without the faster ones")
          .required("bucket_order", "INT", "1 for the fastest to 7 for never")
          .required(
              "n",
              "BIGINT",
              "Leads, by their first inbound engagement of high intent, or where there is none of"
                  + " medium intent, within insight.history")
          .optional("median_minutes", "DOUBLE", "Median minutes to the response by this clock")
          .required("qualified", "BIGINT", "Leads with a meeting within the horizon")
          .required("qualified_rate", "DOUBLE", "qualified / n")
          .required(
              "qualified_ci_low",
              "DOUBLE",
              "Lower end of the 95 % Wilson interval of qualified_rate")
          .required("qualified_ci_high", "DOUBLE", "Upper end of that interval")
          .required("conversions", "BIGINT", "Leads that converted within the horizon")
          .required("raw_rate", "DOUBLE", "conversions / n")
          .required("raw_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of raw_rate")
          .required("raw_ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "adjusted_rate",
              "DOUBLE",
              "Rate if the leads of this bucket were composed like all of the segment, by their"
                  + " score before the signal, or by intent, source and earlier engagements; for"
                  + " longer and never that of all leads without a response within 1 d")
          .required(
              "adjusted_ci_low",
              "DOUBLE",
              "Lower end of the 95 % Wilson interval of adjusted_rate, with effective_n")
          .required("adjusted_ci_high", "DOUBLE", "Upper end of that interval")
          .required("effective_n", "DOUBLE", "Leads of a plain sample that would tell as much")
          .required(
              "coverage",
              "DOUBLE",
              "Share of the segment's leads whose likes are in this bucket; where it is low the"
                  + " adjusted rates of two buckets tell of different leads")
          .optional(
              "adjusted_change_per_hour",
              "DOUBLE",
              "Change of adjusted_rate against the next faster bucket, per hour between their"
                  + " medians: below 0, an hour's delay costs so much. NULL for the fastest and"
                  + " for never")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "clock", "segment", "bucket", "is_mature")
          .statistics("as_of", "segment")
          .check("clock_name", "clock IN ('clock', 'business')")
          .check("counts", "conversions BETWEEN 0 AND n AND qualified BETWEEN 0 AND n")
          .build();
}
