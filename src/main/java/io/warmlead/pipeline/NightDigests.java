package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.audit.RowDigest;
import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Digests of what nights published, table by table: those of a replay, or of another lake with the
 * same inputs and settings, are the same.
 */
final class NightDigests {
  private static final String NIGHT = "night";
  private static final String INSTANT = "instant_of_the_night";

  private final Lake lake;
  private final Dataset<Row> published;

  NightDigests(Lake lake) {
    this.lake = lake;
    this.published = AuditScope.published(lake).select("run_id").distinct();
  }

  /**
   * Digests of nights.
   *
   * @param dates scored dates
   * @return the newest date first, each with its tables in the order of the dictionary
   */
  List<Audit.Digest> of(List<LocalDate> dates) {
    if (dates.isEmpty()) {
      return List.of();
    }
    Dataset<Row> nights = broadcast(nights(dates));
    List<Supplier<List<Audit.Digest>>> asked = new ArrayList<>();
    List<Audit.Digest> digests = new ArrayList<>();
    try (SideBySide queries = new SideBySide()) {
      Tables.ALL.stream()
          .filter(Queries.PUBLISHED::contains)
          .filter(lake::exists)
          .forEach(table -> asked.add(queries.start(() -> digests(table, dates, nights))));
      asked.forEach(answer -> digests.addAll(answer.get()));
    }
    digests.sort(Comparator.comparing(Audit.Digest::date).reversed());
    return digests;
  }

  private List<Audit.Digest> digests(
      TableContract table, List<LocalDate> dates, Dataset<Row> nights) {
    boolean isByDate =
        table.partitionedBy().contains("score_date") || !table.columnNames().contains("as_of");
    Dataset<Row> rows = isByDate ? published(table, isOneOf(dates)) : published(table, lit(true));
    return RowDigest.of(
            isByDate
                ? rows.withColumn(NIGHT, col("score_date"))
                : rows.join(nights, col("as_of").equalTo(col(INSTANT))).drop(INSTANT),
            NIGHT)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Audit.Digest(
                    row.<Date>getAs(NIGHT).toLocalDate(),
                    table.name(),
                    row.getAs("rows"),
                    RowDigest.text(row)))
        .toList();
  }

  /** The instants of nights: analyses are told by them. */
  private Dataset<Row> nights(List<LocalDate> dates) {
    return published(LeadScores.TABLE, isOneOf(dates))
        .select(col("score_date").as(NIGHT), col("scored_as_of").as(INSTANT))
        .distinct();
  }

  private Dataset<Row> published(TableContract table, Column which) {
    return lake.readAsFound(table, which)
        .join(broadcast(published), new String[] {"run_id"}, "left_semi");
  }

  private static Column isOneOf(List<LocalDate> dates) {
    return col("score_date").isin(dates.stream().map(Date::valueOf).toArray());
  }
}
