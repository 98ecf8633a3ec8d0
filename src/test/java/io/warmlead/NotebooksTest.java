package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.pipeline.Queries;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stored notebooks and their queries promise, without running a notebook. */
final class NotebooksTest {
  private static final Path FOLDER = Path.of("notebooks");
  private static final Pattern SHOWN =
      Pattern.compile("show\\(\"\"\"\n(.*?)\n\"\"\"\\)", Pattern.DOTALL);

  @TempDir private Path empty;

  @Test
  void everyNotebookIsOneOfFormatFour() throws IOException {
    for (Path path : notebooks()) {
      JsonNode notebook = read(path);
      assertThat(notebook.get("nbformat").asInt()).as(path.toString()).isEqualTo(4);
      assertThat(notebook.get("metadata").get("kernelspec").get("name").asText())
          .isEqualTo("warmlead-java");
      Set<String> ids = new HashSet<>();
      for (JsonNode cell : notebook.get("cells")) {
        assertThat(cell.get("cell_type").asText()).isIn("markdown", "code");
        assertThat(ids.add(cell.get("id").asText())).as("ids are unique").isTrue();
        if (isCode(cell)) {
          assertThat(cell.has("execution_count")).isTrue();
          assertThat(cell.get("outputs").isArray()).isTrue();
        }
      }
    }
  }

  @Test
  void everyNotebookBeginsByOpeningTheLakeInTheSameWay() throws IOException {
    Set<List<String>> openings = new HashSet<>();
    for (Path path : notebooks()) {
      openings.add(code(path).subList(0, 2));
    }
    assertThat(openings).hasSize(1);
    assertThat(openings.iterator().next().get(0)).contains("getLogger(\"org.codehaus\")");
  }

  @Test
  void noStoredOutputIsAnError() throws IOException {
    for (Path path : notebooks()) {
      for (JsonNode cell : read(path).get("cells")) {
        for (JsonNode output : cell.path("outputs")) {
          assertThat(output.get("output_type").asText()).as(path.toString()).isNotEqualTo("error");
        }
      }
    }
  }

  @Test
  void aNotebookShowsTheQueriesOfItsSqlFile() throws IOException {
    for (Path path : notebooks()) {
      List<String> shown = new ArrayList<>();
      for (String cell : code(path)) {
        Matcher query = SHOWN.matcher(cell);
        if (query.matches()) {
          shown.add(query.group(1));
        }
      }
      assertThat(shown).as(path.toString()).isEqualTo(queries(sqlOf(path))).hasSizeGreaterThan(3);
    }
  }

  @Test
  void everyQueryNamesOnlyTablesAndColumnsThatThereAre() throws IOException {
    Queries answers =
        new Queries(
            Lake.open(
                TestSession.get(),
                new LakeSettings(
                    Optional.of(empty.toString()), Optional.empty(), Optional.empty())));
    for (Path path : notebooks()) {
      for (String query : queries(sqlOf(path))) {
        assertThat(answers.rows(query).columns()).as(query).isNotEmpty();
      }
    }
  }

  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> found = files.filter(path -> path.toString().endsWith(".ipynb")).sorted().toList();
      assertThat(found).hasSize(5);
      return found;
    }
  }

  private static Path sqlOf(Path notebook) {
    String name = notebook.getFileName().toString().replace(".ipynb", ".sql");
    return FOLDER.resolve("sql").resolve(name);
  }

  /** Statements end with a semicolon at the end of a line; lines of comments stand before them. */
  private static List<String> queries(Path sql) throws IOException {
    return Arrays.stream(Files.readString(sql).split(";\n", -1))
        .map(statement -> statement.replaceAll("(?m)^--.*\n", "").strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  private static List<String> code(Path notebook) throws IOException {
    List<String> cells = new ArrayList<>();
    for (JsonNode cell : read(notebook).get("cells")) {
      if (isCode(cell)) {
        StringBuilder source = new StringBuilder();
        cell.get("source").forEach(line -> source.append(line.asText()));
        cells.add(source.toString());
      }
    }
    return cells;
  }

  private static boolean isCode(JsonNode cell) {
    return cell.get("cell_type").asText().equals("code");
  }

  private static JsonNode read(Path notebook) throws IOException {
    return new ObjectMapper().readTree(notebook.toFile());
  }
}
