package io.warmlead.ingest;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.config.ErasureKey;
import io.warmlead.config.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erased persons are known by a code, and by nothing else. */
final class SuppressionTest {
  @TempDir private Path folder;

  @Test
  void codesAreThoseOfThePublishedTestVector() throws IOException {
    // RFC 4231, test case 6: a key of 131 bytes 0xaa, longer than a block.
    ErasureKey key = key("\u00aa".repeat(131));
    String data = "Test Using Larger Than Block-Size Key - Hash Key First";
    String code = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
    assertThat(key.code(data)).isEqualTo(code);
    assertThat(
            frame("id STRING", row(data))
                .crossJoin(pads(key))
                .select(Suppression.code(col("id")))
                .head()
                .getString(0))
        .isEqualTo(code);
  }

  @Test
  void codesAreTheSameOnBothSidesForAnyLetters() throws IOException {
    ErasureKey key = key("a key of some bytes");
    for (String id : new String[] {"ada@example.org", "Ціль-7", "🙂", "", "a'b\"c\\d"}) {
      assertThat(
              frame("id STRING", row(id))
                  .crossJoin(pads(key))
                  .select(Suppression.code(col("id")))
                  .head()
                  .getString(0))
          .as(id)
          .isEqualTo(key.code(id));
    }
  }

  @Test
  void rowsOfErasedPersonsAreIgnoredAndReferencesToThemEmptied() throws IOException {
    ErasureKey key = key("a key of some bytes");
    Dataset<Row> rows =
        frame(
            "lead_id STRING, referrer_id STRING, is_ignored BOOLEAN",
            row("ada", "bob", false),
            row("bob", "ada", false),
            row("cyd", "bob", true),
            row(null, null, false));
    Dataset<Row> marked =
        Suppression.marked(rows, frame("code STRING", row(key.code("ada"))), pads(key));
    assertThat(
            marked.select("lead_id", "referrer_id", "is_ignored", "is_suppressed").collectAsList())
        .containsExactlyInAnyOrder(
            row("ada", "bob", true, true),
            row("bob", null, false, false),
            row("cyd", "bob", true, false),
            row(null, null, false, false));
    String plan = marked.queryExecution().toString();
    assertThat(plan).contains("sha2").doesNotContainIgnoringCase(hexadecimal(key.inner()));
    assertThat(key.toString()).doesNotContain("bytes");
  }

  @Test
  void attributesThatNameErasedPersonsAreTakenOut() throws IOException {
    ErasureKey key = key("a key of some bytes");
    Dataset<Row> rows =
        frame(
            "lead_id STRING, is_ignored BOOLEAN, attributes MAP<STRING, STRING>",
            row("bob", false, map("partner", "ada", "seats", "7")),
            row("cyd", false, map("partner", "bob")),
            row("dan", false, map()));
    Dataset<Row> codes =
        frame("code STRING", row(key.code("ada")), row(key.code("7")), row(key.code("eve")));
    assertThat(
            Suppression.marked(rows, codes, pads(key))
                .selectExpr("lead_id", "attributes['partner']", "attributes['seats']")
                .collectAsList())
        .containsExactlyInAnyOrder(
            row("bob", null, "7"), row("cyd", "bob", null), row("dan", null, null));
  }

  @Test
  void textsThatNameErasedPersonsAmongOtherWordsNameThemNoMore() throws IOException {
    ErasureKey key = key("a key of some bytes");
    Dataset<Row> rows =
        frame(
            "lead_id STRING, is_ignored BOOLEAN, asset STRING, attributes MAP<STRING, STRING>",
            row("bob", false, "/crm/L-17?by=L-170", map("note", "Saw (L-17), and L-17.")),
            row("cyd", false, "to ada@example.org.", map("note", "xada@example.org; Ціль-7!")),
            row("dan", false, null, map()));
    Dataset<Row> codes =
        frame(
            "code STRING",
            row(key.code("L-17")),
            row(key.code("ada@example.org")),
            row(key.code("Ціль-7")));
    assertThat(
            Suppression.marked(rows, codes, pads(key))
                .selectExpr("lead_id", "asset", "attributes['note']")
                .collectAsList())
        .containsExactlyInAnyOrder(
            row("bob", "/crm/[erased]?by=L-170", "Saw ([erased]), and [erased]."),
            row("cyd", "to [erased].", "xada@example.org; [erased]!"),
            row("dan", null, null));
  }

  @Test
  void aShortOrMissingKeyIsRefusedWithTheCure() throws IOException {
    assertThatThrownBy(() -> key("short\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("holds 5 bytes, at least 16")
        .hasMessageContaining("/dev/urandom");
    assertThatThrownBy(
            () -> ErasureKey.read(folder.resolve("nowhere").toString(), "/lake/_warmlead"))
        .hasMessageContaining("there is no such file");
  }

  private static scala.collection.Map<String, String> map(String... keysAndValues) {
    java.util.Map<String, String> map = new java.util.TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return scala.jdk.javaapi.CollectionConverters.asScala(map);
  }

  private ErasureKey key(String secret) throws IOException {
    Path file = folder.resolve("key");
    Files.write(file, secret.getBytes(StandardCharsets.ISO_8859_1));
    return ErasureKey.read(file.toString(), folder.resolve("lake/_warmlead").toString());
  }

  private static Dataset<Row> pads(ErasureKey key) {
    return frame("inner BINARY, outer BINARY", row(key.inner(), key.outer()));
  }

  private static String hexadecimal(byte[] bytes) {
    return org.apache.commons.codec.binary.Hex.encodeHexString(bytes).substring(0, 16);
  }
}
