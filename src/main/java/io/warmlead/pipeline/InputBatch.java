package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import io.warmlead.config.UserFailure;
import io.warmlead.ingest.FutureClock;
import io.warmlead.ingest.RawRows;
import io.warmlead.lake.SourceFile;
import io.warmlead.lake.Sources;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The files of one input that have not been read before, their rows typed, nothing written yet. */
final class InputBatch {
  private static final String SETTINGS = ", settings ";

  private final InputSettings input;
  private final List<SourceFile> files;

  /** How many of them were read before with another reading. */
  private final int readOtherwise;

  /** Those that hold the same as when they were read before. */
  private final Set<String> sameContent;

  /** Typed rows as {@link RawRows} gives them: each use reads the files. */
  private final Optional<Dataset<Row>> source;

  /** The same in memory, where only rows with problems keep their raw text. */
  private final Optional<Dataset<Row>> kept;

  private final Optional<LocalDate> clockLimit;
  private Map<String, Counts> counts;

  private InputBatch(
      InputSettings input,
      List<SourceFile> files,
      int readOtherwise,
      Set<String> sameContent,
      Optional<Dataset<Row>> source,
      Optional<Dataset<Row>> kept,
      Optional<LocalDate> clockLimit) {
    this.input = input;
    this.files = files;
    this.readOtherwise = readOtherwise;
    this.sameContent = sameContent;
    this.source = source;
    this.kept = kept;
    this.clockLimit = clockLimit;
  }

  /**
   * Finds new files and types their rows.
   *
   * @param read fingerprints of files that were read before
   * @param typing from raw rows to typed ones
   * @throws UserFailure when a path, a header or the whole content is unusable
   */
  static InputBatch open(
      InputSettings input,
      Sources sources,
      Map<String, String> read,
      String settingsDigest,
      BiFunction<Dataset<Row>, InputSettings, Dataset<Row>> typing) {
    List<SourceFile> files =
        sources.list(input).stream()
            .map(
                file ->
                    new SourceFile(
                        file.path(), file.fingerprint() + SETTINGS + settingsDigest, file.bytes()))
            .filter(file -> !file.fingerprint().equals(read.get(file.path())))
            .toList();
    Optional<Dataset<Row>> source =
        sources.read(input, files).stream()
            .map(raw -> typing.apply(raw, input))
            .reduce(Dataset::unionByName);
    Optional<Dataset<Row>> kept =
        source.map(
            rows ->
                rows.withColumn("raw", when(size(col("problems")).gt(0), col("raw")))
                    .persist(StorageLevel.MEMORY_AND_DISK()));
    int readOtherwise =
        (int)
            files.stream()
                .map(file -> read.get(file.path()))
                .filter(before -> before != null && ReadingChange.isSeen(before, settingsDigest))
                .count();
    Set<String> sameContent =
        files.stream()
            .filter(
                file ->
                    content(file.fingerprint()).equals(content(read.getOrDefault(file.path(), ""))))
            .map(SourceFile::path)
            .collect(Collectors.toSet());
    return new InputBatch(input, files, readOtherwise, sameContent, source, kept, Optional.empty());
  }

  /** The part of a fingerprint that does not stand for settings. */
  private static String content(String fingerprint) {
    return fingerprint.replaceFirst(SETTINGS + ".*", "");
  }

  /** The input. */
  InputSettings input() {
    return input;
  }

  /** Files to read, empty when all were read before. */
  List<SourceFile> files() {
    return files;
  }

  /** Files that were read before with settings that made other rows of them. */
  int readOtherwise() {
    return readOtherwise;
  }

  /** Whether a file holds what it held when it was read before. */
  boolean isSameContent(SourceFile file) {
    return sameContent.contains(file.path());
  }

  /** Typed rows of all files, empty where all files are empty. */
  Optional<Dataset<Row>> rows() {
    return clockLimit
        .map(limit -> kept.map(rows -> FutureClock.withProblem(rows, limit)))
        .orElse(kept);
  }

  /** Rows for the quarantine, each with its {@code raw} text. */
  Optional<Dataset<Row>> rejected() {
    Optional<Dataset<Row>> found =
        kept.map(rows -> rows.where(not(col("is_ignored")).and(not(RawRows.isGood()))));
    if (clockLimit.isEmpty()) {
      return found;
    }
    // Good at first sight, so that their text was not kept: they are few, and read once more.
    LocalDate limit = clockLimit.get();
    return found.map(
        rows ->
            rows.unionByName(
                FutureClock.withProblem(
                    source.orElseThrow().where(FutureClock.isAhead(limit)), limit)));
  }

  /** Same batch, engagements on or after a day refused. */
  InputBatch withClockLimit(LocalDate limit) {
    return new InputBatch(
        input, files, readOtherwise, sameContent, source, kept, Optional.of(limit));
  }

  /** Gives the memory back. */
  void release() {
    kept.ifPresent(Dataset::unpersist);
  }

  /**
   * Rows per file: in, ignored, rejected, suppressed; files without rows too. Counted once; that
   * leaves the typed rows in memory.
   *
   * @throws UserFailure when a file is damaged
   */
  synchronized Map<String, Counts> counts() {
    if (counts == null) {
      Map<String, Counts> counted = new LinkedHashMap<>();
      files.forEach(file -> counted.put(file.path(), new Counts(0, 0, 0, 0)));
      rows().stream()
          .flatMap(all -> counted(all).stream())
          .forEach(
              row ->
                  counted.put(
                      row.getString(0),
                      new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))));
      counts = counted;
    }
    return counts;
  }

  /** Rows of all files together. */
  Counts total() {
    return counts().values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
  }

  /**
   * What is wrong with files of which no row is good, and what to do; empty where one is, or there
   * is no file.
   */
  Optional<String> fault() {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Counts all = total();
    if (all.rowsIn() == 0) {
      return Optional.of(
          "inputs."
              + input.name()
              + ".path = "
              + String.join(", ", input.paths())
              + ": holds no rows. Check that the export ran, or leave the empty file out.");
    }
    if (all.rejected() == all.rowsIn()) {
      return Optional.of(
          "inputs."
              + input.name()
              + ": none of "
              + all.rowsIn()
              + " rows can be used:\n"
              + reasons()
              + "\nCheck inputs."
              + input.name()
              + ".columns, .zone and .options against the file.");
    }
    return Optional.empty();
  }

  private String reasons() {
    Map<String, Long> byReason = new HashMap<>();
    kept.orElseThrow()
        .select(explode(col("problems")).as("reason"))
        .groupBy("reason")
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> byReason.put(row.getString(0), row.getLong(1)));
    Row example =
        kept.orElseThrow().where(size(col("problems")).gt(0)).select("file", "raw").head();
    return byReason.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(reason -> "  " + reason.getValue() + " x " + reason.getKey())
            .collect(Collectors.joining("\n"))
        + "\nFor example, in "
        + example.getString(0)
        + ":\n  "
        + shortened(example.getString(1));
  }

  private static String shortened(String raw) {
    return raw.length() > 300 ? raw.substring(0, 300) + " …" : raw;
  }

  private static List<Row> counted(Dataset<Row> rows) {
    try {
      return rows.groupBy("file")
          .agg(
              count(lit(1)),
              sum(when(col("is_ignored").and(not(col("is_suppressed"))), 1L).otherwise(0L)),
              sum(when(RawRows.isGood().or(col("is_ignored")), 0L).otherwise(1L)),
              sum(when(col("is_suppressed"), 1L).otherwise(0L)))
          .collectAsList();
    } catch (Exception e) {
      // Spark throws it undeclared; a damaged file is the user's to mend.
      if (e instanceof SparkException failure
          && String.valueOf(failure.getCondition()).startsWith("FAILED_READ_FILE")) {
        Throwable root = failure;
        while (root.getCause() != null) {
          root = root.getCause();
        }
        throw UserFailure.input(
            failure.getMessage().lines().findFirst().orElse("A file cannot be read.")
                + "\n"
                + root.getClass().getSimpleName()
                + ": "
                + root.getMessage()
                + "\nThe file is damaged or cut off: export it again, or take it out of the"
                + " input. Nothing was written.");
      }
      throw e;
    }
  }

  /** Rows of one file. */
  record Counts(long rowsIn, long ignored, long rejected, long suppressed) {
    long good() {
      return rowsIn - ignored - rejected - suppressed;
    }

    Counts plus(Counts other) {
      return new Counts(
          rowsIn + other.rowsIn,
          ignored + other.ignored,
          rejected + other.rejected,
          suppressed + other.suppressed);
    }
  }
}
