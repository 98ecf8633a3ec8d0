package io.warmlead.docs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings as a page, made from {@code reference.conf} as it is written: a group opens with
 * <code>name {</code>, a setting is <code>name = value</code> or <code>name { … }</code> in one
 * line or, with brackets, in several, and the comment above either says what it means.
 */
final class SettingsPage {
  private static final Pattern GROUP = Pattern.compile("([\\w.]+) \\{");
  private static final Pattern SETTING = Pattern.compile("(\\w+)\\s*(?:=\\s*(.*)|(\\{.*}))");

  private final List<String> lines = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> comment = new ArrayList<>();
  private String heading = "";

  private SettingsPage() {}

  /** One setting with its full key. */
  record Setting(String key, String value, String meaning) {}

  static String of(String reference) {
    SettingsPage page = new SettingsPage();
    page.lines.add("# Settings");
    page.lines.add("");
    page.lines.add(
        "This page is made from `src/main/resources/reference.conf`; concepts and method notes say"
            + " what the settings do.");
    page.lines.add("");
    page.read(reference);
    return String.join("\n", page.lines).replaceAll("\n{3,}", "\n\n") + "\n";
  }

  /** All settings, in order. */
  static List<Setting> settings(String reference) {
    SettingsPage page = new SettingsPage();
    page.read(reference);
    return page.settings;
  }

  private void read(String reference) {
    StringBuilder open = new StringBuilder();
    for (String raw : reference.lines().toList()) {
      String line = raw.strip();
      if (!open.isEmpty()) {
        open.append(' ').append(line);
        if (closes(open)) {
          setting(open.toString());
          open.setLength(0);
        }
      } else if (line.startsWith("#")) {
        comment.add(line.substring(1));
      } else if (line.isEmpty()) {
        prose();
      } else if (line.equals("}")) {
        path.removeLast();
      } else if (GROUP.matcher(line).matches()) {
        group(line.substring(0, line.indexOf(' ')));
      } else if (closes(line)) {
        setting(line);
      } else {
        open.append(line);
      }
    }
  }

  /** A comment of its own, between settings. */
  private void prose() {
    if (!comment.isEmpty()) {
      lines.add(said());
      lines.add("");
    }
  }

  private void group(String name) {
    path.addLast(name);
    String meaning = said();
    if (path.size() == 1) {
      lines.add("");
      lines.add("## " + name);
    }
    if (!meaning.isEmpty()) {
      lines.add("");
      lines.add("`" + String.join(".", path) + "`: " + meaning);
    }
    heading = "";
  }

  private void setting(String line) {
    Matcher parts = SETTING.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("neither a group nor a setting: " + line);
    }
    String parent = String.join(".", path);
    String value = parts.group(2) == null ? parts.group(3) : parts.group(2);
    Setting setting =
        new Setting(parent + "." + parts.group(1), value.replaceAll("\\s+", " "), said());
    settings.add(setting);
    if (!heading.equals(parent)) {
      heading = parent;
      lines.add("");
      lines.add("| setting | default | meaning |");
      lines.add("| --- | --- | --- |");
    }
    lines.add(
        "| `%s` | `%s` | %s |"
            .formatted(setting.key(), setting.value().replace("|", "\\|"), setting.meaning()));
  }

  /** The comment as text; what is set in deeper keeps lines of its own. */
  private String said() {
    String text =
        comment.stream()
            .map(line -> line.startsWith("   ") ? "<br/>`" + line.strip() + "`" : line.strip())
            .map(line -> line.startsWith("<br/>") ? line : DictionaryPage.cell(line))
            .collect(Collectors.joining(" "));
    comment.clear();
    return text;
  }

  private static boolean closes(CharSequence text) {
    return text.chars().filter(c -> c == '[' || c == '{').count()
        == text.chars().filter(c -> c == ']' || c == '}').count();
  }
}
