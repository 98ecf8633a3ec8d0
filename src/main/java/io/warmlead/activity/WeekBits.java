package io.warmlead.activity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Weeks in which something was done, one bit each, counted back from a date. On what weekday a week
 * ends depends on the date that it is counted from, so that until that is known there are seven
 * numbers, one for each phase: the days since 1970 modulo 7.
 */
final class WeekBits {
  private static final int BITS = 60;

  private WeekBits() {}

  /**
   * Those of many rows with a {@code day}: ARRAY of seven BIGINT, counted back from a later day.
   */
  static Column until(Column laterDay) {
    return ofPhases(
        phase -> {
          Column end = weeks(unix_date(col("day")).minus(phase).plus(6));
          return bit_or(shifted(lit(1L), begun(laterDay, lit(phase)).minus(end)));
        });
  }

  /** Those of before a day, and those of before a later one. */
  static Column added(Column before, Column day, Column since, Column laterDay) {
    Column by = weeks(unix_date(laterDay).minus(unix_date(day)));
    return ofPhases(phase -> shifted(before.getItem(phase), by).bitwiseOR(since.getItem(phase)));
  }

  /** Those of before a day, counted back from a date: the newest first. */
  static Column at(Column date, Column before, Column day) {
    Column phase = pmod(unix_date(date), lit(7));
    return shifted(
        element_at(before, phase.plus(1)),
        weeks(unix_date(date).minus(phase)).minus(begun(day, phase)));
  }

  private static Column ofPhases(IntFunction<Column> phases) {
    return array(IntStream.range(0, 7).mapToObj(phases).toArray(Column[]::new));
  }

  private static Column begun(Column day, Column phase) {
    return weeks(unix_date(day).minus(phase)).plus(1);
  }

  /** Whole weeks in a number of days, rounded down. */
  private static Column weeks(Column days) {
    return floor(days.divide(lit(7D))).cast("int");
  }

  /** Bits moved up, those beyond the last that counts dropped. */
  private static Column shifted(Column bits, Column by) {
    Column moved = functions.call_function("shiftleft", bits, by);
    return when(by.between(0, BITS), moved.bitwiseAND(lit((1L << (BITS + 1)) - 1))).otherwise(0L);
  }
}
