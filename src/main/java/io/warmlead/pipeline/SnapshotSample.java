package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.Duration;
import org.apache.spark.sql.Column;

/**
 * Which rows a model is trained on where there are more than it may have. Labels have no say, so
 * rates stay what they are and nothing has to be put back.
 *
 * <p>Snapshots of one lead within a horizon tell of the same conversion, so they are the first to
 * go: leads take turns, each at every {@code stride}-th date, every date keeping its share of them.
 * Only where a horizon between the snapshots of a lead is not enough are leads left out. The same
 * number of rows so holds several times as many converting leads.
 *
 * @param kept of {@value #STEPS} steps of a hash of the lead's id, those of leads that stay
 * @param stride dates from one turn of a lead to its next; 1 = all dates
 * @param every days between two dates
 */
record SnapshotSample(int kept, int stride, int every) {
  private static final int STEPS = 1 << 20;

  /**
   * A sample that has at most so many rows on average.
   *
   * @param every days between two dates
   */
  static SnapshotSample of(long rows, int maxRows, int every, int horizonDays) {
    int longest = Math.max(1, horizonDays / every);
    long times = (rows + maxRows - 1) / maxRows;
    int stride = (int) Math.max(1, Math.min(longest, times));
    double share = (double) maxRows * stride / Math.max(1, rows);
    return new SnapshotSample((int) Math.min(STEPS, Math.floor(share * STEPS)), stride, every);
  }

  /** Time between two snapshots of a lead. */
  Duration between() {
    return Duration.ofDays((long) stride * every);
  }

  /** Whether a lead is in the sample at all. Reads {@code lead_id}. */
  Column hasLead() {
    return kept == STEPS
        ? lit(true)
        : pmod(xxhash64(col("lead_id")), lit((long) STEPS)).lt((long) kept);
  }

  /** Whether it is the lead's turn at a date. Reads {@code lead_id} and {@code as_of_day}. */
  Column hasTurn() {
    return stride == 1
        ? lit(true)
        : pmod(xxhash64(lit("turn"), col("lead_id")), lit((long) stride))
            .equalTo(pmod(floor(unix_date(col("as_of_day")).divide(every)), lit((long) stride)));
  }
}
