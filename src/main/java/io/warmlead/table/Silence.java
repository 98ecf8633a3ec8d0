package io.warmlead.table;

/** Conversion by silence. */
public final class Silence {
  private Silence() {}

  public static final TableContract TABLE =
      TableContract.named(
              "silence",
              "Share of leads that convert within the horizon, by days since their last inbound"
                  + " engagement, over rolling snapshots whose horizon has passed.")
          .required("as_of", "TIMESTAMP", "Instant up to which history was known")
          .required("dimension", "STRING", "overall or segment")
          .required("value", "STRING", "Value of the dimension; all for overall")
          .required("bucket", "STRING", "Days since the last inbound engagement, as a range")
          .required("bucket_order", "INT", "Sorts the buckets, 0 is the shortest silence")
          .optional(
              "from_days",
              "DOUBLE",
              "Lower end, days, exclusive (0 inclusive); NULL: never engaged")
          .optional("to_days", "DOUBLE", "Upper end, days, inclusive; NULL: no end")
          .required("leads", "BIGINT", "Lead snapshots in the bucket")
          .required("conversions", "BIGINT", "Of these, converted within the horizon")
          .required("rate", "DOUBLE", "conversions / leads")
          .required(
              "ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of effective_n snapshots")
          .required("ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "effective_n",
              "DOUBLE",
              "Independent snapshots that tell as much: leads / design effect, since one lead stands"
                  + " in many snapshots, and one conversion counts in all of a horizon")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value", "bucket")
          .statistics("as_of", "dimension", "value")
          .check("rate_range", "rate BETWEEN 0 AND 1 AND conversions <= leads")
          .build();
}
