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
              "day", "DOUBLE", "Days since the origin, fractional; time of one or more conversions")
          .required(
              "origin",
              "STRING",
              "What day 0 is: lead_creation (overall, segment, source) or touch (signal, channel)")
          .required("survival", "DOUBLE", "Kaplan-Meier share not converted after this day")
          .optional(
              "ci_low", "DOUBLE", "Lower end of the 95 % log-log interval; NULL where undefined")
          .optional("ci_high", "DOUBLE", "Upper end of the 95 % log-log interval")
          .required("at_risk", "BIGINT", "Leads (or touches) still under observation just before")
          .required("converted", "BIGINT", "Conversions at this time")
          .required("censored", "BIGINT", "Observations that ended since the previous point")
          .required("hazard", "DOUBLE", "converted / at_risk: chance to convert now if not before")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value", "day")
          .statistics("as_of", "dimension", "value")
          .check("survival_range", "survival BETWEEN 0 AND 1")
          .build();
}
