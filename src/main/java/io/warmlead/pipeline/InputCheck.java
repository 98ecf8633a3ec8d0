package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.warmlead.config.InputSettings;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.ingest.AmountNotation;
import io.warmlead.ingest.RawRows;
import io.warmlead.ingest.Suppression;
import io.warmlead.lake.LakeSession;
import io.warmlead.lake.SourceFile;
import io.warmlead.lake.Sources;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at settings and inputs as a run would, and writes nothing. */
public final class InputCheck {
  private static final int MOST_EVENTS = 60;

  private final Settings settings;
  private final Sources sources;
  private final Consumer<String> lines;
  private final Map<String, InputBatch> read = new LinkedHashMap<>();
  private final NightCheck night;

  private InputCheck(Settings settings, SparkSession spark, Consumer<String> lines) {
    this.settings = settings;
    this.sources = new Sources(spark);
    this.lines = lines;
    this.night = new NightCheck(settings, spark, lines);
  }

  /**
   * Checks. An input that cannot be used does not keep the others from being looked at.
   *
   * @param lines takes what a person should read, line by line
   * @throws UserFailure for what a run would fail on too, all of it in one
   */
  public static void run(Settings settings, Consumer<String> lines) {
    InputCheck check = new InputCheck(settings, LakeSession.open(), lines);
    check.input(
        settings.engagements(),
        (raw, input) -> RawRows.engagements(raw, input, settings.signals()));
    check.input(settings.leads(), RawRows::leads);
    check.input(settings.outcomes(), RawRows::outcomes);
    check.belonging();
    check.lake();
    check.requireNoFailure();
  }

  private void input(
      InputSettings input, BiFunction<Dataset<Row>, InputSettings, Dataset<Row>> typing) {
    if (input.paths().isEmpty() && input.name().equals("outcomes")) {
      lines.accept(
          "outcomes: not given, so no model can be trained; tiers come from behaviour alone");
      return;
    }
    try {
      if (input.paths().isEmpty()) {
        throw new SettingsException("inputs." + input.name() + ".path is not given.");
      }
      List<Dataset<Row>> frames = new ArrayList<>();
      look(
          InputBatch.open(
              input,
              sources,
              Map.of(),
              "",
              (raw, of) -> {
                frames.add(raw);
                return Suppression.none(typing.apply(raw, of));
              }),
          frames);
    } catch (UserFailure unusable) {
      lines.accept(input.name() + ": cannot be used, see below");
      night.failures().add(unusable);
    }
  }

  private void look(InputBatch opened, List<Dataset<Row>> frames) {
    InputSettings input = opened.input();
    // Types all rows, once; a damaged file shows here.
    opened.total();
    InputBatch batch = input.name().equals("engagements") ? night.withClock(opened) : opened;
    Counts all = batch.total();
    if (all.rowsIn() == 0 && input.name().equals("outcomes")) {
      lines.accept(
          "outcomes: no row yet, so no model can be trained; tiers come from behaviour alone");
      batch.release();
      return;
    }
    AmountNotation.advice(frames, input)
        .ifPresent(advice -> lines.accept(input.name() + ": " + advice));
    opened
        .fault()
        .ifPresent(
            fault -> {
              throw UserFailure.input(fault + " Nothing was written.");
            });
    lines.accept(
        input.name()
            + ": "
            + batch.files().size()
            + " files ("
            + batch.files().stream().mapToLong(SourceFile::bytes).sum()
            + " bytes), "
            + all.rowsIn()
            + " rows: "
            + all.good()
            + " good, "
            + all.rejected()
            + " to quarantine, "
            + all.ignored()
            + " ignored");
    Dataset<Row> rows = batch.rows().orElseThrow();
    reasons(rows);
    switch (input.name()) {
      case "engagements" -> events(rows);
      case "leads" -> attributes(rows);
      default -> outcomes(rows);
    }
    read.put(input.name(), batch);
    night.judge(batch);
  }

  private void requireNoFailure() {
    List<UserFailure> failures = night.failures();
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    if (!failures.isEmpty()) {
      throw new UserFailure(
          failures.get(0).kind(),
          failures.stream().map(UserFailure::getMessage).collect(Collectors.joining("\n\n")));
    }
  }

  /** Ids that stand for something else in one of the files show here. */
  private void belonging() {
    if (read.containsKey("leads")) {
      Dataset<Row> leads = leadIds("leads").distinct();
      read.forEach(
          (name, batch) -> {
            if (!name.equals("leads")) {
              long good = batch.total().good();
              long known = leadIds(name).join(leads, new String[] {"lead_id"}, "left_semi").count();
              lines.accept(
                  String.format(
                      Locale.ROOT,
                      "of %,d good rows of %s, %,d belong to a lead of inputs.leads%s",
                      good,
                      name,
                      known,
                      2 * known < good
                          ? ": does inputs." + name + ".columns.lead_id name the right column?"
                          : ""));
            }
          });
    }
    read.values().forEach(InputBatch::release);
  }

  private Dataset<Row> leadIds(String input) {
    return read.get(input).rows().orElseThrow().where(RawRows.isGood()).select("lead_id");
  }

  private void reasons(Dataset<Row> rows) {
    rows.select(org.apache.spark.sql.functions.explode(col("problems")).as("reason"))
        .groupBy("reason")
        .agg(count(lit(1)).as("rows"))
        .orderBy(desc("rows"), col("reason"))
        .collectAsList()
        .forEach(row -> lines.accept("  quarantine: " + row.getLong(1) + " x " + row.getString(0)));
  }

  private void events(Dataset<Row> rows) {
    Dataset<Row> good = rows.where(RawRows.isGood());
    Row extent = good.agg(min("occurred_at"), max("occurred_at")).head();
    if (extent.isNullAt(0)) {
      lines.accept("  every row is left out: see inputs.engagements.where and signals.map");
      return;
    }
    lines.accept(
        "  from "
            + extent.getTimestamp(0).toInstant()
            + " to "
            + extent.getTimestamp(1).toInstant());
    long withoutId = good.where(col("event_id").isNull()).count();
    if (withoutId > 0) {
      lines.accept(
          "  without event_id: " + withoutId + " good rows, which are known by their content");
    }
    List<Row> events =
        good.groupBy("event", "signal", "is_mapped", "direction")
            .agg(count(lit(1)).as("rows"))
            .orderBy(desc("rows"), col("event"))
            .limit(MOST_EVENTS)
            .collectAsList();
    for (Row event : events) {
      lines.accept(
          "  "
              + event.getLong(4)
              + " x "
              + event.getString(0)
              + " -> "
              + (event.getBoolean(2) ? event.getString(1) : "unmapped")
              + ", "
              + event.getString(3));
    }
    List<Row> unmapped = events.stream().filter(event -> !event.getBoolean(2)).toList();
    if (!unmapped.isEmpty()) {
      SignalGuess guess = new SignalGuess(settings.signals().catalogue());
      lines.accept("  proposal for the unmapped, to put in a --conf file and edit:");
      lines.accept("  signals.map = [");
      unmapped.forEach(
          event -> lines.accept("    " + guess.rule(event.getString(0), event.getString(3))));
      lines.accept("  ]");
    }
  }

  private void attributes(Dataset<Row> rows) {
    List<String> names =
        rows.where(RawRows.isGood())
            .select(org.apache.spark.sql.functions.explode(col("attributes")))
            .select("key")
            .distinct()
            .orderBy("key")
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    lines.accept("  attributes: " + (names.isEmpty() ? "none" : String.join(", ", names)));
  }

  private void outcomes(Dataset<Row> rows) {
    for (Row row :
        rows.where(RawRows.isGood())
            .groupBy("outcome")
            .agg(count(lit(1)).as("rows"))
            .orderBy(desc("rows"), col("outcome"))
            .limit(MOST_EVENTS)
            .collectAsList()) {
      String name = row.getString(0);
      String meaning =
          settings.conversion().outcomes().contains(name)
              ? "conversion"
              : settings.conversion().lost().contains(name) ? "lost" : "neither";
      lines.accept("  " + row.getLong(1) + " x " + name + " -> " + meaning);
    }
  }

  private void lake() {
    String place =
        settings
            .lake()
            .path()
            .or(() -> settings.lake().catalog().map(c -> c + "." + settings.lake().schema().get()))
            .orElse("no lake yet, give --lake");
    lines.accept(
        "would write to "
            + place
            + ": "
            + Tables.ALL.size()
            + " tables (warmlead tables describes them)");
  }
}
