package io.warmlead.table;

/** Compact history. */
public final class DailyActivity {
  private DailyActivity() {}

  public static final TableContract TABLE =
      TableContract.named(
              "daily_activity",
              "What a lead did on one day, per signal, channel, direction and day of arrival."
                  + " Features are computed from this; days are those of run.zone.")
          .required("lead_id", "STRING", "The lead")
          .required("day", "DATE", "Day on which it happened")
          .required("signal", "STRING", "Signal")
          .required("channel", "STRING", "Channel")
          .required("arrived_day", "DATE", "Day from whose end on it was known")
          .required("family", "STRING", "Family of the signal")
          .required("direction", "STRING", "inbound, outbound, negative or unknown")
          .required("intent", "STRING", "low, medium or high")
          .required("events", "BIGINT", "Engagements")
          .required("first_at", "TIMESTAMP", "First instant of the day")
          .required("last_at", "TIMESTAMP", "Last instant of the day")
          .required("value", "DECIMAL(28,4)", "Sum of amounts, 0 where there are none")
          .required("business_events", "BIGINT", "Of the engagements, those in office hours")
          .optional(
              "last_asset",
              "STRUCT<at: TIMESTAMP, asset: STRING>",
              "The asset touched last that day, and when; NULL where none was named")
          .required("batch", "BIGINT", "Newest ingest in the row")
          .key("lead_id", "day", "signal", "channel", "arrived_day", "direction")
          .statistics("day", "arrived_day", "batch")
          .build();
}
