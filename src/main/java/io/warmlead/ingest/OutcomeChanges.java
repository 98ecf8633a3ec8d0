package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What a batch of outcomes changes.
 *
 * <p>With an {@code outcome_id}, what the newest file says of it is what is so: one row per lead,
 * which takes the place of what was stored of that id, if that is different and not of a later
 * date. Without one, a row is known by its lead, outcome, instant and value: two purchases of one
 * day are two outcomes where their amounts differ. A value that was missing is no other amount: it
 * may come later, and a row that lacks it again says nothing new.
 *
 * @param added rows that are not stored yet
 * @param replaced stored rows that these take the place of, with {@code is_correction}: whether
 *     they said something else, and did not only lack the id
 */
public record OutcomeChanges(Dataset<Row> added, Dataset<Row> replaced) {
  private static final String[] INSTANT = {"lead_id", "outcome", "occurred_at"};

  /**
   * Compares.
   *
   * @param rows good rows of {@link RawRows#outcomes}
   * @param stored the outcomes table
   */
  public static OutcomeChanges of(Dataset<Row> rows, Dataset<Row> stored) {
    Dataset<Row> named = valid(newest(rows.where(col("outcome_id").isNotNull())), stored);
    Dataset<Row> unnamed = distinct(rows.where(col("outcome_id").isNull()));
    Dataset<Row> corrected = named.where(col("is_changed")).drop("is_changed");
    Dataset<Row> added = corrected.unionByName(unknown(unnamed, stored, named));

    Dataset<Row> storedNamed = stored.where(col("outcome_id").isNotNull());
    Dataset<Row> storedUnnamed = stored.where(col("outcome_id").isNull());
    Dataset<Row> ids = corrected.select("outcome_id").distinct();
    Dataset<Row> replaced =
        storedNamed
            .join(ids, new String[] {"outcome_id"}, "left_semi")
            .withColumn("is_correction", lit(true))
            .unionByName(
                completed(storedUnnamed, named, unnamed).withColumn("is_correction", lit(true)))
            .unionByName(
                same(storedUnnamed, named, "left_semi").withColumn("is_correction", lit(false)));
    return new OutcomeChanges(added, replaced);
  }

  /** What the file whose name sorts last says of each id, one row per lead. */
  private static Dataset<Row> newest(Dataset<Row> named) {
    return named
        .withColumn("newest_file", max("file").over(Window.partitionBy("outcome_id")))
        .where(col("file").equalTo(col("newest_file")))
        .withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("outcome_id", "lead_id")
                        .orderBy(
                            col("occurred_at").desc(),
                            col("value").desc_nulls_last(),
                            col("outcome"))))
        .where(col("copy").equalTo(1))
        .drop("newest_file", "copy");
  }

  /** Adds {@code is_changed}; what is older than what is stored is left out where it differs. */
  private static Dataset<Row> valid(Dataset<Row> named, Dataset<Row> stored) {
    Dataset<Row> now =
        named.groupBy("outcome_id").agg(contents("contents"), max("file").as("file"));
    Dataset<Row> before =
        stored
            .where(col("outcome_id").isNotNull())
            .groupBy("outcome_id")
            .agg(contents("stored_contents"), max("file").as("stored_file"));
    Dataset<Row> judged =
        now.join(before, new String[] {"outcome_id"}, "left_outer")
            .select(
                col("outcome_id"),
                not(col("contents").eqNullSafe(col("stored_contents"))).as("is_changed"),
                coalesce(DatedFile.isOlder(col("file"), col("stored_file")), lit(false))
                    .as("is_outdated"))
            .where(not(col("is_changed").and(col("is_outdated"))))
            .drop("is_outdated");
    return named.join(judged, new String[] {"outcome_id"});
  }

  private static Column contents(String name) {
    return sort_array(
            collect_set(
                to_json(struct(col("lead_id"), col("outcome"), col("occurred_at"), col("value")))))
        .as(name);
  }

  private static Dataset<Row> distinct(Dataset<Row> unnamed) {
    return unnamed
        .withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("lead_id", "outcome", "occurred_at", "value")
                        .orderBy(col("file"))))
        .where(col("copy").equalTo(1))
        .drop("copy");
  }

  private static Dataset<Row> unknown(
      Dataset<Row> unnamed, Dataset<Row> stored, Dataset<Row> named) {
    Dataset<Row> known = asKnown(stored).unionByName(asKnown(named));
    return unnamed.join(
        known,
        isOfTheInstant().and(col("value").isNull().or(col("value").eqNullSafe(col("known_value")))),
        "left_anti");
  }

  /** Stored rows without a value for which the batch has one, and which it does not repeat. */
  private static Dataset<Row> completed(
      Dataset<Row> stored, Dataset<Row> named, Dataset<Row> unnamed) {
    Dataset<Row> lacking = stored.where(col("value").isNull());
    Dataset<Row> values =
        named
            .select("lead_id", "outcome", "occurred_at", "value")
            .unionByName(unnamed.select("lead_id", "outcome", "occurred_at", "value"))
            .where(col("value").isNotNull());
    return same(lacking.join(values, INSTANT, "left_semi"), unnamed, "left_anti");
  }

  /** Rows that have, or have not, a counterpart of the same content. */
  private static Dataset<Row> same(Dataset<Row> stored, Dataset<Row> others, String join) {
    return stored.join(
        asKnown(others), isOfTheInstant().and(col("value").eqNullSafe(col("known_value"))), join);
  }

  private static Dataset<Row> asKnown(Dataset<Row> rows) {
    return rows.select(
        col("lead_id").as("known_lead"),
        col("outcome").as("known_outcome"),
        col("occurred_at").as("known_at"),
        col("value").as("known_value"));
  }

  private static Column isOfTheInstant() {
    return col("lead_id")
        .equalTo(col("known_lead"))
        .and(col("outcome").equalTo(col("known_outcome")))
        .and(col("occurred_at").equalTo(col("known_at")));
  }
}
