package io.warmlead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.warmlead.docs.SettingsPage.Setting;
import io.warmlead.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pages that are made from the source say what the source says. */
final class GeneratedPagesTest {
  private static final String REFRESH =
      "mvn test -Dtest=GeneratedPagesTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.refresh=true";

  private static final Path REFERENCE = Path.of("src/main/resources/reference.conf");

  @Test
  void theDataDictionaryIsThatOfTheContracts() throws IOException {
    isUpToDate("data-dictionary.md", DictionaryPage.of(Tables.ALL));
  }

  @Test
  void theSettingsAreThoseOfTheReference() throws IOException {
    isUpToDate("settings.md", SettingsPage.of(Pages.text(REFERENCE)));
  }

  @Test
  void noSettingIsLeftOutAndEachHasAMeaning() {
    TreeSet<String> known = new TreeSet<>();
    ConfigFactory.parseFile(REFERENCE.toFile())
        .root()
        .forEach((group, ignored) -> known.add(group));
    assertThat(SettingsPage.settings(Pages.text(REFERENCE)))
        .extracting(setting -> setting.key().substring(0, setting.key().indexOf('.')))
        .containsAll(known);
    assertThat(SettingsPage.settings(Pages.text(REFERENCE)))
        .allMatch(
            setting -> ConfigFactory.parseFile(REFERENCE.toFile()).hasPathOrNull(setting.key()))
        .filteredOn(setting -> setting.meaning().isEmpty())
        .extracting(Setting::key)
        .as("settings without a comment")
        .allMatch(key -> key.startsWith("signals.catalogue."));
  }

  @Test
  void aSettingKeepsItsValueOverSeveralLinesAndItsCommentsLines() {
    String page =
        SettingsPage.of(
            """
            # All of it.

            nurture {
              # What to do:
              #   call   at once
              # or nothing.
              actions = [
                { action = call }
                { action = wait }
              ]
              # One of a|b.
              kind { a = 1 }
            }
            """);
    assertThat(page)
        .contains("\nAll of it.\n")
        .contains("\n## nurture\n")
        .contains(
            "| `nurture.actions` | `[ { action = call } { action = wait } ]` |"
                + " What to do: <br/>`call   at once` or nothing. |\n")
        .contains("| `nurture.kind` | `{ a = 1 }` | One of a\\|b. |\n");
  }

  private static void isUpToDate(String name, String page) throws IOException {
    Path stored = Pages.SITE.resolve(name);
    if (Boolean.getBoolean("docs.refresh")) {
      Files.writeString(stored, page);
    }
    assertThat(stored).as("make it anew with: " + REFRESH).exists();
    assertThat(Pages.text(stored))
        .as(stored + " is not what the source says; make it anew with: " + REFRESH)
        .isEqualTo(page);
  }
}
