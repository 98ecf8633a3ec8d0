package io.warmlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company whose export knows too much: a field of customers, and the signing of the contract. */
@Tag("night")
final class LeakageTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> ODD_NUMBERS =
      List.of("7", "Infinity", "-Infinity", "NaN", "1e400", "-3", "0.5", "8", "9", "1");

  @TempDir private static Path folder;

  private static Invocation trained;
  private static Row excluding;
  private static Invocation scored;
  private static Invocation allowing;
  private static Row allowed;

  @BeforeAll
  static void train() throws IOException {
    writeCompany();
    Invocation ingested = run("ingest");
    assertThat(ingested.exitCode()).as(ingested.err()).isZero();
    trained = run("train", "--as-of", "2026-05-15");
    excluding = model("size(excluded) > 0");
    scored = run("score", "--as-of", "2026-05-15");
    allowing =
        run(
            "train",
            "--as-of",
            "2026-05-15",
            "--set",
            "model.allow_columns=[partner, contract_signed, parner]");
    allowed = model("size(excluded) = 0");
  }

  @Test
  void columnsThatKnowTheOutcomeAreNamedWithTheEvidenceAndLeftOut() {
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(excluding.<Row>getList(0))
        .extracting(leak -> leak.getString(0))
        .containsExactly("partner", "contract_signed");
    assertThat(excluding.<Row>getList(0))
        .extracting(leak -> leak.getString(1))
        .allMatch(text -> text.contains(" %"));
    assertThat(trained.err()).contains("attribute partner: ", "signal contract_signed: ");
    assertThat(excluding.<String>getList(2))
        .anyMatch(note -> note.contains("attribute partner: "))
        .anyMatch(note -> note.contains("signal contract_signed: "));
    assertThat(excluding.<String>getList(1))
        .noneMatch(name -> name.contains("partner") || name.contains("contract_signed"));
  }

  @Test
  void theSummaryOfANightSaysWhatWasLeftOut() {
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("left out  partner, contract_signed: ");
  }

  @Test
  void innocentColumnsStay() {
    assertThat(excluding.<String>getList(1))
        .contains("source=referral", "employees", "days_since__demo_request", "engagements_30d");
  }

  @Test
  void constantEmptyAndInfiniteAttributesAndASegmentOfOneLeadDoNoHarm() {
    assertThat(excluding.<String>getList(2))
        .anyMatch(note -> note.contains("too few leads converted to tell more: alone, smb"));
    Lake lake = lake();
    assertThat(
            lake.read(LeadScores.TABLE).where("probability IS NULL OR isnan(probability)").count())
        .isZero();
    assertThat(
            lake.read(LeadFeatures.TABLE)
                .where("exists(map_values(features), x -> x IS NULL OR isnan(x) OR abs(x) > 1e15)")
                .count())
        .isZero();
    assertThat(lake.read(LeadScores.TABLE).where("segment = 'alone'").count()).isEqualTo(1);
    assertThat(lake.read(ModelMetrics.TABLE).where("segment = 'alone'").count()).isZero();
  }

  @Test
  void whatTheSettingsAllowStays() {
    assertThat(allowing.exitCode()).as(allowing.err()).isZero();
    assertThat(allowed.<String>getList(1))
        .contains("partner=missing", "days_since__contract_signed");
    assertThat(allowing.err())
        .contains("Kept by model.allow_columns", "names parner, which no attribute or signal is");
  }

  /** A third of the leads is warm and converts more often; a referral helps. */
  private static void writeCompany() throws IOException {
    Random random = new Random(29);
    StringBuilder leads =
        new StringBuilder(
            "lead_id,created_at,source,employees,partner,constant,empty,odd,segment\n");
    StringBuilder events = new StringBuilder("lead_id,occurred_at,event\n");
    StringBuilder outcomes = new StringBuilder("lead_id,outcome,occurred_at\n");
    for (int lead = 0; lead < 700; lead++) {
      double created = random.nextDouble() * 100;
      boolean isWarm = random.nextInt(3) == 0;
      boolean isReferral = random.nextInt(4) == 0;
      boolean converts = random.nextDouble() < (isWarm ? 0.35 : 0.08) * (isReferral ? 2 : 1);
      double end = created + 5 + random.nextDouble() * 30;
      boolean isCustomer = converts || random.nextInt(300) == 0;
      leads.append(
          "l%d,%s,%s,%d,%s,5,,%s,%s%n"
              .formatted(
                  lead,
                  at(created),
                  isReferral ? "referral" : "web",
                  1 + random.nextInt(200),
                  isCustomer ? (lead % 2 == 0 ? "acme" : "zeta") : "",
                  ODD_NUMBERS.get(lead % ODD_NUMBERS.size()),
                  lead == 0 ? "alone" : "smb"));
      for (double day = created; day < end; day += 0.5 + random.nextDouble() * (isWarm ? 4 : 15)) {
        events.append("l%d,%s,page_view%n".formatted(lead, at(day)));
      }
      if (random.nextDouble() < (converts ? 0.5 : 0.1)) {
        events.append("l%d,%s,demo_request%n".formatted(lead, at(created + 4)));
      }
      if (converts) {
        events.append("l%d,%s,contract_signed%n".formatted(lead, at(end - 0.2)));
        outcomes.append("l%d,won,%s%n".formatted(lead, at(end)));
      }
    }
    Files.writeString(folder.resolve("leads.csv"), leads);
    Files.writeString(folder.resolve("engagements.csv"), events);
    Files.writeString(folder.resolve("outcomes.csv"), outcomes);
  }

  private static Instant at(double day) {
    return FIRST.plusSeconds(Math.round(day * 86_400));
  }

  private static Lake lake() {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(
            Optional.of(folder.resolve("lake").toString()), Optional.empty(), Optional.empty()));
  }

  private static Row model(String condition) {
    return lake()
        .read(Models.TABLE)
        .where(condition + " AND status <> 'refused'")
        .select("excluded", "features", "notes")
        .head();
  }

  private static Invocation run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--lake", folder.resolve("lake").toString()));
    for (String input : List.of("engagements", "leads", "outcomes")) {
      all.addAll(
          List.of(
              "--set",
              String.format(Locale.ROOT, "inputs.%1$s.path=%2$s/%1$s.csv", input, folder)));
    }
    for (String setting :
        List.of(
            "conversion.outcomes=[won]",
            "conversion.horizon=14 days",
            "model.families=[logistic_regression]",
            "model.min_conversions=20")) {
      all.addAll(List.of("--set", setting));
    }
    return Invocation.of(all);
  }
}
