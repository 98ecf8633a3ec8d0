package io.warmlead.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;

import org.apache.spark.sql.Column;

/** Files that carry the date of what they tell in their names, year first. */
final class DatedFile {
  /** What stands before the last such date of a path, and the date. */
  private static final String DATED =
      "^(.*(?<![0-9]))(20[0-9]{2}[-_./]?(?:0[1-9]|1[0-2])[-_./]?(?:0[1-9]|[12][0-9]|3[01]))";

  private DatedFile() {}

  /**
   * Whether a file tells of an earlier day than another one of the same series. Only a date that
   * begins with its year is taken for one, and only where both paths are the same up to it, numbers
   * aside: names that count, days that come first and random names say nothing about time.
   *
   * @return never NULL where the paths are not
   */
  static Column isOlder(Column file, Column than) {
    Column date = date(file);
    return date.notEqual(lit("")).and(series(file).equalTo(series(than))).and(date.lt(date(than)));
  }

  private static Column date(Column file) {
    return regexp_replace(regexp_extract(file, DATED, 2), lit("[^0-9]"), lit(""));
  }

  private static Column series(Column file) {
    return regexp_replace(regexp_extract(file, DATED, 1), lit("[0-9]+"), lit("#"));
  }
}
