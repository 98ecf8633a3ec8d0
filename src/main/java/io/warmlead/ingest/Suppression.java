package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Leaves erased persons out of what is read. */
public final class Suppression {
  /** Numbers that may be the id of a person, and anything else. */
  public static final String MAY_COUNT_ANYTHING = "^[0-9]{1,5}$";

  /** Columns of {@link RawRows} in which a source may name a person among other words. */
  private static final Set<String> TEXTS =
      Set.of(
          "event",
          "signal",
          "channel",
          "asset",
          "stated_direction",
          "outcome",
          "source",
          "segment",
          "country",
          "language",
          "account_id",
          "owner",
          "budget",
          "authority",
          "need",
          "timeline",
          "raw");

  private Suppression() {}

  /** Adds {@code is_suppressed} where nobody was erased. */
  public static Dataset<Row> none(Dataset<Row> rows) {
    return rows.withColumn("is_suppressed", lit(false));
  }

  /**
   * Adds {@code is_suppressed}; such rows are ignored too, so that they reach no table and no
   * quarantine. References to erased persons are emptied: the referrer, attributes whose value is a
   * person, and where a person is named within a longer text.
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
    if (texts(rows).isEmpty()) {
      return marked.drop("inner", "outer");
    }
    Dataset<Row> persons = named(rows, codes, pads);
    if (Arrays.asList(rows.columns()).contains("attributes")) {
      marked = withoutPersons(marked, persons);
    }
    return withoutMentions(marked, persons).drop("inner", "outer");
  }

  private static Dataset<Row> withoutMentions(Dataset<Row> rows, Dataset<Row> persons) {
    Dataset<Row> pattern = persons.select(PersonMentions.pattern(col("__persons")).as("__mention"));
    Map<String, Column> clean = new HashMap<>();
    for (StructField field : texts(rows)) {
      clean.put(
          field.name(),
          PersonMentions.without(col(field.name()), field.dataType(), col("__mention")));
    }
    return rows.crossJoin(broadcast(pattern)).withColumns(clean).drop("__mention");
  }

  private static List<StructField> texts(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> TEXTS.contains(field.name()) || field.name().equals("attributes"))
        .toList();
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
    return not(text.rlike(MAY_COUNT_ANYTHING));
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

  /** Erased persons who are named in texts: one row, {@code __persons}. */
  private static Dataset<Row> named(Dataset<Row> rows, Dataset<Row> codes, Dataset<Row> pads) {
    Column[] texts =
        texts(rows).stream()
            .map(
                field ->
                    field.name().equals("attributes")
                        ? map_values(col("attributes"))
                        : array(col(field.name())))
            .toArray(Column[]::new);
    Column none = lit(new String[0]);
    Column all =
        Arrays.stream(texts).map(some -> coalesce(some, none)).reduce(none, (a, b) -> concat(a, b));
    return rows.select(explode(all).as("text"))
        .select(explode(PersonMentions.candidates(col("text"))).as("value"))
        .where(mayNameAPerson(col("value")).and(col("value").notEqual("")))
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
