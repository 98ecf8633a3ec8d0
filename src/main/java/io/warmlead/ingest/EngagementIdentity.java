package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Decides which engagements are the same one. */
public final class EngagementIdentity {
  private static final String KNOWN_LEAD = "known_lead_id";

  private EngagementIdentity() {}

  /**
   * Gives every row its {@code event_id} and keeps one row of each that is not stored.
   *
   * <p>Without an id of the source, identity is the row's content and its ordinal among equal rows
   * of its file: two equal rows of one file are two engagements, the same row in another file is
   * the same engagement. Of rows with one id the first to be received is kept, then the first to
   * occur, then by content, so that the order of files does not matter.
   *
   * @param rows good rows of {@link RawRows#engagements}
   * @param known {@code event_id, lead_id} of what is stored already
   */
  public static Dataset<Row> distinct(Dataset<Row> rows, Dataset<Row> known) {
    return withKnownLead(rows, known).where(isNew()).drop(KNOWN_LEAD);
  }

  /** Whether a row of {@link #withKnownLead} is not stored yet. */
  public static Column isNew() {
    return col(KNOWN_LEAD).isNull();
  }

  /** Whether a row of {@link #withKnownLead} is stored as an engagement of another lead. */
  public static Column isOfAnotherLead() {
    return col(KNOWN_LEAD).isNotNull().and(col(KNOWN_LEAD).notEqual(col("lead_id")));
  }

  /** As {@link #distinct}, with rows that are stored, and {@code known_lead_id} of these. */
  public static Dataset<Row> withKnownLead(Dataset<Row> rows, Dataset<Row> known) {
    // One shuffle by identity serves both windows.
    Dataset<Row> together =
        rows.withColumn("identity", coalesce(col("event_id"), col("content")))
            .repartition(col("identity"));
    Dataset<Row> identified =
        together
            .withColumn(
                "ordinal",
                row_number()
                    .over(Window.partitionBy("identity", "event_id", "file").orderBy(lit(1))))
            .withColumn(
                "event_id",
                coalesce(col("event_id"), concat_ws("-", col("content"), col("ordinal"))));
    return identified
        .withColumn(
            "copy",
            row_number()
                .over(
                    Window.partitionBy("identity", "event_id")
                        .orderBy(
                            col("received_at").asc_nulls_first(),
                            col("occurred_at"),
                            col("content"),
                            col("file"))))
        .where(col("copy").equalTo(1))
        .drop("copy", "ordinal", "identity")
        .join(
            known.select(col("event_id"), col("lead_id").as(KNOWN_LEAD)),
            new String[] {"event_id"},
            "left_outer");
  }
}
