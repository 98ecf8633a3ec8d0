package io.warmlead.table;

/** Fitted half-lives of conversion chance. */
public final class DecayHalfLives {
  private DecayHalfLives() {}

  public static final TableContract TABLE =
      TableContract.named(
              "decay_half_lives",
              "How fast the chance to convert falls, per dimension value: of signals and channels how"
                  + " fast the effect of a touch fades, of the others how fast those who will convert"
                  + " do so; and the share that never converts.")
          .required("as_of", "TIMESTAMP", "Instant up to which history was known")
          .required(
              "dimension",
              "STRING",
              "overall, segment, source, channel, signal, first_touch (signal of the lead's first inbound"
                  + " touch) or weekday (of that touch, in run.zone)")
          .required(
              "value",
              "STRING",
              "Value of the dimension; all for overall, and for all signals or channels with one"
                  + " half-life")
          .required(
              "shape", "STRING", "Fitted shape: exponential, weibull or power; none where withheld")
          .optional(
              "shape_exponent",
              "DOUBLE",
              "k of the fitted curve: with c = never_converts_share and x = t / half_life_days, S(t) ="
                  + " c + (1 - c) 2^-(x^k), of power c + (1 - c) (1 + (2^(1/k) - 1) x)^-k; 1 for"
                  + " exponential. Of signals and channels 1: what a touch adds to the hazard is 2^-x")
          .optional(
              "half_life_days",
              "DOUBLE",
              "Days until half of those who will ever convert have done so; of signals and channels"
                  + " until half of what a touch adds to the chance is gone, adjusted for all other"
                  + " touches; NULL where the data do not allow a fit")
          .optional("ci_low", "DOUBLE", "Lower end of the 95 % profile-likelihood interval, days")
          .optional(
              "ci_high", "DOUBLE", "Upper end, days; NULL where it lies beyond the time watched")
          .optional(
              "never_converts_share",
              "DOUBLE",
              "Share that will never convert, of those touched where the row is of a touch; those who"
                  + " were lost among them")
          .required(
              "n",
              "BIGINT",
              "Leads (or touches) behind the fit; those created before the log begins are left out")
          .required("conversions", "BIGINT", "Conversions behind the fit")
          .required("method", "STRING", "How it was fitted, or why it was withheld")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "value")
          .statistics("as_of", "dimension", "value")
          .check(
              "share_range", "never_converts_share IS NULL OR never_converts_share BETWEEN 0 AND 1")
          .build();
}
