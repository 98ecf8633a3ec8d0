package io.warmlead.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the training rows hold, counted.
 *
 * @param days per snapshot date, rising
 * @param leads distinct leads by outcome
 */
record History(List<Day> days, Leads leads) {

  /** Rows and converting rows of one snapshot date. */
  record Day(Instant asOf, long rows, long conversions) {}

  /**
   * Distinct leads: with a conversion within the horizon of any of their snapshots, and with a
   * snapshot that none followed. A lead that stayed open after converting, or had long been one
   * before, is both. Snapshots of one lead tell much the same story, so these, not rows, say how
   * much is known.
   */
  record Leads(long converting, long other) {

    static Leads of(Dataset<Row> rows) {
      Row counts =
          rows.groupBy("lead_id")
              .agg(max("label").as("most"), min("label").as("least"))
              .agg(count(when(col("most").equalTo(1), 1)), count(when(col("least").equalTo(0), 1)))
              .first();
      return new Leads(counts.getLong(0), counts.getLong(1));
    }
  }

  /**
   * Counts, and checks on the way.
   *
   * @param decidedUpTo newest snapshot whose horizon has passed: leads are counted up to it
   * @throws IllegalArgumentException if rows do not have this many features, or hold NULL, NaN or
   *     labels other than 0 and 1
   */
  static History of(Dataset<Row> rows, int features, Instant decidedUpTo) {
    List<Row> counted =
        rows.groupBy(unix_micros(col("as_of")).as("as_of"))
            .agg(
                count(lit(1)).as("rows"),
                sum(col("label").cast("bigint")).as("conversions"),
                sum(when(usable(features), 0L).otherwise(1L)).as("unusable"))
            .orderBy("as_of")
            .collectAsList();
    long unusable = counted.stream().mapToLong(row -> row.<Long>getAs("unusable")).sum();
    Require.that(
        unusable == 0,
        unusable
            + " training rows do not hold "
            + features
            + " features without NULL and NaN, and a label of 0 or 1");
    return new History(
        counted.stream().map(History::day).toList(),
        Leads.of(rows.where(col("as_of").leq(lit(decidedUpTo)))));
  }

  private static Column usable(int features) {
    Column numbers = size(col("features")).equalTo(features);
    return coalesce(
        numbers
            .and(not(exists(col("features"), value -> value.isNull().or(isnan(value)))))
            .and(col("label").isin(0, 1)),
        lit(false));
  }

  private static Day day(Row row) {
    return new Day(
        Instant.EPOCH.plus(row.<Long>getAs("as_of"), ChronoUnit.MICROS),
        row.<Long>getAs("rows"),
        row.<Long>getAs("conversions"));
  }

  List<Instant> dates() {
    return days.stream().map(Day::asOf).toList();
  }

  long rows() {
    return days.stream().mapToLong(Day::rows).sum();
  }

  long conversions() {
    return days.stream().mapToLong(Day::conversions).sum();
  }

  /** Whether there are this many converting and this many other rows. */
  boolean hasBoth(long fewest) {
    return conversions() >= fewest && rows() - conversions() >= fewest;
  }

  /** The days whose horizon has passed by an instant; leads are not counted anew. */
  History decidedBy(Instant asOf, Duration horizon) {
    return new History(
        days.stream().filter(day -> !day.asOf().plus(horizon).isAfter(asOf)).toList(), leads);
  }

  /** The same days only, for counts by part of a split; leads are not counted anew. */
  History within(Collection<Instant> dates) {
    return new History(days.stream().filter(day -> dates.contains(day.asOf())).toList(), leads);
  }
}
