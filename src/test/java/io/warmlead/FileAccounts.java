package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.lake.Lake;
import io.warmlead.table.IngestedFiles;
import io.warmlead.testing.SimulatedCompany;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * What became of the rows that a company exported.
 *
 * @param files of all inputs; the other numbers are rows of engagements
 * @param unknown accepted ones of leads that nobody knew yet
 */
record FileAccounts(
    int files, long accepted, long duplicates, long rejected, long ignored, long unknown) {

  /**
   * Adds up the accounts of all files but one.
   *
   * @param without name of a file that the company did not export itself
   * @throws AssertionError where the account of a file does not add up to the rows that were
   *     written into it
   */
  static FileAccounts of(SimulatedCompany company, Lake lake, String without) {
    Map<String, Object> planted = company.truth().getObject("rows").unwrapped();
    FileAccounts all = new FileAccounts(0, 0, 0, 0, 0, 0);
    for (Row row : lake.read(IngestedFiles.TABLE).collectAsList()) {
      String file = row.<String>getAs("file");
      assertThat(rows(row, "rows_in"))
          .as(file)
          .isEqualTo(
              rows(row, "accepted")
                  + rows(row, "duplicates")
                  + rows(row, "rejected")
                  + rows(row, "ignored")
                  + rows(row, "suppressed"));
      if (file.endsWith(without)) {
        continue;
      }
      Path path = Path.of(URI.create(file).getPath());
      String name = company.exports().relativize(path).toString();
      assertThat(rows(row, "rows_in")).as(name).isEqualTo(((Number) planted.get(name)).longValue());
      all = all.plus(row);
    }
    return all;
  }

  private FileAccounts plus(Row row) {
    if (!row.<String>getAs("input").equals("engagements")) {
      return new FileAccounts(files + 1, accepted, duplicates, rejected, ignored, unknown);
    }
    return new FileAccounts(
        files + 1,
        accepted + rows(row, "accepted"),
        duplicates + rows(row, "duplicates"),
        rejected + rows(row, "rejected"),
        ignored + rows(row, "ignored"),
        unknown + rows(row, "unknown_leads"));
  }

  /** A number of an account. */
  static long rows(Row account, String column) {
    return account.<Long>getAs(column);
  }
}
