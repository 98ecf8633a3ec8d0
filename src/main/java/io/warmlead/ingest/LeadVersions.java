package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.warmlead.table.Leads;
import io.warmlead.table.TableContract.ColumnContract;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/** Keeps the history of a lead's attributes. */
public final class LeadVersions {
  private static final List<String> NOT_CONTENT =
      List.of("lead_id", "valid_from", "valid_to", "counts_from", "file", "run_id");

  private LeadVersions() {}

  /**
   * New versions among incoming rows: leads not seen before, and leads whose attributes differ.
   *
   * <p>Where the source has no {@code valid_from}, a new lead holds from its creation and a changed
   * one from {@code changedFrom}; of several rows of a lead in one run, the file whose name sorts
   * last wins, as exports carry dates in their names. What comes in a later run from a file of an
   * earlier date than the stored version is outdated.
   *
   * @param incoming good rows of {@link RawRows#leads}
   * @param stored the leads table
   * @return rows with {@code is_outdated}: whether they come too late to be a version
   */
  public static Dataset<Row> changed(
      Dataset<Row> incoming, Dataset<Row> stored, Instant changedFrom) {
    Dataset<Row> before =
        stored
            .withColumn("stored_digest", digest())
            .select(
                col("lead_id"),
                col("valid_from").as("stored_from"),
                col("valid_to").as("stored_to"),
                col("file").as("stored_file"),
                col("stored_digest"));
    Column same =
        when(col("valid_from").isNull(), col("stored_to").isNull())
            .otherwise(col("valid_from").equalTo(col("stored_from")));
    Dataset<Row> candidates = incoming.withColumn("digest", digest());
    Column isOlder =
        col("valid_from").isNull().and(DatedFile.isOlder(col("file"), col("stored_file")));
    return candidates
        .join(
            before,
            candidates.col("lead_id").equalTo(before.col("lead_id")).and(same),
            "left_outer")
        .drop(before.col("lead_id"))
        .withColumn("is_outdated", coalesce(isOlder, lit(false)))
        .withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("lead_id", "valid_from")
                        .orderBy(col("is_outdated"), col("file").desc(), col("digest"))))
        .where(col("copy").equalTo(1))
        .where(functions.not(col("digest").eqNullSafe(col("stored_digest"))))
        .withColumn(
            "valid_from",
            coalesce(
                col("valid_from"),
                when(
                    col("stored_from").isNotNull(),
                    greatest(lit(java.sql.Timestamp.from(changedFrom)), col("stored_from"))),
                col("created_at")))
        .drop("copy", "digest", "stored_digest", "stored_from", "stored_to", "stored_file");
  }

  /**
   * New versions of leads, and those stored ones of the same leads that now end elsewhere or count
   * from elsewhere: each ends where the next begins, and the first counts from the lead's creation.
   *
   * @param changed of {@link #changed}, with {@code run_id}
   */
  public static Dataset<Row> chained(Dataset<Row> changed, Dataset<Row> stored) {
    Dataset<Row> valid = changed.where(functions.not(col("is_outdated")));
    String[] columns = Leads.TABLE.columnNames().toArray(String[]::new);
    Dataset<Row> kept =
        stored
            .join(valid.select("lead_id").distinct(), new String[] {"lead_id"}, "left_semi")
            .join(
                valid.select("lead_id", "valid_from"),
                new String[] {"lead_id", "valid_from"},
                "left_anti");
    WindowSpec versions = Window.partitionBy("lead_id").orderBy("valid_from");
    Column isFirst = lag("valid_from", 1).over(versions).isNull();
    Column remains =
        col("valid_to")
            .eqNullSafe(col("ends_at"))
            .and(col("counts_from").eqNullSafe(col("begins_at")));
    return valid
        .withColumn("valid_to", lit(null).cast("timestamp"))
        .withColumn("counts_from", lit(null).cast("timestamp"))
        .select(java.util.Arrays.stream(columns).map(functions::col).toArray(Column[]::new))
        .withColumn("is_new", lit(true))
        .unionByName(kept.withColumn("is_new", lit(false)))
        .withColumn("ends_at", lead("valid_from", 1).over(versions))
        .withColumn(
            "begins_at",
            when(isFirst, least(col("created_at"), col("valid_from"))).otherwise(col("valid_from")))
        .where(col("is_new").or(functions.not(remains)))
        .withColumn("valid_to", col("ends_at"))
        .withColumn("counts_from", col("begins_at"))
        .drop("is_new", "ends_at", "begins_at");
  }

  private static Column digest() {
    Column[] content =
        Leads.TABLE.columns().stream()
            .map(ColumnContract::name)
            .filter(name -> !NOT_CONTENT.contains(name))
            .map(
                name ->
                    name.equals("attributes")
                        ? functions.array_sort(functions.map_entries(col(name))).as(name)
                        : col(name))
            .toArray(Column[]::new);
    return functions.md5(functions.to_json(functions.struct(content)).cast("binary"));
  }
}
