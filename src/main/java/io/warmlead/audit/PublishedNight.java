package io.warmlead.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Whether the small tables for every reader hold the newest night, row by row. */
public final class PublishedNight {
  private static final List<String> KEY = List.of("lead_id", "score_date");

  private PublishedNight() {}

  /**
   * Leads that only one of the two frames has, or that differ in any column.
   *
   * @param night rows that should be published
   * @param published rows that are
   */
  public static Dataset<Row> differences(Dataset<Row> night, Dataset<Row> published) {
    Column[] all =
        java.util.Arrays.stream(night.columns()).map(functions::col).toArray(Column[]::new);
    return Offences.of(
        "is_the_newest_night",
        whole(night, all, "wanted")
            .join(whole(published, all, "found"), KEY.toArray(String[]::new), "full_outer")
            .where(not(col("wanted").eqNullSafe(col("found")))),
        KEY);
  }

  private static Dataset<Row> whole(Dataset<Row> rows, Column[] all, String name) {
    return rows.select(col("lead_id"), col("score_date"), struct(all).as(name));
  }
}
