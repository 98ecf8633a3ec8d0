package io.warmlead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Columns, settings and classes that pages name are there. */
final class NamesTest {
  private static final Pattern DOTTED = Pattern.compile("`([a-z_]+)\\.([a-z_]+(?:\\.[a-z_]+)*)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`");

  private static final Set<String> FILE_ENDINGS = Set.of("csv", "jsonl", "json", "conf", "html");

  private static final Map<String, TableContract> TABLES =
      Tables.ALL.stream().collect(Collectors.toMap(TableContract::name, Function.identity()));

  private static final Config SETTINGS =
      ConfigFactory.parseFile(Path.of("src/main/resources/reference.conf").toFile());

  @Test
  void everyColumnAndEverySettingThatAPageNamesIsThere() {
    List<String> missing = new ArrayList<>();
    int names = 0;
    for (Path page : Pages.all()) {
      Matcher name = DOTTED.matcher(Pages.text(page));
      while (name.find()) {
        names++;
        if (!isThere(name.group(1), name.group(2))) {
          missing.add(page + ": " + name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(names).isGreaterThan(100);
  }

  @Test
  void everyClassThatTheMethodNotesNameIsThere() throws IOException {
    Set<String> classes = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      files.forEach(file -> classes.add(file.getFileName().toString().replace(".java", "")));
    }
    Matcher name = CLASS.matcher(Pages.text(Pages.SITE.resolve("methods.md")));
    int named = 0;
    while (name.find()) {
      named++;
      assertThat(classes).contains(name.group(1));
    }
    assertThat(named).isGreaterThan(15);
  }

  @Test
  void whatIsNotThereIsFound() {
    assertThat(isThere("lead_scores", "probability")).isTrue();
    assertThat(isThere("lead_scores", "probabilty")).isFalse();
    assertThat(isThere("temperature", "policy.by")).isTrue();
    assertThat(isThere("temperature", "warm_windo")).isFalse();
  }

  /** Whether a name is known; names of files and the like are taken as they are. */
  private static boolean isThere(String first, String rest) {
    if (FILE_ENDINGS.contains(rest)) {
      return true;
    }
    if (TABLES.containsKey(first)) {
      return TABLES.get(first).columnNames().contains(rest);
    }
    return !SETTINGS.hasPath(first) || SETTINGS.hasPathOrNull(first + "." + rest);
  }
}
