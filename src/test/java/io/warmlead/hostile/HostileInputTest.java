package io.warmlead.hostile;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Rejects;
import io.warmlead.table.TableContract;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were damaged, mistaken or made to do harm: each row is accounted for, nothing breaks.
 */
final class HostileInputTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeLeads() throws IOException {
    Files.writeString(folder.resolve("leads.csv"), "lead_id,created_at\nada,2026-01-01\n");
  }

  @Test
  void everyRowOfAFileWithUglyCellsIsAccountedFor() {
    assertAccounted("csv", CsvCorpus.cells());
  }

  @Test
  @Tag("proof")
  void everyRowOfAFileOfUglyShapeIsAccountedFor() {
    assertAccounted("csv", CsvCorpus.shapes());
  }

  @Test
  @Tag("proof")
  void everyRowOfUglyJsonLinesIsAccountedFor() {
    assertAccounted("json", JsonCorpus.files());
  }

  @Test
  @Tag("proof")
  void largeCellsAndArchivesThatGrowAreRead() {
    assertAccounted("csv", CsvCorpus.large());
  }

  @Test
  @Tag("proof")
  void aFileThatCannotBeReadIsNamedInOneScreen() throws IOException {
    List<String> wrong = new ArrayList<>();
    int number = 0;
    for (RefusedFile file : RefusedFile.all()) {
      Path own = Files.createDirectory(folder.resolve("refused-" + number++));
      Path path = own.resolve(file.name());
      Files.write(path, file.bytes().get());
      List<String> settings = new ArrayList<>(file.settings());
      settings.add("inputs.engagements.path=" + path);
      Invocation run = ingest(own.resolve("lake"), settings);
      if ((run.exitCode() != 2 && run.exitCode() != 3)
          || !run.err().contains(file.said())
          || run.err().contains("\tat ")
          || run.err().length() > 4_000
          || run.err().lines().count() > 25) {
        wrong.add(
            file.name() + " " + file.settings() + ": " + run.exitCode() + " " + start(run.err()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("proof")
  void parquetFilesOfAllTypesAreReadAndOfOtherSchemasRefused() {
    Path data = folder.resolve("data");
    parquet(
        data.resolve("types"),
        "SELECT id AS lead_id, TIMESTAMP'2026-01-01 08:00:00' + make_interval(0, 0, 0, int(id)) AS"
            + " occurred_at, encode('page_view', 'UTF-8') AS event, IF(id = 2, double('NaN'),"
            + " double(id)) AS value, array(named_struct('a', id)) AS nested, date'1900-01-01' AS"
            + " day FROM range(4)");
    parquet(
        data.resolve("dates"),
        "SELECT 'dates' AS lead_id, date'2026-01-01' AS occurred_at, 'page_view' AS event");
    Path lake = folder.resolve("lake");
    Invocation mixed = ingest(lake, parquetAt(data));
    assertThat(mixed.exitCode()).as("columns of two types: " + mixed.err()).isEqualTo(3);
    assertThat(mixed.err()).contains("cannot be read as parquet").doesNotContain("\tat ");

    Invocation run = ingest(lake, parquetAt(data.resolve("types")));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(table(lake, Engagements.TABLE).count()).isEqualTo(3);
    assertThat(table(lake, Rejects.TABLE).selectExpr("reasons[0]").head().getString(0))
        .startsWith("unreadable_value");

    parquet(folder.resolve("other"), "SELECT 1 AS a, 2 AS b");
    Invocation other = ingest(lake, parquetAt(folder.resolve("other")));
    assertThat(other.exitCode()).as(other.err()).isEqualTo(3);
    assertThat(other.err()).contains("there is no such column").doesNotContain("\tat ");
  }

  private static List<String> parquetAt(Path path) {
    return List.of("inputs.engagements.path=" + path, "inputs.engagements.format=parquet");
  }

  private static void parquet(Path path, String query) {
    TestSession.get().sql(query).coalesce(1).write().parquet(path.toString());
  }

  private void assertAccounted(String format, List<HostileFile> files) {
    Path data = folder.resolve("data");
    files.forEach(file -> file.write(data));
    Path lake = folder.resolve("lake");
    Invocation run =
        ingest(
            lake,
            List.of(
                "inputs.engagements.path=" + data,
                "inputs.engagements.format=" + format,
                "inputs.engagements.zone=Europe/Berlin"));
    assertThat(run.exitCode()).as(run.err()).isZero();

    Map<String, String> expected = new TreeMap<>();
    for (HostileFile file : files) {
      expected.put(
          file.name(),
          file.rowsIn()
              + " in, "
              + file.accepted()
              + " accepted, "
              + file.rejected()
              + " rejected");
    }
    Map<String, Long> stored = perFile(lake, Engagements.TABLE);
    Map<String, Long> rejects = perFile(lake, Rejects.TABLE);
    Map<String, String> found = new TreeMap<>();
    for (Row row :
        table(lake, IngestedFiles.TABLE).where("input = 'engagements'").collectAsList()) {
      String file = row.getAs("file");
      found.put(
          data.toUri().relativize(java.net.URI.create("file:" + encoded(file))).getPath(),
          row.getAs("rows_in")
              + " in, "
              + row.getAs("accepted")
              + " accepted, "
              + row.getAs("rejected")
              + " rejected");
      // The account is believed only where the rows stand in the tables.
      assertThat(stored.getOrDefault(file, 0L)).as(file).isEqualTo(row.<Long>getAs("accepted"));
      assertThat(rejects.getOrDefault(file, 0L)).as(file).isEqualTo(row.<Long>getAs("rejected"));
    }
    assertThat(found).isEqualTo(expected);
  }

  private static String encoded(String path) {
    String plain = path.replaceFirst("^file:", "");
    return Path.of(plain).toUri().getRawPath();
  }

  private static Map<String, Long> perFile(Path lake, TableContract table) {
    Map<String, Long> counts = new TreeMap<>();
    table(lake, table)
        .groupBy("file")
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private static Dataset<Row> table(Path lake, TableContract table) {
    return TestSession.get().read().format("delta").load(lake.resolve(table.name()).toString());
  }

  private Invocation ingest(Path lake, List<String> settings) {
    List<String> arguments = new ArrayList<>(List.of("ingest", "--lake", lake.toString()));
    Stream.concat(
            Stream.of("inputs.leads.path=" + folder + "/leads.csv", "conversion.outcomes=[won]"),
            settings.stream())
        .forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return Invocation.of(arguments);
  }

  private static String start(String text) {
    return text.length() > 600 ? text.substring(0, 600) + " …" : text;
  }
}
