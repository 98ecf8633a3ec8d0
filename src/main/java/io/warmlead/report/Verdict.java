package io.warmlead.report;

import io.warmlead.report.Insights.Estimate;

/** Whether two measured numbers differ by more than chance, as the end of a sentence. */
final class Verdict {
  private Verdict() {}

  /** After a sentence that says a number first and then one that should be lower. */
  static String onFall(Estimate first, Estimate second) {
    if (isBelow(second, first)) {
      return "";
    }
    return isBelow(first, second)
        ? ": more, not less"
        : "; the intervals overlap, so the difference may be chance";
  }

  /** Whether one interval ends before the other begins. */
  static boolean isBelow(Estimate lower, Estimate upper) {
    return lower.high() != null && upper.low() != null && lower.high() < upper.low();
  }
}
