package io.warmlead.temperature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.trim;

import java.util.List;
import org.apache.spark.sql.Column;

/** The segment of a lead, by names of the settings: their case, and spaces round them, are one. */
final class Segments {
  private Segments() {}

  /** Whether the lead is of one of these segments; NULL where it has none. */
  static Column isOneOf(List<String> names) {
    return same(col("segment")).isin(names.stream().map(name -> same(lit(name))).toArray());
  }

  private static Column same(Column name) {
    return lower(trim(name));
  }
}
