package io.warmlead.feature;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.warmlead.activity.EarlierColumns;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Digests of what is known of a lead, which tell whether that has changed since the scoring before
 * without keeping it: 64 bits, the same for the same rows in any order.
 */
public final class Fingerprint {
  /** Digest of the activity behind the features; 0 without any. */
  public static final String HISTORY = "history_digest";

  /** Digest of the attributes. */
  public static final String ATTRIBUTES = "attributes_digest";

  private static final String EARLIER = "earlier_digest";

  private Fingerprint() {}

  /**
   * Notes what {@link #sums} needs.
   *
   * @param earlierThan day that divides earlier from later activity; empty: none is earlier
   */
  public static Summaries need(Summaries summaries, Optional<LocalDate> earlierThan) {
    Column row = EarlierColumns.digest();
    Column isEarlier =
        earlierThan.map(day -> col("day").lt(lit(Date.valueOf(day)))).orElse(lit(false));
    return summaries
        .further(bit_xor(row).as(HISTORY))
        .further(bit_xor(when(isEarlier, row).otherwise(lit(0L))).as(EARLIER));
  }

  /** Sums over {@link Summaries} of one lead and instant. */
  public static List<Column> sums() {
    return List.of(bit_xor(col(HISTORY)).as(HISTORY), bit_xor(col(EARLIER)).as(EARLIER));
  }

  /** The digests of a lead that has the sums and the columns of {@code leads}. */
  public static List<Column> columns() {
    Column attributes = functions.array_sort(functions.map_entries(LeadAttributes.all()));
    return List.of(
        coalesce(col(HISTORY), lit(0L)).as(HISTORY),
        coalesce(col(EARLIER), lit(0L)).as(EARLIER),
        xxhash64(col("created_at"), col("referrer_id"), attributes).as(ATTRIBUTES));
  }

  /**
   * Whether anything is known now that a score did not know: activity since, activity before it
   * that came late or was changed, or other attributes.
   *
   * @param historyThen {@link #HISTORY} at that score
   * @param attributesThen {@link #ATTRIBUTES} at that score
   */
  public static Column hasChanged(Column historyThen, Column attributesThen) {
    return col(HISTORY)
        .notEqual(col(EARLIER))
        .or(functions.not(col(EARLIER).eqNullSafe(historyThen)))
        .or(functions.not(col(ATTRIBUTES).eqNullSafe(attributesThen)));
  }
}
