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
          .required(
              "dimension",
              "STRING",
              "overall, segment, source, channel, signal, first_touch (signal of the lead's first inbound"
                  + " touch) or weekday (of that touch, in run.zone)")
          .required("value", "STRING", "Value of the dimension; all for overall")
          .required(
              "day",
              "DOUBLE",
              "Days since the origin, fractional, to the minute; time of one or more conversions, and"
                  + " last the end of observation")
          .required(
              "origin",
              "STRING",
              "What day 0 is: lead_creation (overall, segment, source) or touch (the others)")
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
          .optional("lost", "BIGINT", "Of the censored, those that were lost; the others are open")
          .optional(
              "entered",
              "BIGINT",
              "Leads watched only from a later day on, because they were created before the log"
                  + " begins, that came in after the previous point, up to this one")
          .optional(
              "cumulative_hazard",
              "DOUBLE",
              "Nelson-Aalen: conversions expected by this day of a lead that could convert again"
                  + " and again; its slope is the hazard")
          .optional("cumulative_hazard_std_err", "DOUBLE", "Standard error of cumulative_hazard")
          .optional(
              "incidence_converted",
              "DOUBLE",
              "Aalen-Johansen share converted by this day, where lost leads convert no more; 1 -"
                  + " survival is what it would be if nobody were lost")
          .optional(
              "incidence_converted_ci_low",
              "DOUBLE",
              "Lower end of its 95 % log-log interval; NULL at 0 and 1")
          .optional("incidence_converted_ci_high", "DOUBLE", "Upper end")
          .optional(
              "incidence_lost",
              "DOUBLE",
              "Aalen-Johansen share lost by this day; 0 where no losses are recorded")
          .optional(
              "incidence_lost_ci_low",
              "DOUBLE",
              "Lower end of its 95 % log-log interval; NULL at 0 and 1")
          .optional("incidence_lost_ci_high", "DOUBLE", "Upper end")
          .optional(
              "silent",
              "BIGINT",
              "Leads that fell silent after the previous point, up to this one: for the first time"
                  + " more than temperature.warm_window without an inbound engagement, in whole"
                  + " days since the origin or the beginning of the log. They stay at risk, since"
                  + " they may come back")
          .optional(
              "incidence_silent",
              "DOUBLE",
              "Aalen-Johansen share fallen silent by this day before it converted or was lost; with"
                  + " incidence_converted_first and incidence_lost_first and the share still"
                  + " engaged it makes 1")
          .optional(
              "incidence_silent_ci_low",
              "DOUBLE",
              "Lower end of its 95 % log-log interval; NULL at 0 and 1")
          .optional("incidence_silent_ci_high", "DOUBLE", "Upper end")
          .optional(
              "incidence_converted_first",
              "DOUBLE",
              "Share converted by this day without having fallen silent before;"
                  + " incidence_converted less this: converted after a silence")
          .optional(
              "incidence_lost_first",
              "DOUBLE",
              "Share lost by this day without having fallen silent before")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value", "day")
          .statistics("as_of", "dimension", "value")
          .check("survival_range", "survival BETWEEN 0 AND 1")
          .build();
}
