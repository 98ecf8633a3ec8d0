package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Which part of the lake an audit looks at.
 *
 * @param nights the checked dates, newest first, each with the published date before it
 * @param isEverything whether history older than the nights is checked too
 */
record AuditScope(List<Night> nights, boolean isEverything) {

  /** A published date. */
  record Night(LocalDate date, Optional<LocalDate> before) {}

  /** The newest published dates, at most so many. */
  static AuditScope newest(Lake lake, int most) {
    List<LocalDate> dates =
        lake
            .readAsFound(LeadScores.TABLE, lit(true))
            .where("score_date IS NOT NULL")
            .select("score_date", "run_id")
            .distinct()
            .join(
                functions.broadcast(published(lake).select("run_id").distinct()),
                new String[] {"run_id"},
                "left_semi")
            .select("score_date")
            .distinct()
            .orderBy(col("score_date").desc())
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .toList();
    List<Night> nights = new ArrayList<>();
    for (int i = 0; i < dates.size() && nights.size() < most; i++) {
      nights.add(
          new Night(
              dates.get(i),
              i + 1 < dates.size() ? Optional.of(dates.get(i + 1)) : Optional.empty()));
    }
    return new AuditScope(nights, most == Integer.MAX_VALUE);
  }

  /** Runs that were published: {@code run_id} and the date they scored. */
  static Dataset<Row> published(Lake lake) {
    return lake.readAsFound(Runs.TABLE, lit(true))
        .where(col("stage").equalTo(Runs.WHOLE).and(col("status").startsWith("succeeded")))
        .select("run_id", "score_date")
        .distinct();
  }

  /** The newest published date. */
  Optional<LocalDate> newest() {
    return nights.stream().findFirst().map(Night::date);
  }

  /** Which rows of a table are checked. */
  Column rowsOf(TableContract table) {
    return rowsOf(table, 0);
  }

  /** The same with some more days of history. */
  Column rowsOf(TableContract table, int moreDays) {
    if (isEverything || nights.isEmpty()) {
      return lit(true);
    }
    LocalDate oldest = nights.get(nights.size() - 1).date().minusDays(moreDays);
    if (table.partitionedBy().contains("score_date")) {
      return col("score_date").geq(lit(Date.valueOf(oldest)));
    }
    return switch (table.name()) {
      case "engagements" -> col("occurred_at").geq(lit(oldest.toString()).cast("timestamp"));
      case "daily_activity" -> col("day").geq(lit(Date.valueOf(oldest)));
      case "decay_curves", "decay_half_lives", "decay_tests", "silence" ->
          // The instant of a date lies within a day of its midnight in UTC.
          col("as_of").geq(lit(oldest.minusDays(1).toString()).cast("timestamp"));
      default -> lit(true);
    };
  }

  /** Dates before the checked ones. */
  Column rowsBefore() {
    return col("score_date")
        .isin(
            nights.stream().flatMap(night -> night.before().stream()).map(Date::valueOf).toArray());
  }

  /** {@code score_date, previous_date} of the checked nights. */
  Dataset<Row> dates(Lake lake) {
    return lake.spark()
        .createDataFrame(
            nights.stream()
                .map(
                    night ->
                        RowFactory.create(
                            Date.valueOf(night.date()),
                            night.before().map(Date::valueOf).orElse(null)))
                .toList(),
            StructType.fromDDL("score_date DATE, previous_date DATE"));
  }
}
