package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.unhex;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Leaves erased persons out of what is read. */
public final class Suppression {
  private Suppression() {}

  /** Adds {@code is_suppressed} where nobody was erased. */
  public static Dataset<Row> none(Dataset<Row> rows) {
    return rows.withColumn("is_suppressed", lit(false));
  }

  /**
   * Adds {@code is_suppressed}; such rows are ignored too, so that they reach no table and no
   * quarantine. References to erased persons are emptied.
   *
   * @param rows typed rows of {@link RawRows}
   * @param codes rows of the table {@code suppressed}
   * @param pads one row {@code inner, outer} of the key: a frame, because values in a frame do not
   *     show in plans and logs, as literals would
   */
  public static Dataset<Row> marked(Dataset<Row> rows, Dataset<Row> codes, Dataset<Row> pads) {
    Dataset<Row> marked =
        marked(rows.crossJoin(broadcast(pads)), codes, "lead_id", "is_suppressed")
            .withColumn("is_ignored", col("is_ignored").or(col("is_suppressed")));
    if (Arrays.asList(rows.columns()).contains("referrer_id")) {
      marked =
          marked(marked, codes, "referrer_id", "__is_referrer")
              .withColumn(
                  "referrer_id",
                  when(col("__is_referrer"), lit(null)).otherwise(col("referrer_id")))
              .drop("__is_referrer");
    }
    if (Arrays.asList(rows.columns()).contains("attributes")) {
      marked = withoutPersons(marked, named(rows, codes, pads));
    }
    return marked.drop("inner", "outer");
  }

  private static Dataset<Row> marked(
      Dataset<Row> rows, Dataset<Row> codes, String id, String mark) {
    Dataset<Row> known = codes.select(col("code").as("__code"), lit(true).as("__found")).distinct();
    return rows.join(broadcast(known), code(col(id)).equalTo(known.col("__code")), "left_outer")
        .withColumn(mark, coalesce(col("__found"), lit(false)))
        .drop("__code", "__found");
  }

  /**
   * Whether a text may name a person: no number of at most five digits, which may count anything.
   */
  public static Column mayNameAPerson(Column text) {
    return not(text.rlike("^[0-9]{1,5}$"));
  }

  /**
   * Takes attributes out whose value is a person.
   *
   * @param persons one row, {@code __persons}: ids
   */
  public static Dataset<Row> withoutPersons(Dataset<Row> rows, Dataset<Row> persons) {
    return rows.crossJoin(broadcast(persons))
        .withColumn(
            "attributes",
            map_filter(
                col("attributes"),
                (name, value) ->
                    not(coalesce(array_contains(col("__persons"), value), lit(false)))))
        .drop("__persons");
  }

  /** Erased persons among the values of attributes. */
  private static Dataset<Row> named(Dataset<Row> rows, Dataset<Row> codes, Dataset<Row> pads) {
    return rows.select(explode(map_values(col("attributes"))).as("value"))
        .where(mayNameAPerson(col("value")))
        .distinct()
        .crossJoin(broadcast(pads))
        .withColumn("code", code(col("value")))
        .join(broadcast(codes.select("code")), new String[] {"code"}, "left_semi")
        .agg(collect_set("value").as("__persons"));
  }

  /** HMAC-SHA-256 (RFC 2104) of an id, hexadecimal; NULL of NULL. */
  static Column code(Column id) {
    Column inner = sha2(concat(col("inner"), encode(id, "UTF-8")), 256);
    return sha2(concat(col("outer"), unhex(inner)), 256);
  }
}
