package io.warmlead.table;

/** Comparison of survival curves. */
public final class DecayTests {
  private DecayTests() {}

  public static final TableContract TABLE =
      TableContract.named(
              "decay_tests",
              "How the values of a dimension differ in their time to conversion: one log-rank test"
                  + " per dimension, repeated in the rows of its values, and the mean of each.")
          .required("as_of", "TIMESTAMP", "Instant up to which history was known")
          .required(
              "dimension",
              "STRING",
              "overall, segment, source, channel, signal, first_touch or weekday, as in"
                  + " decay_curves")
          .required("value", "STRING", "Value of the dimension; all for overall")
          .required("n", "BIGINT", "Leads (or touches) watched")
          .required("conversions", "BIGINT", "Of these, those that converted")
          .optional(
              "expected_conversions",
              "DOUBLE",
              "Conversions it would have had if all compared values converted alike; fewer than"
                  + " conversions: it converts sooner or more often than the others")
          .optional(
              "chi_square",
              "DOUBLE",
              "Log-rank statistic between the values of the dimension; NULL where not tested")
          .optional("degrees_of_freedom", "INT", "Values compared, less one")
          .optional(
              "p_value",
              "DOUBLE",
              "Chance of differences so large if all values converted alike; each dimension and"
                  + " night is a test of its own, so of many some are small by chance")
          .required("horizon_days", "INT", "Horizon of the mean, days: decay.restricted_mean_days")
          .optional(
              "restricted_mean_days",
              "DOUBLE",
              "Mean days to conversion within the horizon, who has not converted by then counted"
                  + " with the whole horizon; NULL where withheld or not watched that long")
          .optional("restricted_mean_std_err", "DOUBLE", "Its standard error, days")
          .optional(
              "time_ratio",
              "DOUBLE",
              "How many times longer than those of time_ratio_base its leads take to convert, by a"
                  + " Weibull accelerated failure time model; 1 for the base itself. Segments and"
                  + " sources only, on a sample of at most 10,000 leads of a value; NULL where there"
                  + " are too few leads, conversions or different times")
          .optional("time_ratio_ci_low", "DOUBLE", "Lower end of its 95 % interval")
          .optional("time_ratio_ci_high", "DOUBLE", "Upper end")
          .optional("time_ratio_base", "STRING", "The value with most leads")
          .optional("time_ratio_n", "BIGINT", "Leads of the value that time ratios are fitted on")
          .optional(
              "time_ratio_method",
              "STRING",
              "exact: on all leads watched since their creation; sampled: on every k-th of them in"
                  + " order of time, so many that at most 10,000 are left")
          .optional(
              "time_ratio_shape",
              "STRING",
              "weibull or log_normal: which of the two models fits the dimension better, by the"
                  + " smaller of weibull_akaike and log_normal_akaike; a difference below 2 means"
                  + " little")
          .optional(
              "weibull_intercept",
              "DOUBLE",
              "Weibull model: logarithm of the days by which 63 % of the value's leads have"
                  + " converted")
          .optional(
              "weibull_scale",
              "DOUBLE",
              "Weibull model: spread of log days, the same for all values; above 1 the chance to"
                  + " convert falls with time, below 1 it rises")
          .optional(
              "weibull_log_likelihood",
              "DOUBLE",
              "Of the Weibull model of the dimension, all its values together, times in days")
          .optional(
              "weibull_akaike",
              "DOUBLE",
              "Akaike's criterion of that model, 2 parameters - 2 log-likelihood; smaller is better")
          .optional(
              "log_normal_time_ratio",
              "DOUBLE",
              "time_ratio by a log-normal model, in which the chance to convert first rises, then"
                  + " falls")
          .optional("log_normal_time_ratio_ci_low", "DOUBLE", "Lower end of its 95 % interval")
          .optional("log_normal_time_ratio_ci_high", "DOUBLE", "Upper end")
          .optional(
              "log_normal_intercept",
              "DOUBLE",
              "Log-normal model: logarithm of the days by which half of the value's leads have"
                  + " converted")
          .optional(
              "log_normal_scale",
              "DOUBLE",
              "Log-normal model: standard deviation of log days, the same for all values")
          .optional("log_normal_log_likelihood", "DOUBLE", "Of that model, as for Weibull")
          .optional("log_normal_akaike", "DOUBLE", "Akaike's criterion of that model")
          .required("method", "STRING", "What was compared, or why it was not")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value")
          .statistics("as_of", "dimension", "value")
          .check("p_value_range", "p_value IS NULL OR p_value BETWEEN 0 AND 1")
          .build();
}
