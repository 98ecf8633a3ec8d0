package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.crash.ChildRun;
import io.warmlead.crash.SmallCompany;
import io.warmlead.testing.CommandsInTurn;
import io.warmlead.testing.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a schema of a catalog: readers see published nights, and what is missing is told. */
final class CatalogTest {
  @TempDir private Path folder;

  @Test
  void readersOfACatalogSeeWholeNightsInViews() throws Exception {
    String output =
        succeeded(
            List.of(
                List.of("ingest", "--as-of", "2026-01-07"),
                List.of("score", "--as-of", "2026-01-07"),
                count("seen")));
    assertThat(output)
        .contains("there is no such schema in the catalog spark_catalog")
        .doesNotContain("were not all made");
    assertThat(answer("seen", output)).isPositive();
    assertThat(folder.resolve("warehouse/warm.db/_warmlead/reports/2026-01-07.html")).exists();
  }

  @Test
  @Tag("proof")
  void tablesOfACatalogAreKeptAsThoseOfAFolder() throws Exception {
    String output =
        succeeded(
            List.of(
                List.of("nightly", "--as-of", "2026-01-07"),
                List.of("audit"),
                List.of("maintain", "--apply"),
                count("before"),
                List.of("erase", "--lead", "ada"),
                count("after")));
    assertThat(answer("after", output)).isPositive().isEqualTo(answer("before", output) - 1);
  }

  /** What commands print in a session with a metastore; first one that finds no schema yet. */
  private String succeeded(List<List<String>> commands) throws Exception {
    SmallCompany company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    List<String> all = new ArrayList<>(List.of(command(company, List.of("sql", "SELECT 1"))));
    commands.forEach(words -> all.add(command(company, words)));
    ChildRun.End end =
        ChildRun.start(
                folder,
                Map.of(
                    "spark.sql.catalogImplementation",
                    "hive",
                    "spark.sql.warehouse.dir",
                    folder.resolve("warehouse").toString(),
                    "spark.hadoop.javax.jdo.option.ConnectionURL",
                    "jdbc:derby:;databaseName=" + folder.resolve("metastore") + ";create=true",
                    "spark.hadoop.datanucleus.schema.autoCreateAll",
                    "true",
                    "spark.hadoop.hive.metastore.schema.verification",
                    "false",
                    "derby.stream.error.file",
                    folder.resolve("derby.log").toString()),
                CommandsInTurn.class.getName(),
                all)
            .end();
    List<String> expected = new ArrayList<>(List.of("ended with 2"));
    commands.forEach(words -> expected.add("ended with 0"));
    assertThat(end.output().lines().filter(line -> line.startsWith("ended with ")).toList())
        .as(end.output())
        .isEqualTo(expected);
    return end.output();
  }

  private static List<String> count(String name) {
    String published = "spark_catalog.warm.lead_scores_published";
    return List.of("sql", "SELECT '" + name + "', count(*) FROM " + published, "--format", "csv");
  }

  private static int answer(String name, String output) {
    return output
        .lines()
        .filter(line -> line.matches(name + ",[0-9]+"))
        .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCatalogThatForgetsIsRefused() {
    for (String command : List.of("sql|SELECT 1", "ingest")) {
      Invocation refused = over("spark_catalog", "warm", command);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains("lives in memory", "catalogImplementation", "lake.path");
    }
  }

  @Test
  void aCatalogThatDeltaCannotUseIsRefused() {
    Invocation refused = over("main", "warm", "ingest");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("lake.catalog = main: must be spark_catalog", "lake.path");
  }

  private Invocation over(String catalog, String schema, String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split("\\|")));
    SmallCompany company = new SmallCompany(folder.resolve("exports"));
    company.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(List.of("--set", "lake.catalog=" + catalog));
    arguments.addAll(List.of("--set", "lake.schema=" + schema));
    return Invocation.of(arguments);
  }

  private static String command(SmallCompany company, List<String> words) {
    List<String> all = new ArrayList<>(words);
    company.settings().forEach(setting -> all.addAll(List.of("--set", setting)));
    all.addAll(List.of("--set", "lake.catalog=spark_catalog", "--set", "lake.schema=warm"));
    return String.join(CommandsInTurn.SEPARATOR, all);
  }
}
