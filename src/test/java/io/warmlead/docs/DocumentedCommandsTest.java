package io.warmlead.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.cli.Terminal;
import io.warmlead.cli.WarmleadCommand;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands that pages and examples show are commands, with options, that there are. */
final class DocumentedCommandsTest {
  private static final Pattern COMMAND = Pattern.compile("scripts/warmlead ([^`]*)");
  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");
  private static final Pattern SOURCE = Pattern.compile("(?:FROM|JOIN) (\\w+)");

  @Test
  void everyCommandOfThePagesIsUnderstood() {
    List<String> commands = new ArrayList<>();
    for (Path page : Pages.all()) {
      commands.addAll(commands(Pages.text(page)));
    }
    for (Path example : Pages.files(Path.of("conf/examples"), ".conf")) {
      commands.addAll(commands(Pages.text(example)));
    }
    assertThat(commands).hasSizeGreaterThan(25);
    for (String command : commands) {
      if (words(command).size() == 1) {
        // A command that a sentence mentions.
        assertThat(commandLine().getSubcommands()).containsKey(command);
      } else {
        assertThatCode(() -> parse(command)).as(command).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void everyCommandThatThereIsStandsInAPage() {
    TreeSet<String> shown = new TreeSet<>();
    for (Path page : Pages.all()) {
      for (String command : commands(Pages.text(page))) {
        shown.add(words(command).get(0));
      }
    }
    TreeSet<String> known = new TreeSet<>(commandLine().getSubcommands().keySet());
    assertThat(shown).containsAll(known);
  }

  @Test
  void queriesAskTablesThatThereAre() {
    List<String> tables = Tables.ALL.stream().map(TableContract::name).toList();
    for (Path page : Pages.all()) {
      for (String command : commands(Pages.text(page))) {
        Matcher source = SOURCE.matcher(command);
        while (source.find()) {
          assertThat(tables).as(command).contains(source.group(1));
        }
      }
    }
  }

  @Test
  void aCommandEndsWithItsLineItsQuoteOrItsComment() {
    assertThat(
            commands(
                """
                Say `scripts/warmlead tables`, or
                scripts/warmlead check --conf a.conf \\
                  --set "x=1 # no comment"   # a comment
                scripts/warmlead score --json > FILE
                #   scripts/warmlead demo
                scripts/warmlead COMMAND --help
                """))
        .containsExactly(
            "tables", "check --conf a.conf --set \"x=1 # no comment\"", "score --json", "demo");
    assertThat(words("sql \"SELECT 'a' FROM b\" --lake 'my lake'"))
        .containsExactly("sql", "SELECT 'a' FROM b", "--lake", "my lake");
  }

  @Test
  void whatIsNoCommandIsFound() {
    assertThatThrownBy(() -> parse("nigtly --conf my.conf")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> parse("nightly --config my.conf"))
        .isInstanceOf(RuntimeException.class);
  }

  private static CommandLine.ParseResult parse(String command) {
    return commandLine().parseArgs(words(command).toArray(String[]::new));
  }

  private static CommandLine commandLine() {
    return WarmleadCommand.commandLine(Clock.systemUTC(), Terminal.NONE);
  }

  /** What follows {@code scripts/warmlead}, one command a line; placeholders are left out. */
  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    // A line that ends with a backslash goes on in the next one, also within a comment.
    for (String line : text.replaceAll("\\\\\\n#?\\s*", "").lines().toList()) {
      Matcher command = COMMAND.matcher(line);
      while (command.find()) {
        String found = alone(command.group(1)).strip();
        if (!found.isEmpty() && !found.startsWith("COMMAND") && !found.startsWith("-")) {
          commands.add(found);
        }
      }
    }
    return commands;
  }

  /** Up to a comment, or to where the shell sends the output. */
  private static String alone(String command) {
    boolean isQuoted = false;
    for (int i = 1; i < command.length(); i++) {
      if (command.charAt(i) == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted
          && "#>|".indexOf(command.charAt(i)) >= 0
          && command.charAt(i - 1) == ' ') {
        return command.substring(0, i);
      }
    }
    return command;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }
}
