package io.warmlead.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with places to be filled in: <code>{name}</code> becomes a value, quoted where it stands in
 * quotes; the lines between {@code -- for each THING} and {@code -- end} are repeated for each of
 * several.
 */
final class Template {
  private static final Pattern LOOP = Pattern.compile("\\s*-- for each (.*)");
  private static final Pattern END = Pattern.compile("\\s*-- end");
  private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|\\{\\w+}");
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private final String name;
  private final List<String> lines;

  private Template(String name, List<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** A template that stands beside this class. */
  static Template of(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      return new Template(
          name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The SQL.
   *
   * @param values what stands outside of repeated lines, by name
   * @param things what lines are repeated for, by the name of the thing
   */
  String filled(Map<String, String> values, Map<String, List<Map<String, String>>> things) {
    List<String> filled = new ArrayList<>();
    List<String> repeated = new ArrayList<>();
    List<Map<String, String>> each = null;
    for (String line : lines) {
      Matcher loop = LOOP.matcher(line);
      if (loop.matches()) {
        each = known(things, loop.group(1));
      } else if (END.matcher(line).matches()) {
        for (Map<String, String> thing : each) {
          Map<String, String> all = new HashMap<>(values);
          all.putAll(thing);
          repeated.forEach(one -> filled.add(filled(one, all)));
        }
        repeated.clear();
        each = null;
      } else if (each != null) {
        repeated.add(line);
      } else if (!line.strip().startsWith("--")) {
        filled.add(filled(line, values));
      }
    }
    return String.join("\n", filled);
  }

  private String filled(String line, Map<String, String> values) {
    return TOKEN
        .matcher(line)
        .replaceAll(
            token -> {
              String quote = token.group().substring(0, 1);
              return Matcher.quoteReplacement(
                  PLACE
                      .matcher(token.group())
                      .replaceAll(
                          place -> {
                            String value = known(values, place.group(1));
                            return Matcher.quoteReplacement(
                                quote.equals("{") ? value : value.replace(quote, quote + quote));
                          }));
            });
  }

  private <T> T known(Map<String, T> all, String wanted) {
    if (!all.containsKey(wanted)) {
      throw new IllegalArgumentException(name + " names " + wanted + ", which is not among " + all);
    }
    return all.get(wanted);
  }
}
