package io.warmlead.table;

/** How often we touch leads, and what follows. */
public final class Cadence {
  private Cadence() {}

  public static final TableContract TABLE =
      TableContract.named(
              "cadence",
              "What follows a touch of ours within 7 days and before the next one, by how often we had"
                  + " touched the lead in the 14 days before and by the time since the touch before; as counted, and"
                  + " adjusted for what the lead had done by itself. Touches of the last 7 days are"
                  + " left out, so that no rate is low for being young. CAUTION: leads that show"
                  + " interest are touched more and answer more, so raw rates flatter many touches;"
                  + " what nobody recorded stays in the adjusted ones.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("dimension", "STRING", "touches or spacing")
          .required("channel", "STRING", "Channel of the touch; all for every one")
          .required("segment", "STRING", "Segment; unknown where not given, all for everyone")
          .required(
              "bucket",
              "STRING",
              "touches: 0, 1, 2, 3-4, 5-7 or 8+ touches on any channel in the 14 days before."
                  + " spacing: under 1 day to over 30 days since the touch before, on any channel;"
                  + " first where there was none within insight.history")
          .required("bucket_order", "INT", "Order of the buckets, first last")
          .required(
              "n",
              "BIGINT",
              "Touches: what was outbound to a lead with one signal on one channel and day")
          .required(
              "replies",
              "BIGINT",
              "Of these, followed by an answer (email_reply, outreach_reply), or by what replies_are"
                  + " says")
          .required("reply_rate", "DOUBLE", "replies / n")
          .required("reply_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of reply_rate")
          .required("reply_ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "replies_are",
              "STRING",
              "answers; or any engagement, inbound and no opened mail, where the history has no"
                  + " answer at all")
          .optional(
              "adjusted_reply_rate",
              "DOUBLE",
              "Reply rate where the touched leads are as in all touches of the channel and segment:"
                  + " by inbound engagements in the 14 days before, segment and channel")
          .optional(
              "adjusted_reply_ci_low", "DOUBLE", "Lower end of the 95 % interval, for effective_n")
          .optional("adjusted_reply_ci_high", "DOUBLE", "Upper end of that interval")
          .required(
              "opt_outs",
              "BIGINT",
              "Of the touches, followed by a negative signal that is no bounce")
          .required("opt_out_rate", "DOUBLE", "opt_outs / n")
          .required(
              "opt_out_ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval of opt_out_rate")
          .required("opt_out_ci_high", "DOUBLE", "Upper end of that interval")
          .optional("adjusted_opt_out_rate", "DOUBLE", "Opt-out rate, adjusted in the same way")
          .optional("adjusted_opt_out_ci_low", "DOUBLE", "Lower end of its 95 % interval")
          .optional("adjusted_opt_out_ci_high", "DOUBLE", "Upper end of that interval")
          .optional(
              "effective_n",
              "DOUBLE",
              "Touches of a plain sample that would tell as much as adjusted_reply_rate does")
          .optional(
              "coverage",
              "DOUBLE",
              "Share of the touches of the channel and segment whose likes this bucket has")
          .required(
              "usual_reply_rate", "DOUBLE", "Reply rate of all touches of the channel and segment")
          .required(
              "usual_opt_out_rate",
              "DOUBLE",
              "Opt-out rate of all touches of the channel and segment")
          .required(
              "is_best",
              "BOOLEAN",
              "Whether this is the shortest spacing with adjusted_reply_ci_low above usual_reply_rate"
                  + " and adjusted_opt_out_ci_low not above usual_opt_out_rate; at most one of a"
                  + " channel and segment is")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "dimension", "channel", "segment", "bucket")
          .statistics("as_of", "channel")
          .check("counts", "replies BETWEEN 0 AND n AND opt_outs BETWEEN 0 AND n")
          .build();
}
