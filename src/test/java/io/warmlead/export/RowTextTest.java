package io.warmlead.export;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class RowTextTest {
  private static final Dataset<Row> ROWS =
      frame(
          "`odd name` STRING, number DOUBLE, day DATE, at TIMESTAMP, parts ARRAY<STRING>",
          row(
              "x",
              1.0 / 3,
              Date.valueOf("2026-03-01"),
              Timestamp.from(Instant.parse("2026-03-01T06:07:08.25Z")),
              List.of("a", "b")),
          row(null, null, null, null, null));

  @Test
  void textHasFullPrecisionAndIsoDates() {
    List<Row> rows = RowText.asText(ROWS).collectAsList();
    assertThat(RowText.cells(rows.get(0)))
        .containsExactly(
            "x", "0.3333333333333333", "2026-03-01", "2026-03-01T06:07:08.25Z", "[\"a\",\"b\"]");
    assertThat(RowText.cells(rows.get(1))).hasSize(5).containsOnlyNulls();
  }

  @Test
  void aJsonLineHasEveryColumn() {
    assertThat(RowText.asJson(ROWS).collectAsList())
        .containsExactly(
            row(
                "{\"odd name\":\"x\",\"number\":0.3333333333333333,\"day\":\"2026-03-01\","
                    + "\"at\":\"2026-03-01T06:07:08.250000Z\",\"parts\":[\"a\",\"b\"]}"),
            row("{\"odd name\":null,\"number\":null,\"day\":null,\"at\":null,\"parts\":null}"));
  }

  @Test
  void instantsKeepTheirMicrosecondsWithinNestedValues() {
    Dataset<Row> rows =
        frame(
            "touch STRUCT<at: TIMESTAMP>, local TIMESTAMP_NTZ",
            row(
                row(Timestamp.from(Instant.parse("2026-03-01T06:07:08.123456Z"))),
                LocalDateTime.parse("2026-03-01T06:07:08.123456")));
    assertThat(RowText.cells(RowText.asText(rows).head()))
        .containsExactly("{\"at\":\"2026-03-01T06:07:08.123456Z\"}", "2026-03-01T06:07:08.123456");
  }

  @Test
  void aTwinGetsAKeyThatNoOtherColumnHas() {
    Dataset<Row> rows = frame("n INT, m INT", row(1, 2));
    assertThat(RowText.asJson(rows.selectExpr("n", "m AS n", "3 AS n_2", "4 AS n")).head())
        .isEqualTo(row("{\"n\":1,\"n_3\":2,\"n_2\":3,\"n_4\":4}"));
  }

  @Test
  void aCellIsQuotedWhereItWouldBreakTheLine() {
    assertThat(
            RowText.csv(
                Arrays.asList("a", null, "", "b,c", "say \"hi\"", "two\nlines", "cr\r", " d ")))
        .isEqualTo("a,,\"\",\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\", d ");
  }
}
