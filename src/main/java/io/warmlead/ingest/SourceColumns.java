package io.warmlead.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import io.warmlead.config.NearestName;
import io.warmlead.config.UserFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Which column of a source has which meaning. */
final class SourceColumns {
  /** Columns that the reader adds to the source's own. */
  static final String FILE = "__file";

  static final String MALFORMED = "__malformed";

  /**
   * The reader's mark for a column that stands in the names of folders. Most of them are days of
   * delivery, which must not make other rows of what is delivered again: such a column counts where
   * a meaning names it, and is no attribute.
   */
  private static final String OF_FOLDERS = "warmlead.of_folders";

  private static final Pattern FIELD = Pattern.compile("[^.]+(\\.[A-Za-z_][A-Za-z0-9_]*)+");

  private static final String UNIT_SEPARATOR = "\u001f";

  /** What may stand between the cells of a CSV file instead of a comma, and its name. */
  private static final Map<String, String> SEPARATORS =
      Map.of(";", "semicolons", "\t", "tabs", "|", "vertical bars");

  private final Map<String, String> byMeaning;

  /** Says that a column named like a meaning does not have it. */
  private static final String NONE = "none";

  private final List<String> all;

  /** Those that tell one row from another. */
  private final List<String> telling;

  private final List<String> others;

  private SourceColumns(
      Map<String, String> byMeaning, List<String> all, List<String> telling, List<String> others) {
    this.byMeaning = byMeaning;
    this.all = all;
    this.telling = telling;
    this.others = others;
  }

  /**
   * Matches settings with what a source has.
   *
   * @throws UserFailure naming a column that is set and not there
   */
  static SourceColumns of(InputSettings input, Dataset<Row> raw) {
    List<String> present =
        Arrays.stream(raw.columns())
            .filter(name -> !name.equals(FILE) && !name.equals(MALFORMED))
            .toList();
    Map<String, String> byMeaning = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String meaning : input.requiredColumns()) {
      String column = input.columns().getOrDefault(meaning, meaning);
      byMeaning.put(meaning, column);
      if (!isThere(column, input, present)) {
        missing.add(missing(input, meaning, column, present));
      }
    }
    for (String meaning : input.optionalColumns()) {
      String column = input.columns().get(meaning);
      if (NONE.equals(column) && !present.contains(NONE)) {
        continue;
      }
      if (column != null && !isThere(column, input, present)) {
        missing.add(missing(input, meaning, column, present));
      } else if (column != null || present.contains(meaning)) {
        byMeaning.put(meaning, column == null ? meaning : column);
      }
    }
    if (!missing.isEmpty()) {
      throw UserFailure.input(
          String.join("\n", missing)
              + "\nin "
              + file(raw)
              + "\nThe file has: "
              + String.join(", ", present)
              + "."
              + separatorHint(input, present));
    }
    List<String> telling =
        present.stream()
            .filter(
                name ->
                    byMeaning.containsValue(name)
                        || !(isOfFolders(name, raw) || input.exclude().contains(name)))
            .toList();
    List<String> others =
        telling.stream()
            .filter(
                name ->
                    byMeaning.values().stream()
                            .noneMatch(
                                used ->
                                    name.equals(used)
                                        || (!present.contains(used) && isWithin(used, name)))
                        && !input.exclude().contains(name))
            .toList();
    return new SourceColumns(byMeaning, present, telling, others);
  }

  private static boolean isOfFolders(String column, Dataset<Row> raw) {
    return raw.schema().apply(column).metadata().contains(OF_FOLDERS);
  }

  /** The trimmed text of a meaning; NULL where empty or not in the source. */
  Column text(String meaning) {
    String column = byMeaning.get(meaning);
    return column == null ? lit(null).cast("string") : nullif(trim(cell(column)), lit(""));
  }

  /** A column, or a field within one, whose objects are read as JSON. */
  private Column cell(String column) {
    if (all.contains(column)) {
      return quoted(column);
    }
    String outer = outer(column);
    return functions.get_json_object(quoted(outer), "$" + column.substring(outer.length()));
  }

  /** {@code contact.id} is the field of an object, where the source has objects. */
  private static boolean isThere(String column, InputSettings input, List<String> present) {
    return present.contains(column)
        || (!input.format().equals("csv")
            && FIELD.matcher(column).matches()
            && present.contains(outer(column)));
  }

  private static boolean isWithin(String column, String outer) {
    return column.startsWith(outer + ".");
  }

  private static String outer(String column) {
    return column.substring(0, column.indexOf('.'));
  }

  boolean has(String meaning) {
    return byMeaning.containsKey(meaning);
  }

  /** All columns without a meaning, as a map from name to text. */
  Column attributes() {
    Column[] entries =
        others.stream()
            .flatMap(name -> java.util.stream.Stream.of(lit(name), quoted(name)))
            .toArray(Column[]::new);
    return functions.map(entries).cast("map<string,string>");
  }

  /** A digest of all that tells rows apart, whatever the order of the columns. */
  Column content() {
    Map<String, Column> sorted = new TreeMap<>();
    telling.forEach(name -> sorted.put(name, functions.concat(lit(name + "="), quoted(name))));
    // Of a row that could not be split, whose cells say nothing.
    sorted.put(MALFORMED, col(MALFORMED));
    return functions.md5(
        functions.concat_ws(UNIT_SEPARATOR, sorted.values().toArray(Column[]::new)).cast("binary"));
  }

  /** The row as read, for the quarantine. */
  Column raw() {
    Column[] cells = all.stream().map(SourceColumns::quoted).toArray(Column[]::new);
    return functions.coalesce(col(MALFORMED), functions.to_json(functions.struct(cells)));
  }

  /** An array of the reasons whose condition holds; a NULL condition does not. */
  static Column problems(Map<RejectReason, Column> conditions) {
    Column[] found =
        conditions.entrySet().stream()
            .map(entry -> when(entry.getValue(), lit(entry.getKey().description())))
            .toArray(Column[]::new);
    return functions.array_compact(functions.array(found));
  }

  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static String missing(
      InputSettings input, String meaning, String column, List<String> present) {
    return input.key(meaning)
        + " = "
        + column
        + ": there is no such column."
        + NearestName.hint(column, present);
  }

  /** Where all of a header was taken for one name. */
  private static String separatorHint(InputSettings input, List<String> present) {
    if (!input.format().equals("csv") || present.size() != 1) {
      return "";
    }
    return SEPARATORS.entrySet().stream()
        .filter(separator -> present.get(0).contains(separator.getKey()))
        .min(Map.Entry.comparingByKey())
        .map(
            separator ->
                "\nThat is one column. If its names are separated by "
                    + separator.getValue()
                    + ", say so: "
                    + "inputs."
                    + input.name()
                    + ".options { sep = \""
                    + separator.getKey().replace("\t", "\\t")
                    + "\" }")
        .orElse("");
  }

  private static String file(Dataset<Row> raw) {
    String[] files = raw.inputFiles();
    return files.length == 0 ? "the source" : files[0];
  }
}
