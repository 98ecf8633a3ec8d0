package io.warmlead.lake;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.InputSettings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four formats come out as the same texts. */
final class SourcesTest {
  @TempDir private Path folder;

  @Test
  void commaSeparatedFilesAreTextEvenWhereCompressedAndQuoted() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id,note\n1,\"one, \"\"two\"\"\"\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.csv.gz")))) {
      out.write("id,note\n007,\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".hidden.csv"), "id,note\n9,no\n");
    List<Dataset<Row>> frames = read("csv", folder.toString());
    assertThat(frames).hasSize(1);
    assertThat(cells(frames.get(0), "id", "note"))
        .containsExactly(row("007", null), row("1", "one, \"two\""));
    assertThat(cells(frames.get(0), Sources.FILE).get(0).getString(0)).contains(folder.toString());
  }

  @Test
  void filesWithOtherHeadersAreFramesOfTheirOwnAndBrokenRowsAreKept() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id,note\n1,one\n2\n");
    Files.writeString(folder.resolve("b.csv"), "note,id\ntwo,2\n");
    List<Dataset<Row>> frames = read("csv", folder.toString());
    assertThat(frames).hasSize(2);
    assertThat(cells(frames.get(0), "id", Sources.MALFORMED))
        .containsExactly(row("1", null), row("2", "2"));
    assertThat(cells(frames.get(1), "id", "note")).containsExactly(row("2", "two"));
  }

  @Test
  void nestedObjectsOfJsonLinesAreTextAndBrokenLinesAreKept() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        {"id": 1, "detail": {"page": "/pricing", "seconds": 5}, "tags": ["a", "b"]}
        {"id": "x", "detail": null}
        {"id":
        """);
    // Spark answers no query over the broken lines alone unless the rows are kept.
    Dataset<Row> rows = read("json", folder.resolve("*.json").toString()).get(0).cache();
    assertThat(cells(rows.where(Sources.MALFORMED + " IS NULL"), "id", "detail", "tags"))
        .containsExactly(
            row("1", "{\"page\":\"/pricing\",\"seconds\":\"5\"}", "[\"a\",\"b\"]"),
            row("x", null, null));
    assertThat(rows.where(Sources.MALFORMED + " IS NOT NULL").count()).isEqualTo(1);
    rows.unpersist();
  }

  @Test
  void timestampsOfParquetAndDeltaAreInstantsWithAZone() {
    Dataset<Row> typed =
        Frames.frame(
            "id BIGINT, at TIMESTAMP, amount DECIMAL(10,2), flag BOOLEAN",
            row(
                1L,
                Timestamp.valueOf("2026-01-01 08:00:00.5"),
                new java.math.BigDecimal("1.50"),
                true));
    typed.write().mode(SaveMode.Overwrite).parquet(folder.resolve("parquet").toString());
    typed.write().format("delta").save(folder.resolve("delta").toString());
    for (String format : List.of("parquet", "delta")) {
      List<Dataset<Row>> frames = read(format, folder.resolve(format).toString());
      assertThat(frames).as(format).hasSize(1);
      assertThat(cells(frames.get(0), "id", "at", "amount", "flag", Sources.MALFORMED))
          .as(format)
          .containsExactly(row("1", "2026-01-01T08:00:00.500000Z", "1.50", "true", null));
    }
  }

  @Test
  void rowsNameTheirFileAsTheListingDoes() throws IOException {
    Files.writeString(folder.resolve("a b{1}%20.csv"), "id\n1\n");
    InputSettings input =
        SettingsLoader.load(List.of(), List.of("inputs.leads.path=" + folder)).leads();
    Sources sources = new Sources(TestSession.get());
    List<SourceFile> files = sources.list(input);
    assertThat(files).hasSize(1);
    assertThat(cells(sources.read(input, files).get(0), Sources.FILE))
        .containsExactly(row(files.get(0).path()));
  }

  @Test
  void aFileToWhichSeveralPathsLeadIsReadOnce() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id\n1\n");
    Files.writeString(folder.resolve("b.csv"), "id\n2\n");
    Files.createDirectory(folder.resolve("c"));
    Files.writeString(folder.resolve("c/c.csv"), "id\n3\n");
    for (List<String> paths :
        List.of(
            List.of(folder.toString(), folder + "/b.csv"),
            List.of("file:" + folder + "/c/", folder + "//c/../c/c.csv", folder + "/*"),
            List.of(folder + "/{a,b}.csv", folder + "/b*", folder + "/c"))) {
      String path = "[\"" + String.join("\", \"", paths) + "\"]";
      List<Dataset<Row>> frames = read("csv", path);
      assertThat(frames).as(path).hasSize(1);
      assertThat(cells(frames.get(0), "id")).as(path).containsExactly(row("1"), row("2"), row("3"));
    }
    Frames.frame("id BIGINT", row(1L)).write().format("delta").save(folder + "/delta");
    assertThat(read("delta", "[" + folder + "/delta, " + folder + "/delta/]")).hasSize(1);
  }

  @Test
  void aWholeNumberIsTheSameTextWhetherItsColumnIsOfIntegersOrNot() {
    for (String type : List.of("BIGINT", "DOUBLE", "FLOAT", "INT")) {
      String path = folder.resolve(type).toString();
      Frames.frame(
              "text STRING", row("12"), row("0"), row("-7"), row("16777216"), row((Object) null))
          .selectExpr("CAST(text AS " + type + ") AS id")
          .write()
          .parquet(path);
      assertThat(cells(read("parquet", path).get(0), "id"))
          .as(type)
          .containsExactly(row((Object) null), row("-7"), row("0"), row("12"), row("16777216"));
    }
    String path = folder.resolve("others").toString();
    Frames.frame(
            "id DOUBLE",
            row(-0.0),
            row(1.5),
            row(123_456_789_012d),
            row(9_007_199_254_740_992d),
            row(1e300),
            row(Double.NaN),
            row(Double.NEGATIVE_INFINITY))
        .write()
        .parquet(path);
    assertThat(cells(read("parquet", path).get(0), "id"))
        .extracting(id -> id.getString(0))
        .containsExactlyInAnyOrder(
            "0", "1.5", "123456789012", "9007199254740992", "1.0E300", "NaN", "-Infinity");
  }

  @Test
  void foldersNamedByAKeyAreColumnsUnlessTheFilesHaveThem() throws IOException {
    Frames.frame(
            "id STRING, country STRING, day DATE",
            row("1", "A/B 50%+", java.sql.Date.valueOf("2026-01-02")),
            row("2", null, java.sql.Date.valueOf("2026-01-03")))
        .write()
        .partitionBy("day", "country")
        .parquet(folder.resolve("root=1/parquet").toString());
    for (String below : List.of("", "/day=*", "/day=*/*/*.parquet", "/{day}=2026*")) {
      assertThat(
              cells(
                  read("parquet", folder + "/root=1/parquet" + below).get(0),
                  "id",
                  "country",
                  "day"))
          .as(below)
          .containsExactly(row("1", "A/B 50%+", "2026-01-02"), row("2", null, "2026-01-03"));
    }
    for (String format : List.of("csv", "json")) {
      Path own = folder.resolve("root=1").resolve(format);
      String header = format.equals("csv") ? "id,note\n" : "";
      String line = format.equals("csv") ? "%s,x\n" : "{\"id\":\"%s\",\"note\":\"x\"}\n";
      write(own.resolve("kind=a%ZZ/part"), header + line.formatted("1"));
      write(own.resolve("kind=b/Note=y/part"), header + line.formatted("2"));
      write(own.resolve("part"), header + line.formatted("3"));
      Dataset<Row> rows = read(format, own.toString()).get(0);
      assertThat(cells(rows, "id", "note", "kind"))
          .as(format)
          .containsExactly(row("1", "x", "a%ZZ"), row("2", "x", "b"), row("3", "x", null));
      assertThat(rows.columns()).doesNotContain("root");
      assertThat(rows.schema().apply("kind").metadata().contains(Sources.OF_FOLDERS)).isTrue();
      assertThat(rows.schema().apply("note").metadata().contains(Sources.OF_FOLDERS)).isFalse();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Dataset<Row>> read(String format, String path) {
    InputSettings input =
        SettingsLoader.load(
                List.of(), List.of("inputs.leads.format=" + format, "inputs.leads.path=" + path))
            .leads();
    LakeSession.open();
    Sources sources = new Sources(TestSession.get());
    return sources.read(input, sources.list(input));
  }

  private static List<Row> cells(Dataset<Row> rows, String first, String... others) {
    return rows.select(first, others).orderBy(first).collectAsList();
  }
}
