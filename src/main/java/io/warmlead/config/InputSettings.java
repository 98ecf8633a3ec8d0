package io.warmlead.config;

import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One input: where it lies and what its columns mean.
 *
 * @param name engagements, leads or outcomes
 * @param paths files, folders or globs; empty when the input is not given
 * @param format csv, json, parquet or delta
 * @param options options of Spark's reader
 * @param zone zone of times that name none
 * @param decimal mark before the fraction of a number, point or comma
 * @param where predicate over the source's own columns
 * @param columns meaning to source column, only those that were given
 * @param requiredColumns meanings without which a row is nothing
 * @param optionalColumns meanings taken where present
 * @param exclude source columns that are no attributes and do not tell rows apart
 * @param keepDuplicates identity is the row's content, not its event_id
 */
public record InputSettings(
    String name,
    List<String> paths,
    String format,
    Map<String, String> options,
    ZoneId zone,
    String decimal,
    Optional<String> where,
    Map<String, String> columns,
    List<String> requiredColumns,
    List<String> optionalColumns,
    List<String> exclude,
    boolean keepDuplicates) {

  public InputSettings {
    Check.oneOf("inputs." + name + ".format", format, List.of("csv", "json", "parquet", "delta"));
    Check.decimal("inputs." + name + ".decimal", decimal, format);
    paths.forEach(path -> Check.place("inputs." + name + ".path", path));
    columns.forEach(
        (meaning, column) -> Check.notBlank("inputs." + name + ".columns." + meaning, column));
    where.ifPresent(predicate -> RowPredicate.check("inputs." + name + ".where", predicate));
    paths = List.copyOf(paths);
    // Sorted, so that digests of settings do not depend on the order of a hash map.
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    requiredColumns = List.copyOf(requiredColumns);
    optionalColumns = List.copyOf(optionalColumns);
    exclude = List.copyOf(exclude);
  }

  /** All that decides what a row of a file means; where files lie does not. */
  public String meaning() {
    return new InputSettings(
            name,
            List.of(),
            format,
            options,
            zone,
            decimal,
            where,
            columns,
            requiredColumns,
            optionalColumns,
            exclude,
            keepDuplicates)
        .toString();
  }

  /** The setting that names the source column of a meaning. */
  public String key(String meaning) {
    return "inputs." + name + ".columns." + meaning;
  }
}
