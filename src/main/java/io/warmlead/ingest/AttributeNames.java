package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.try_element_at;

import org.apache.spark.sql.Column;

/** Names in maps of attributes. */
final class AttributeNames {
  private AttributeNames() {}

  /**
   * Those that two MAP of STRING to STRING do not have alike, ARRAY; empty and absent are alike.
   */
  static Column differing(Column one, Column other) {
    return filter(
        array_union(map_keys(one), map_keys(other)),
        name -> not(text(one, name).equalTo(text(other, name))));
  }

  private static Column text(Column attributes, Column name) {
    return coalesce(try_element_at(attributes, name), lit(""));
  }
}
