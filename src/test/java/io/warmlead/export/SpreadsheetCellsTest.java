package io.warmlead.export;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

final class SpreadsheetCellsTest {

  @Test
  void aTextThatBeginsLikeAFormulaIsLedByAnApostrophe() {
    assertThat(
            harmless(
                "=1+1",
                "+1+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\rtext",
                "\ntext",
                "  =1+1",
                "\u00A0@a",
                "\uFEFF=1",
                "\uFF1D1+1"))
        .containsExactly(
            "'=1+1",
            "'+1+1",
            "'-2+3",
            "'@SUM(A1)",
            "'\t'=1",
            "'\rtext",
            "'\ntext",
            "'  =1+1",
            "'\u00A0@a",
            "'\uFEFF=1",
            "'\uFF1D1+1");
  }

  @Test
  void soIsWhatASpreadsheetMayTakeForTheNextCell() {
    assertThat(harmless("x;=1+1", "x\n@a", "x\t -1", "a; b", "one\ntwo"))
        .containsExactly("x;'=1+1", "x\n'@a", "x\t' -1", "a; b", "one\ntwo");
  }

  @Test
  void otherTextsStayAsTheyAre() {
    List<String> texts =
        List.of(
            "", " ", "lead-1", "a=b", "o'neil", "'=1", "ann@example.org", "\"=1\"", "Їжак, 5 %");
    assertThat(harmless(texts.toArray(String[]::new))).containsExactlyElementsOf(texts);
  }

  @Test
  void numbersDatesAndNothingStayAsTheyAre() {
    Row given = row(null, -0.5, -3, Date.valueOf("2026-03-01"), false);
    assertThat(
            SpreadsheetCells.harmless(frame("a STRING, b DOUBLE, c INT, d DATE, e BOOLEAN", given))
                .head())
        .isEqualTo(given);
  }

  private static List<String> harmless(String... texts) {
    Row[] rows = Arrays.stream(texts).map(text -> row(text)).toArray(Row[]::new);
    return SpreadsheetCells.harmless(frame("text STRING", rows)).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
