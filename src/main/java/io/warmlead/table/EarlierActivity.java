package io.warmlead.table;

/** History that is too old for any window. */
public final class EarlierActivity {
  private EarlierActivity() {}

  public static final TableContract TABLE =
      TableContract.named(
              "earlier_activity",
              "What a lead did, as far as it is too old for the windows of features and rules: all"
                  + " days of daily_activity that arrived before a border, in one row per signal,"
                  + " channel and direction. Scoring takes it from here instead of reading these"
                  + " days again. Made from daily_activity, and made anew where it is missing.")
          .required("lead_id", "STRING", "The lead")
          .required("signal", "STRING", "Signal")
          .required("channel", "STRING", "Channel")
          .required("family", "STRING", "Family of the signal")
          .required("direction", "STRING", "inbound, outbound, negative or unknown")
          .required("intent", "STRING", "low, medium or high")
          .required(
              "until_day",
              "DATE",
              "The border, a Monday, up to which the row was last added to; fading is measured at"
                  + " its start")
          .required("events", "BIGINT", "Engagements")
          .required("first_at", "TIMESTAMP", "The first of them")
          .required("last_at", "TIMESTAMP", "The last of them")
          .required("value", "DECIMAL(28,4)", "Sum of amounts, 0 where there are none")
          .required(
              "decayed",
              "ARRAY<BIGINT>",
              "Engagements at until_day, halved every 3, 14, 30 and 60 days, in units of 2^-30")
          .required(
              "points",
              "ARRAY<BIGINT>",
              "Engagement points at until_day, by a ladder of half-lives from 5.7 to 362 days, each"
                  + " the one before times the square root of two; in units of 2^-30")
          .required(
              "week_bits",
              "ARRAY<BIGINT>",
              "Weeks with engagements, for each of the seven days that a week may end on, counted back"
                  + " from until_day; bit 60 stands for the last that counts")
          .required("digest", "BIGINT", "Digest of the days")
          .required("batch", "BIGINT", "Newest ingest in the row")
          .required("definition", "STRING", "Digest of the settings that the row depends on")
          .key("lead_id", "signal", "channel", "family", "direction", "intent")
          .statistics("until_day", "batch")
          .build();
}
