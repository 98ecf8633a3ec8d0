package io.warmlead.lake;

import io.warmlead.config.InputSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds and reads the files of an input. Every value comes as text, so that what cannot be read as
 * what it should be is seen, and not turned into a NULL by a reader.
 */
public final class Sources {
  /** Column that holds the file of a row. */
  public static final String FILE = "__file";

  /** Column that holds a row which could not be split into cells; NULL for all others. */
  public static final String MALFORMED = "__malformed";

  /** What marks a column that stands in the names of folders, in its metadata. */
  public static final String OF_FOLDERS = "warmlead.of_folders";

  /** 2 to the power of 53. */
  private static final double MOST_WHOLE = 9_007_199_254_740_992d;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final TextProbe probe;
  private final FolderColumns folders;

  public Sources(SparkSession spark) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.probe = new TextProbe(hadoop);
    this.folders = new FolderColumns(hadoop);
  }

  /**
   * All files of an input, by path, each once however many of the input's paths lead to it. Names
   * that begin with a dot or an underscore are not data.
   *
   * @throws UserFailure when a path is missing or cannot be listed
   */
  public List<SourceFile> list(InputSettings input) {
    Map<String, SourceFile> files = new TreeMap<>();
    for (String path : input.paths()) {
      try {
        FileSystem system = new Path(path).getFileSystem(hadoop);
        if (input.format().equals("delta")) {
          files.putIfAbsent(system.makeQualified(new Path(path)).toString(), deltaTable(path));
          continue;
        }
        List<SourceFile> found = new ArrayList<>();
        FileStatus[] matches = system.globStatus(new Path(path));
        for (FileStatus status : matches == null ? new FileStatus[0] : matches) {
          collect(system, status, found);
        }
        found.forEach(file -> files.put(file.path(), file));
        if (found.isEmpty()) {
          throw UserFailure.input(
              where(input)
                  + " = "
                  + path
                  + ": there is no such file, or the folder holds none. Check the path; relative"
                  + " paths start in the folder where the command runs.");
        }
      } catch (IOException | IllegalArgumentException e) {
        throw UserFailure.input(where(input) + " = " + path + " cannot be read: " + e.getMessage());
      }
    }
    return List.copyOf(files.values());
  }

  /**
   * Reads files as text: the source's own columns, those that stand in the names of folders, and
   * {@link #FILE} and {@link #MALFORMED}.
   *
   * @param files some of {@link #list}, at least one of them not empty
   * @return one frame per set of columns, because files of one input may differ
   * @throws UserFailure when Spark's reader cannot open the files, or not with these options
   */
  public List<Dataset<Row>> read(InputSettings input, List<SourceFile> files) {
    List<SourceFile> filled = files.stream().filter(file -> file.bytes() > 0).toList();
    try {
      return switch (input.format()) {
        case "csv" -> csv(input, filled);
        case "json" -> json(input, filled);
        default -> typed(input, filled);
      };
    } catch (UserFailure e) {
      throw e;
    } catch (Exception e) {
      // Readers throw what they like, also undeclared, where files and options do not suit them.
      throw ReaderRefusals.unreadable(input, filled, e);
    }
  }

  private List<Dataset<Row>> csv(InputSettings input, List<SourceFile> files) throws IOException {
    Map<String, List<SourceFile>> byHeader = new LinkedHashMap<>();
    for (SourceFile file : files) {
      probe
          .firstLine(input, file)
          .ifPresent(
              header -> byHeader.computeIfAbsent(header, other -> new ArrayList<>()).add(file));
    }
    List<Dataset<Row>> frames = new ArrayList<>();
    for (List<SourceFile> group : byHeader.values()) {
      frames.add(folders.add(csvGroup(input, group), input, group));
    }
    return frames;
  }

  private Dataset<Row> csvGroup(InputSettings input, List<SourceFile> files) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("escape", "\"");
    options.putAll(input.options());
    options.put("header", "true");
    options.put("mode", "PERMISSIVE");
    String[] header = spark.read().options(options).csv(paths(files.subList(0, 1))).columns();
    StructType schema = new StructType();
    ReaderRefusals.requireFreeNames(input, header);
    for (String column : header) {
      schema = schema.add(column, DataTypes.StringType);
    }
    schema = schema.add(MALFORMED, DataTypes.StringType);
    return withFile(
        spark
            .read()
            .options(options)
            .option("columnNameOfCorruptRecord", MALFORMED)
            .schema(schema)
            .csv(paths(files)));
  }

  private List<Dataset<Row>> json(InputSettings input, List<SourceFile> found) throws IOException {
    List<SourceFile> files =
        found.stream().filter(file -> probe.firstLine(input, file).isPresent()).toList();
    if (files.isEmpty()) {
      return List.of();
    }
    Map<String, String> options = new LinkedHashMap<>(input.options());
    options.put("mode", "PERMISSIVE");
    options.put("primitivesAsString", "true");
    options.put("columnNameOfCorruptRecord", MALFORMED);
    StructType inferred = inferred(options, files);
    ReaderRefusals.requireNoTwins(input, inferred.fieldNames());
    boolean hasMalformed = Arrays.asList(inferred.fieldNames()).contains(MALFORMED);
    ReaderRefusals.requireFreeNames(
        input,
        Arrays.stream(inferred.fieldNames())
            .filter(name -> !name.equals(MALFORMED))
            .toArray(String[]::new));
    StructType schema = hasMalformed ? inferred : inferred.add(MALFORMED, DataTypes.StringType);
    Dataset<Row> rows = spark.read().options(options).schema(schema).json(paths(files));
    return List.of(folders.add(asText(withFile(rows)), input, files));
  }

  /**
   * All keys, also those that differ in case only: Spark would take one of them and lose the other.
   */
  private StructType inferred(Map<String, String> options, List<SourceFile> files) {
    String setting = "spark.sql.caseSensitive";
    String before = spark.conf().get(setting);
    spark.conf().set(setting, "true");
    try {
      return spark.read().options(options).json(paths(files)).schema();
    } finally {
      spark.conf().set(setting, before);
    }
  }

  private List<Dataset<Row>> typed(InputSettings input, List<SourceFile> files) throws IOException {
    List<Dataset<Row>> frames = new ArrayList<>();
    if (input.format().equals("delta")) {
      for (SourceFile table : files) {
        Dataset<Row> rows =
            spark.read().options(input.options()).format("delta").load(table.path());
        ReaderRefusals.requireFreeNames(input, rows.columns());
        frames.add(
            asText(rows)
                .withColumn(MALFORMED, functions.lit(null).cast("string"))
                .withColumn(FILE, functions.lit(table.path())));
      }
    } else if (!files.isEmpty()) {
      Dataset<Row> rows =
          spark.read().option("mergeSchema", "true").options(input.options()).parquet(paths(files));
      ReaderRefusals.requireFreeNames(input, rows.columns());
      frames.add(
          folders
              .add(asText(withFile(rows)), input, files)
              .withColumn(MALFORMED, functions.lit(null).cast("string")));
    }
    return frames;
  }

  private static Dataset<Row> withFile(Dataset<Row> rows) {
    // Spark writes the path as a URI does; a plus sign stands for itself there.
    Column path = rows.metadataColumn("_metadata").getField("file_path");
    return rows.withColumn(
        FILE,
        functions.url_decode(functions.replace(path, functions.lit("+"), functions.lit("%2B"))));
  }

  private static Dataset<Row> asText(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.schema().fields()).map(Sources::asText).toArray(Column[]::new);
    return rows.select(columns);
  }

  private static Column asText(StructField field) {
    Column column = functions.col("`" + field.name().replace("`", "``") + "`");
    DataType type = field.dataType();
    Column text;
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      text = functions.to_json(column);
    } else if (type.equals(DataTypes.TimestampType)) {
      text = functions.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    } else if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      text = functions.when(isWhole(column), column.cast("bigint")).cast("string");
      text = functions.coalesce(text, column.cast("string"));
    } else {
      text = column.cast("string");
    }
    return text.as(field.name());
  }

  /**
   * A tool that knows no integer beside a NULL writes 12 as 12.0 as soon as one is missing: the
   * same number must be the same text. Beyond that limit doubles skip integers.
   */
  private static Column isWhole(Column number) {
    return functions.abs(number).leq(MOST_WHOLE).and(functions.rint(number).equalTo(number));
  }

  private void collect(FileSystem system, FileStatus status, List<SourceFile> files)
      throws IOException {
    if (status.isDirectory()) {
      for (FileStatus child : system.listStatus(status.getPath())) {
        String name = child.getPath().getName();
        if (!name.startsWith(".") && !name.startsWith("_")) {
          collect(system, child, files);
        }
      }
      return;
    }
    files.add(
        new SourceFile(
            status.getPath().toString(),
            status.getLen() + " bytes of " + status.getModificationTime(),
            status.getLen()));
  }

  private SourceFile deltaTable(String path) {
    if (!io.delta.tables.DeltaTable.isDeltaTable(spark, path)) {
      throw UserFailure.input(path + " is not a Delta table. Check the path, or set the format.");
    }
    long version =
        DeltaLog.forTable(spark, new Path(path))
            .update(false, scala.Option.empty(), scala.Option.empty())
            .version();
    return new SourceFile(path, "version " + version, 1);
  }

  private static String[] paths(List<SourceFile> files) {
    // Spark reads { } [ ] * ? in a path as a glob; these are names of files that exist.
    return files.stream()
        .map(file -> file.path().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1"))
        .toArray(String[]::new);
  }

  static String where(InputSettings input) {
    if (input.paths().isEmpty()) {
      throw new SettingsException("inputs." + input.name() + ".path is not given.");
    }
    return "inputs." + input.name() + ".path";
  }
}
