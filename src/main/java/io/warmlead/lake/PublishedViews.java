package io.warmlead.lake;

import io.warmlead.table.Runs;
import io.warmlead.table.TableContract;
import java.util.Collection;

/**
 * Views in the schema of the tables, for readers of a catalog who know nothing of runs: {@code
 * TABLE_published} has those rows of a table that a published run wrote. A folder has no views.
 */
public final class PublishedViews {
  private PublishedViews() {}

  /**
   * Makes the views of tables that are there, with the columns that these have now.
   *
   * @param isPublished predicate over the table of runs
   */
  public static void make(Lake lake, Collection<TableContract> tables, String isPublished) {
    LakePlace place = lake.place();
    if (place.isFolder() || !lake.exists(Runs.TABLE)) {
      return;
    }
    String runs = place.sqlName(Runs.TABLE);
    tables.stream()
        .filter(lake::exists)
        .forEach(
            table ->
                lake.spark()
                    .sql(
                        "CREATE OR REPLACE VIEW "
                            + place.viewName(table)
                            + " COMMENT '"
                            + "Rows of published runs in "
                            + table.name()
                            + "' AS SELECT * FROM "
                            + place.sqlName(table)
                            + " WHERE run_id IN (SELECT run_id FROM "
                            + runs
                            + " WHERE "
                            + isPublished
                            + ")"));
  }
}
