package io.warmlead.audit;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * A digest of rows, to compare two lakes by: the same for the same rows in any order, partitions,
 * zone and language. Columns that name a run are left out. Rows are summed and not sorted, so that
 * it costs one look at each.
 */
public final class RowDigest {
  private static final int PARTS = 4;

  /** Of a part, so that sums of 2^31 rows fit. */
  private static final int HEX_DIGITS = 8;

  private static final Map<String, String> TEXTS =
      Map.of("timeZone", "UTC", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private RowDigest() {}

  /**
   * Digests of groups of rows.
   *
   * @param group column that the rows of a group have in common; no part of the digest
   * @return the group, {@code rows, sums}: one row for each, for {@link #text}
   */
  public static Dataset<Row> of(Dataset<Row> rows, String group) {
    Column[] cells =
        Arrays.stream(rows.schema().fields())
            .filter(field -> !field.name().equals(group) && !field.name().endsWith("run_id"))
            .map(RowDigest::cell)
            .toArray(Column[]::new);
    Column digest = sha2(to_json(struct(cells), TEXTS).cast("binary"), 256);
    List<Column> sums = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      Column digits = substring(col("digest"), 1 + part * HEX_DIGITS, HEX_DIGITS);
      sums.add(sum(conv(digits, 16, 10).cast("bigint")).cast("string"));
    }
    return rows.select(col(group), digest.as("digest"))
        .groupBy(group)
        .agg(count(lit(1)).as("rows"), concat_ws(" ", sums.toArray(Column[]::new)).as("sums"));
  }

  /** The digest of a group, 32 hexadecimal digits. */
  public static String text(Row group) {
    return DigestUtils.sha256Hex(group.getAs("rows") + " " + group.getAs("sums"))
        .substring(0, PARTS * HEX_DIGITS);
  }

  /** A map has no order of its own. */
  private static Column cell(StructField field) {
    Column column = col(field.name());
    return field.dataType() instanceof MapType
        ? array_sort(map_entries(column)).as(field.name())
        : column;
  }
}
