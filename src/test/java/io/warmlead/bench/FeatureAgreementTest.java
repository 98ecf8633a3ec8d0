package io.warmlead.bench;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmlead.activity.DailyActivities;
import io.warmlead.bench.FeaturePass.From;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.feature.Feature;
import io.warmlead.feature.FeaturePlan;
import io.warmlead.feature.FeatureSet;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Features are those that another engine finds from definitions in words. */
final class FeatureAgreementTest {
  private static final Settings SETTINGS =
      SettingsLoader.load(
          List.of(), List.of("conversion.outcomes=[won]", "run.zone=\"America/New_York\""));
  private static final Instant AS_OF =
      LocalDate.parse("2026-03-20").atStartOfDay(SETTINGS.run().zone()).toInstant();
  private static final List<String> SIGNALS =
      List.of(
          "page_view", "demo_request", "it's \"new\" {here}", "call", "unsubscribe", "page_leave");
  private static final FeaturePlan PLAN =
      new FeaturePlan(
          SIGNALS.subList(0, 5),
          List.of("site", "outreach"),
          List.of("web", "e-mail"),
          List.of("employees"),
          Map.of("source", List.of("web", "it's \"odd\""), "Role", List.of("chief", "other")),
          true,
          List.of("page_leave"));

  @TempDir Path folder;

  @Test
  void warmleadAndDuckDbFindTheSameNumbers() {
    FeaturePass pass =
        new FeaturePass(tables(new Random(5)), From.ENGAGEMENTS, PLAN, AS_OF, SETTINGS);
    Agreement agreement = agreement(pass, folder);
    assertThat(agreement.holds()).as(agreement.toString()).isTrue();
    assertThat(agreement.leads()).isEqualTo(58);
  }

  @Test
  void whatDiffersIsNamed() {
    Dataset<Row> first = frame(lead("ada", 1D, 2D), lead("bob", 1D, 1000D));
    List<String> names = List.of("touches_7d", "tenure_days");
    assertThat(Agreement.of(first, first, names).holds()).isTrue();
    Agreement close =
        Agreement.of(
            first, frame(lead("ada", 1D, 2D), lead("bob", 1D + 5e-10, 1000D + 5e-7)), names);
    assertThat(close.holds()).isTrue();
    assertThat(close.unequal()).isEqualTo(2);
    Agreement apart =
        Agreement.of(first, frame(lead("ada", 1D, 2D), lead("bob", 1D, 1000.1)), names);
    assertThat(apart.holds()).isFalse();
    assertThat(apart.worst()).isEqualTo("tenure_days");
    assertThat(apart.lead()).isEqualTo("bob");
    assertThat(apart.second()).isEqualTo(1000.1);
    for (Double missing : new Double[] {null, Double.NaN}) {
      Dataset<Row> other = frame(lead("ada", missing, 2D), lead("bob", 1D, 1000D));
      assertThat(Agreement.of(first, other, names).holds()).isFalse();
    }
    assertThat(Agreement.of(first, frame(lead("ada", 1D, 2D)), names).unmatched()).isEqualTo(1);
    assertThat(Agreement.of(frame(), frame(), names).holds()).isFalse();
  }

  private static Dataset<Row> frame(Row... rows) {
    return Frames.frame("lead_id STRING, features ARRAY<DOUBLE>", rows);
  }

  private static Row lead(String lead, Double... features) {
    return row(lead, features);
  }

  @Test
  void aTemplateSaysWhichNameItLacks() {
    assertThatThrownBy(() -> Template.of("features.sql").filled(Map.of(), Map.of()))
        .hasMessageContaining("features.sql names ");
  }

  private static Agreement agreement(FeaturePass pass, Path place) {
    List<Engine> engines = List.of(new Warmlead(TestSession.get()), new DuckDb(2, 1_000_000_000L));
    List<Dataset<Row>> tables = new ArrayList<>();
    for (Engine engine : engines) {
      Path output = place.resolve(engine.name());
      assertThat(engine.compute(pass, output).seconds()).isPositive();
      tables.add(TestSession.get().read().parquet(output.toString()));
    }
    List<String> names = FeatureSet.of(pass.plan()).features().stream().map(Feature::name).toList();
    return Agreement.of(tables.get(0), tables.get(1), names);
  }

  private PlainTables tables(Random random) {
    List<Row> engagements = new ArrayList<>();
    for (int index = 0; index < 1500; index++) {
      Row one = engagement(random);
      engagements.add(one);
      if (index % 3 == 0) {
        engagements.add(anHourLater(one));
      }
    }
    Dataset<Row> known =
        Frames.filled(
            Engagements.TABLE,
            Frames.frame(
                "lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal STRING,"
                    + " family STRING, channel STRING, direction STRING, intent STRING,"
                    + " value DECIMAL(18,4)",
                engagements.toArray(Row[]::new)));
    PlainTables tables = PlainTables.in(folder.resolve("tables"));
    tables.write(Engagements.TABLE, known);
    tables.write(
        DailyActivity.TABLE,
        Frames.filled(DailyActivity.TABLE, DailyActivities.of(known, SETTINGS.run())));
    tables.write(Leads.TABLE, Frames.filled(Leads.TABLE, leads(random)));
    tables.write(
        Outcomes.TABLE,
        Frames.filled(
            Outcomes.TABLE,
            Frames.frame(
                "lead_id STRING, occurred_at TIMESTAMP, closes BOOLEAN",
                row("lead-1", at(-60), true),
                row("lead-2", at(0), true),
                row("lead-3", at(-60), false))));
    return tables;
  }

  /** Some come late, some after the instant, some are of days long past, some of unknown leads. */
  private static Row engagement(Random random) {
    long before = (long) (Math.pow(random.nextDouble(), 3) * 500 * 86_400) - 86_400;
    long late = random.nextInt(4) == 0 ? random.nextInt(3 * 86_400) : 0;
    int signal = random.nextInt(SIGNALS.size());
    boolean isStated = random.nextInt(10) == 0;
    return row(
        "lead-" + random.nextInt(62),
        at(-before),
        at(-before + late),
        SIGNALS.get(signal),
        List.of("site", "site", "unmapped", "outreach", "email", "site").get(signal),
        List.of("web", "e-mail", "unknown").get(random.nextInt(3)),
        isStated
            ? "outbound"
            : List.of("inbound", "inbound", "unknown", "outbound", "negative", "inbound")
                .get(signal),
        List.of("low", "high", "low", "medium", "low", "low").get(signal),
        random.nextInt(5) == 0 ? new BigDecimal(random.nextInt(1_000_000)).movePointLeft(4) : null);
  }

  private static Row anHourLater(Row one) {
    Object[] values = new Object[one.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] =
          one.get(index) instanceof Timestamp time
              ? Timestamp.from(time.toInstant().plusSeconds(3600))
              : one.get(index);
    }
    return row(values);
  }

  /** Sixty leads, a third of them with a version that was, and one that is to come. */
  private static Dataset<Row> leads(Random random) {
    List<Row> versions = new ArrayList<>();
    for (int index = 0; index < 60; index++) {
      Timestamp created = index == 59 ? at(0) : at(-1 - random.nextInt(500 * 86_400));
      if (index % 3 == 0) {
        versions.add(lead(index, created, created, at(-1), random));
        versions.add(lead(index, created, at(-1), at(0), random));
        versions.add(lead(index, created, at(0), null, random));
      } else {
        versions.add(lead(index, created, created, null, random));
      }
    }
    return Frames.frame(
        "lead_id STRING, created_at TIMESTAMP, source STRING, referrer_id STRING,"
            + " attributes MAP<STRING, STRING>, valid_from TIMESTAMP, valid_to TIMESTAMP",
        versions.toArray(Row[]::new));
  }

  private static Row lead(
      int index, Timestamp created, Timestamp from, Timestamp to, Random random) {
    String[] sources = {"web", "it's \"odd\"", "fax", null};
    Map<String, String> attributes = new HashMap<>();
    attributes.put(
        "employees", new String[] {"12", "3.5e2", "many", "1e13", null}[random.nextInt(5)]);
    if (random.nextBoolean()) {
      attributes.put("Role", new String[] {"chief", "other", "clerk"}[random.nextInt(3)]);
    }
    return row(
        "lead-" + index,
        created,
        sources[random.nextInt(4)],
        random.nextBoolean() ? "someone" : null,
        scala.collection.immutable.Map.from(CollectionConverters.asScala(attributes)),
        from,
        to);
  }

  private static Timestamp at(long seconds) {
    return Timestamp.from(AS_OF.plusSeconds(seconds));
  }
}
