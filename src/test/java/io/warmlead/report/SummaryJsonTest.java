package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.testing.SummarySchema;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The summary for programs keeps what its schema promises. */
final class SummaryJsonTest {
  private static final SummaryJson.Run NIGHTLY =
      new SummaryJson.Run(
          "0.1.0", "nightly", "succeeded", Optional.empty(), 3000, Optional.of("/lake/r.html"));

  @Test
  void aFullNightFitsTheSchemaAndEveryPropertyIsDescribed() {
    String line = SummaryJson.of(SampleNight.full(), NIGHTLY);
    assertThat(SummarySchema.SUMMARY.faults(line)).isEmpty();
    assertThat(SummarySchema.SUMMARY.undescribed(line)).isEmpty();
  }

  @Test
  void anEmptyNightFitsTooAndSaysNullForWhatIsNotKnown() throws Exception {
    String line =
        SummaryJson.of(
            SampleNight.empty(),
            new SummaryJson.Run(
                "0.1.0",
                "train",
                "refused",
                Optional.of("7 conversions, 50 needed"),
                0,
                Optional.empty()));
    assertThat(SummarySchema.SUMMARY.faults(line)).isEmpty();
    JsonNode summary = new ObjectMapper().readTree(line);
    assertThat(summary.get("refused_because").textValue()).isEqualTo("7 conversions, 50 needed");
    assertThat(summary.get("model").isNull()).isTrue();
    assertThat(summary.get("score_date").isNull()).isTrue();
    assertThat(summary.get("report").isNull()).isTrue();
  }

  @Test
  void itIsOneLineWithTheNumbersOfTheNight() throws Exception {
    String line = SummaryJson.of(SampleNight.full(), NIGHTLY);
    assertThat(line).doesNotContain("\n");
    JsonNode summary = new ObjectMapper().readTree(line);
    assertThat(summary.at("/inputs/0/rows_in").longValue()).isEqualTo(48_213);
    assertThat(summary.at("/as_of").textValue()).isEqualTo("2026-03-03T00:00:00Z");
    assertThat(summary.at("/score_date").textValue()).isEqualTo("2026-03-02");
    assertThat(summary.at("/tiers/0/tier").textValue()).isEqualTo("hot");
    assertThat(summary.at("/tiers/0/mean_probability").doubleValue()).isEqualTo(0.182);
    assertThat(summary.at("/model/metrics/auc").doubleValue()).isEqualTo(0.8312);
    assertThat(summary.at("/lake").textValue()).isEqualTo("/data/warmlead/lake");
  }

  @Test
  void itNamesNoLead() {
    assertThat(SummaryJson.of(SampleNight.full(), NIGHTLY))
        .doesNotContain("anna.schmidt", "L-004417", "L-000311");
  }

  @Test
  void aFaultIsFound() {
    String line = SummaryJson.of(SampleNight.full(), NIGHTLY);
    assertThat(SummarySchema.SUMMARY.faults(line.replace("\"succeeded\"", "\"fine\"")))
        .isNotEmpty();
    assertThat(SummarySchema.SUMMARY.faults(line.replace("\"leads_scored\":3000,", "")))
        .isNotEmpty();
    assertThat(SummarySchema.SUMMARY.undescribed(line.replace("\"rows_in\":", "\"rows\":")))
        .containsExactly("/inputs/0/rows", "/inputs/1/rows", "/inputs/2/rows");
  }

  @Test
  void aBackfillFitsItsSchema() {
    String line =
        BackfillJson.of(
            "0.1.0",
            "/data/lake",
            List.of(
                new BackfillJson.Night(
                    "20260303T000000000-1",
                    "succeeded without a model",
                    LocalDate.of(2026, 3, 2),
                    41,
                    Optional.empty()),
                new BackfillJson.Night(
                    "20260303T000000000-2",
                    "succeeded",
                    LocalDate.of(2026, 3, 3),
                    42,
                    Optional.of("m-20260303"))));
    assertThat(SummarySchema.BACKFILL.faults(line)).isEmpty();
    assertThat(SummarySchema.BACKFILL.undescribed(line)).isEmpty();
  }
}
