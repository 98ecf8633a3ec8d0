package io.warmlead.table;

/** Leads that are treated for what they are not. */
public final class HandoffTiming {
  private HandoffTiming() {}

  public static final TableContract TABLE =
      TableContract.named(
              "handoff_timing",
              "How many leads are called too early, ignored or left waiting on the newest date of"
                  + " scores, and how many were handed over too early or too late.")
          .required("as_of", "TIMESTAMP", "Only what was known strictly before this")
          .required("segment", "STRING", "Segment; unknown where not given, all for everyone")
          .required(
              "mistake",
              "STRING",
              "warm_called, warm_ignored, hot_waiting, handed_too_early (SQL a horizon ago or"
                  + " longer, no conversion within a horizon: no proof of a wrong hand-off) or"
                  + " handed_too_late (converted while not SQL)")
          .required("leads", "BIGINT", "Leads to which it happened")
          .required("n", "BIGINT", "Leads to which it could have happened")
          .required("share", "DOUBLE", "leads / n")
          .required("ci_low", "DOUBLE", "Lower end of the 95 % Wilson interval")
          .required("ci_high", "DOUBLE", "Upper end of the 95 % Wilson interval")
          .required("run_id", "STRING", "Run that wrote the row")
          .key("as_of", "segment", "mistake")
          .statistics("as_of", "segment")
          .check("counts", "leads BETWEEN 0 AND n")
          .build();
}
