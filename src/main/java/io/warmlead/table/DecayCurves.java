package io.warmlead.table;

/** Survival curves. */
public final class DecayCurves {
  private DecayCurves() {}

  public static final TableContract TABLE =
      TableContract.named(
              "decay_curves",
              "One point of a survival curve: the share of leads not yet converted a number of days"
                  + " after the origin. `overall`/`all` is everyone.")
          .required("as_of", "TIMESTAMP", "Instant up to which history was known")
          .required("dimension", "STRING", "overall, segment, source, channel or signal")
          .required("value", "STRING", "Value of the dimension; all for overall")
          .required(
              "day",
              "DOUBLE",
              "Days since the origin, fractional, to the minute; time of one or more conversions, and"
                  + " last the end of observation")
          .required(
              "origin",
              "STRING",
              "What day 0 is: lead_creation (overall, segment, source) or touch (signal, channel)")
          .required("survival", "DOUBLE", "Kaplan-Meier share not converted after this day")
          .optional(
              "ci_low", "DOUBLE", "Lower end of the 95 % log-log interval; NULL where undefined")
          .optional("ci_high", "DOUBLE", "Upper end of the 95 % log-log interval")
          .required(
              "at_risk",
              "BIGINT",
              "Leads (or touches) still under observation just before; where a long curve is thinned,"
                  + " before the first conversion merged into this point")
          .required("converted", "BIGINT", "Conversions after the previous point, up to this one")
          .required(
              "censored",
              "BIGINT",
              "Observations ended without conversion after the previous point, up to this one")
          .required(
              "hazard",
              "DOUBLE",
              "Chance to convert since the previous point if not before: converted / at_risk, or"
                  + " 1 - S / S(previous) where points are merged")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value", "day")
          .statistics("as_of", "dimension", "value")
          .check("survival_range", "survival BETWEEN 0 AND 1")
          .build();
}
