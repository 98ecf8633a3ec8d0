package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.try_element_at;

import io.warmlead.lake.Lake;
import io.warmlead.table.Runs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Scored dates that a backfill did not come to: a date before them was scored after them, and their
 * tiers, transitions and changes still follow from what was there until then.
 */
final class StaleDates {
  private final Lake lake;

  StaleDates(Lake lake) {
    this.lake = lake;
  }

  /**
   * What to do about those before a date; empty where there are none. The ledger tells, which has
   * one row a run: no scores are read.
   *
   * @param before from this date on all dates are being scored
   * @param newest the newest date that is, or is being, scored
   */
  Optional<String> told(LocalDate before, LocalDate newest) {
    List<LocalDate> stale = stale(before);
    if (stale.isEmpty()) {
      return Optional.empty();
    }
    stale.retainAll(new PublishedRuns(lake).dates(stale.get(0), stale.get(stale.size() - 1)));
    return stale.stream()
        .findFirst()
        .map(
            first ->
                "A date before "
                    + first
                    + " was scored after it, by a backfill that did not come so far. "
                    + Backfill.unfinished(first.toString(), newest.toString()));
  }

  private List<LocalDate> stale(LocalDate before) {
    SortedMap<LocalDate, Long> scored = new TreeMap<>();
    // What was scored before a restoration may be there again in another order.
    long restored = Long.MIN_VALUE;
    for (Row newest : newest()) {
      if (newest.isNullAt(0)) {
        restored = newest.getLong(1);
      } else {
        scored.put(newest.getDate(0).toLocalDate(), newest.getLong(1));
      }
    }
    List<LocalDate> stale = new ArrayList<>();
    long newestSoFar = restored;
    for (Map.Entry<LocalDate, Long> date : scored.headMap(before).entrySet()) {
      if (date.getValue() < newestSoFar && newestSoFar > restored) {
        stale.add(date.getKey());
      }
      newestSoFar = Math.max(newestSoFar, date.getValue());
    }
    return stale;
  }

  /** Date to the last run that scored it, in the order in which they ran; no date: restorations. */
  private List<Row> newest() {
    Column isScoring = col("score_date").isNotNull();
    return lake.read(Runs.TABLE)
        .where(PublishedRuns.IS_PUBLISHED)
        .where(isScoring.or(col("command").equalTo("restore")))
        .groupBy("score_date")
        .agg(max(order()))
        .collectAsList();
  }

  /** By what the runs found, not by the clock: that may have been set back between them. */
  private static Column order() {
    return coalesce(try_element_at(col("versions_read"), lit(Runs.TABLE.name())), lit(-1L));
  }
}
