package io.warmlead.feature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** What is known of a lead beside its engagements. */
public final class LeadAttributes {
  /** Columns of {@code leads} that are attributes; identities are not. */
  static final List<String> COLUMNS =
      List.of(
          "source", "segment", "country", "language", "budget", "authority", "need", "timeline");

  static final String OTHER = "other";
  static final String MISSING = "missing";

  private LeadAttributes() {}

  /** All attributes as one map from name to text. */
  static Column all() {
    Column[] entries =
        COLUMNS.stream().flatMap(name -> Stream.of(lit(name), col(name))).toArray(Column[]::new);
    // A further attribute may have the name of a column; the column wins.
    return functions.map_concat(
        functions.map_filter(
            col("attributes"), (key, value) -> functions.not(key.isin(COLUMNS.toArray()))),
        functions.map(entries));
  }

  /** The text of one attribute, NULL where missing. */
  public static Column text(String name) {
    return COLUMNS.contains(name)
        ? col(name)
        : functions.try_element_at(col("attributes"), lit(name));
  }

  /** The number of one attribute, NULL where it is none. */
  static Column number(String name) {
    Column number = text(name).try_cast("double");
    return when(functions.abs(number).leq(1e12), number);
  }

  /** The level of a category: one of the known, {@code other} or {@code missing}. */
  static Column level(String name, List<String> known) {
    Column text = text(name);
    return when(text.isNull(), lit(MISSING))
        .when(text.isin(known.toArray()), text)
        .otherwise(lit(OTHER));
  }
}
