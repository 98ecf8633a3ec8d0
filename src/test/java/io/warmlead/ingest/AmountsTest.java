package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.InputSettings;
import io.warmlead.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Numbers as people write them; a text that may be two of them is no number. */
final class AmountsTest {
  private static final String TIME = "2026-01-01T08:00:00Z";
  private static final String REFUSED = "unreadable_value";

  @Test
  void groupsOfThousandsAndSignsOfCurrencyAreSkipped() {
    Map<String, String> amounts = new LinkedHashMap<>();
    amounts.put("999.00", "999.0000");
    amounts.put("1,250.00", "1250.0000");
    amounts.put("-1,250,000", "-1250000.0000");
    amounts.put("12,50,000.5", "1250000.5000");
    amounts.put("1'250.50", "1250.5000");
    amounts.put("$1,250.50", "1250.5000");
    amounts.put("-$ 1,250", "-1250.0000");
    amounts.put("$-5", "-5.0000");
    amounts.put("1,250.50\u00a0\u20ac", "1250.5000");
    amounts.put("1.250", "1.2500");
    amounts.put("1E3", "1000.0000");
    amounts.put(".5", "0.5000");
    for (String refused :
        List.of(
            "1.250,50",
            "1,25",
            "12,5000",
            "0,125",
            "1,250'000",
            "1,,250",
            ",250",
            "$",
            "--5",
            "1.250.000",
            "1 250",
            "US$ 5",
            "5 EUR",
            "1,250e2147483647")) {
      amounts.put(refused, REFUSED);
    }
    assertThat(outcomes(amounts, ".")).isEqualTo(amounts);
  }

  @Test
  void theMarkBeforeTheFractionMayBeAComma() {
    Map<String, String> amounts = new LinkedHashMap<>();
    amounts.put("999,00", "999.0000");
    amounts.put("1.250", "1250.0000");
    amounts.put("1.250,50", "1250.5000");
    amounts.put("-1.250.000,5 \u20ac", "-1250000.5000");
    amounts.put("1 250 000,25", "1250000.2500");
    amounts.put("1\u202f250,5", "1250.5000");
    amounts.put("1250", "1250.0000");
    amounts.put("1,5E3", "1500.0000");
    amounts.put(",5", "0.5000");
    for (String refused : List.of("1,250.50", "1250.50", "0.125", "1.25", "12.50.000", "1,2,3")) {
      amounts.put(refused, REFUSED);
    }
    assertThat(outcomes(amounts, ",")).isEqualTo(amounts);
  }

  @Test
  void aRefusedAmountNamesTheSettingOfTheMark() {
    Settings settings = RawInput.settings();
    Row engagement =
        RawRows.engagements(
                RawInput.rows(
                    "lead_id STRING, occurred_at STRING, event STRING, value STRING, cost STRING",
                    List.of(row("ada", TIME, "page_view", "1.250,50", "0,20", "f", null))),
                settings.engagements(),
                settings.signals())
            .head();
    assertThat(engagement.<String>getList(engagement.fieldIndex("problems")))
        .hasSize(2)
        .allMatch(problem -> problem.contains("decimal = \",\""));
  }

  @Test
  void numbersAmongTheAttributesOfLeadsAreWrittenPlainlyAndTextsKept() {
    Row lead =
        RawRows.leads(
                RawInput.rows(
                    "lead_id STRING, created_at STRING, budget STRING, revenue STRING, seats"
                        + " STRING, code STRING, note STRING",
                    List.of(
                        row(
                            "ada",
                            TIME,
                            "50.000 \u20ac",
                            "1.250,5",
                            "12",
                            "0012",
                            "2.5 - 3.5",
                            "f",
                            null))),
                RawInput.settings("inputs.leads.decimal=,").leads())
            .head();
    assertThat(lead.<String>getAs("budget")).isEqualTo("50000");
    assertThat(lead.<String, String>getJavaMap(lead.fieldIndex("attributes")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("revenue", "1250.5", "seats", "12", "code", "0012", "note", "2.5 - 3.5"));
  }

  @Test
  void theMarkIsProposedWhereAmountsTell() {
    assertThat(advice(".", "999,00", "1.250,50", "7"))
        .isEqualTo("proposal: inputs.outcomes.decimal = \",\", for amounts such as 1.250,50");
    assertThat(advice(".", "1.250", "900"))
        .isEqualTo(
            "amounts such as 1.250 are read as 1.25; where 1250 is meant, set"
                + " inputs.outcomes.decimal = \",\"");
    assertThat(advice(",", "1,250.50", "7"))
        .isEqualTo("proposal: inputs.outcomes.decimal = \".\", for amounts such as 1,250.50");
    assertThat(advice(".", "999.00", "1.250", "1,250.50", "much", "999,00")).isEmpty();
    assertThat(advice(",", "999,00", "1.250")).isEmpty();
    assertThat(advice(".", "7", "")).isEmpty();
    assertThat(
            AmountNotation.advice(
                List.of(rows(List.of("1.250"))),
                RawInput.settings("inputs.outcomes.columns.value=none").outcomes()))
        .isEmpty();
  }

  private static String advice(String decimal, String... amounts) {
    return AmountNotation.advice(List.of(rows(List.of(amounts))), input(decimal)).orElse("");
  }

  /** What becomes of the amounts of outcomes: the number, or the reason why there is none. */
  private static Map<String, String> outcomes(Map<String, String> amounts, String decimal) {
    List<String> texts = new ArrayList<>(amounts.keySet());
    List<Row> typed = RawRows.outcomes(rows(texts), input(decimal)).collectAsList();
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      List<String> problems = typed.get(i).getList(typed.get(i).fieldIndex("problems"));
      found.put(
          texts.get(i),
          problems.isEmpty()
              ? typed.get(i).getAs("value").toString()
              : problems.get(0).replaceAll(":.*", ""));
    }
    return found;
  }

  private static InputSettings input(String decimal) {
    return RawInput.settings("inputs.outcomes.decimal=" + decimal).outcomes();
  }

  private static Dataset<Row> rows(List<String> amounts) {
    return RawInput.rows(
        "lead_id STRING, outcome STRING, occurred_at STRING, value STRING",
        amounts.stream().map(amount -> row("ada", "won", TIME, amount, "f", null)).toList());
  }
}
