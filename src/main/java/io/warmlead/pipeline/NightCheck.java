package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.config.UserFailure;
import io.warmlead.ingest.FutureClock;
import io.warmlead.ingest.RawRows;
import io.warmlead.ingest.RepeatedHistory;
import io.warmlead.lake.Lake;
import io.warmlead.pipeline.InputBatch.Counts;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import io.warmlead.table.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Judges opened inputs as the first night that reads them would, and writes nothing: what would end
 * that night is a failure, what it would tell a line.
 */
final class NightCheck {
  private final Settings settings;
  private final SparkSession spark;
  private final Optional<Lake> lake;
  private final Consumer<String> lines;
  private final List<UserFailure> failures = new ArrayList<>();

  NightCheck(Settings settings, SparkSession spark, Consumer<String> lines) {
    this.settings = settings;
    this.spark = spark;
    this.lines = lines;
    this.lake = usable(settings, spark);
  }

  /** What would end a night, in the order in which it was found. */
  List<UserFailure> failures() {
    return failures;
  }

  private Optional<Lake> usable(Settings settings, SparkSession spark) {
    if (settings.lake().path().isEmpty() && settings.lake().catalog().isEmpty()) {
      return Optional.empty();
    }
    try {
      Lake found = Lake.open(spark, settings.lake());
      found.requireSeemsWritable();
      return Optional.of(found);
    } catch (UserFailure unusable) {
      failures.add(unusable);
      return Optional.empty();
    }
  }

  /** Engagements, those refused whose clock ran ahead of all others. */
  InputBatch withClock(InputBatch engagements) {
    Map<LocalDate, Long> days = engagements.rows().map(FutureClock::daysOf).orElseGet(TreeMap::new);
    return FutureClock.limit(days, 0, Optional.empty(), Optional.empty())
        .filter(limit -> days.keySet().stream().anyMatch(day -> !day.isBefore(limit)))
        .map(engagements::withClockLimit)
        .orElse(engagements);
  }

  /** Judges an input that has rows. */
  void judge(InputBatch batch) {
    String input = batch.input().name();
    Counts all = batch.total();
    try {
      if (input.equals("outcomes")) {
        conversions(batch);
      } else if (all.good() == 0 && isFirst(batch)) {
        throw IngestStage.everyRowLeftOut(input);
      }
      QualityGate.tooManyRejects(settings.quality(), input, all.rowsIn(), all.rejected())
          .ifPresent(failures::add);
      if (input.equals("engagements") && all.good() > 0) {
        Dataset<Row> good = batch.rows().orElseThrow().where(RawRows.isGood());
        if (batch.files().size() > 1) {
          repeatedExports(good);
        }
        newestWeek(good);
      }
    } catch (UserFailure refused) {
      failures.add(refused);
    }
  }

  private boolean isFirst(InputBatch batch) {
    TableContract table = batch.input().name().equals("leads") ? Leads.TABLE : Engagements.TABLE;
    return lake.map(there -> !there.exists(table)).orElse(true);
  }

  private void conversions(InputBatch outcomes) {
    if (settings.conversion().outcomes().isEmpty()) {
      lines.accept(
          "  conversion.outcomes is empty, so that nobody converts and no model can be trained: say"
              + " which outcomes are conversions");
    }
    Dataset<Row> stored =
        lake.map(there -> there.read(Outcomes.TABLE))
            .orElseGet(() -> spark.createDataFrame(List.of(), Outcomes.TABLE.schema()));
    new ConversionNames(settings, stored, this::note).require(outcomes);
  }

  /** Whole exports that are all new to a lake are not compared with what it stores. */
  private void repeatedExports(Dataset<Row> good) {
    long again = RepeatedHistory.acrossFiles(good);
    if (again >= QualityGate.ENOUGH_TO_TELL) {
      note(
          again
              + " rows without event_id say what a row of another file says, and differ from it in"
              + " columns that have no meaning. Are these whole exports, of which a column changes"
              + " each time? Then list it in inputs.engagements.exclude, or each of them counts.");
    }
  }

  private void newestWeek(Dataset<Row> good) {
    Dataset<Row> days =
        good.groupBy(
                DailyActivities.localTime(col("known_at"), settings.run())
                    .cast("date")
                    .as("arrived_day"))
            .agg(
                count(lit(1)).as("events"),
                max(DailyActivities.localTime(col("occurred_at"), settings.run()).cast("date"))
                    .as("day"));
    LocalDate newest = days.agg(max("day")).head().getDate(0).toLocalDate();
    QualityGate.requireUsualWeek(settings.quality(), newest.plusDays(1), days, this::note);
  }

  private void note(String text) {
    lines.accept("  note: " + text);
  }
}
