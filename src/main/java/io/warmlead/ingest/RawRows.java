package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.size;

import io.warmlead.config.InputSettings;
import io.warmlead.config.SettingsException;
import io.warmlead.config.SignalSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.functions;

/**
 * Turns raw rows, all text, into typed ones. Each result has, beside the typed columns, {@code
 * file}, {@code content} (digest of the row), {@code problems} (reasons, empty for a good row),
 * {@code raw} (the row as read; drop it where it is not wanted, it is as large as all others
 * together) and {@code is_ignored}.
 */
public final class RawRows {
  private static final List<String> LEAD_TEXTS =
      List.of(
          "source",
          "segment",
          "country",
          "language",
          "account_id",
          "referrer_id",
          "owner",
          "authority",
          "need",
          "timeline",
          "override_tier");

  private RawRows() {}

  /** Engagements, with signal and meaning; {@code event_id} is NULL where the source gives none. */
  public static Dataset<Row> engagements(
      Dataset<Row> raw, InputSettings input, SignalSettings signals) {
    SourceColumns source = SourceColumns.of(input, raw);
    Column occurredAt = Times.instant(source.text("occurred_at"), input);
    Column receivedAt = Times.instant(source.text("received_at"), input);
    Map<RejectReason, Column> reasons = new EnumMap<>(RejectReason.class);
    reasons.put(RejectReason.MALFORMED_ROW, col(SourceColumns.MALFORMED).isNotNull());
    leadId(reasons, source.text("lead_id"));
    time(reasons, source.text("occurred_at"), col("__occurred_at"));
    reasons.put(
        RejectReason.UNREADABLE_RECEIVED_TIME,
        source.text("received_at").isNotNull().and(col("__received_at").isNull()));
    reasons.put(RejectReason.MISSING_EVENT, source.text("event").isNull());
    reasons.put(RejectReason.UNREADABLE_VALUE, unreadable(source.text("value"), input));
    reasons.put(RejectReason.UNREADABLE_COST, unreadable(source.text("cost"), input));

    List<Column> columns = new ArrayList<>();
    columns.add(
        (input.keepDuplicates() ? lit(null).cast("string") : source.text("event_id"))
            .as("event_id"));
    columns.add(source.text("lead_id").as("lead_id"));
    columns.add(col("__occurred_at").as("occurred_at"));
    columns.add(col("__received_at").as("received_at"));
    columns.add(greatest(col("__occurred_at"), col("__received_at")).as("known_at"));
    columns.add(source.text("event").as("event"));
    columns.add(coalesce(lower(source.text("channel")), lit("unknown")).as("channel"));
    columns.add(source.text("direction").as("stated_direction"));
    columns.add(source.text("asset").as("asset"));
    columns.add(Amounts.money(source.text("value"), input).as("value"));
    columns.add(Amounts.money(source.text("cost"), input).as("cost"));
    columns.add(source.attributes().as("attributes"));
    Dataset<Row> typed =
        typed(
            raw.withColumn("__occurred_at", occurredAt).withColumn("__received_at", receivedAt),
            input,
            source,
            columns,
            reasons);
    return SignalMapping.withSignal(typed, signals)
        .withColumn(
            "is_ignored", col("is_ignored").or(col("signal").eqNullSafe(SignalSettings.IGNORE)));
  }

  /** Leads; {@code valid_from} is NULL where the input has no such column. */
  public static Dataset<Row> leads(Dataset<Row> raw, InputSettings input) {
    SourceColumns source = SourceColumns.of(input, raw);
    Map<RejectReason, Column> reasons = new EnumMap<>(RejectReason.class);
    reasons.put(RejectReason.MALFORMED_ROW, col(SourceColumns.MALFORMED).isNotNull());
    leadId(reasons, source.text("lead_id"));
    time(reasons, source.text("created_at"), col("__created_at"));
    if (source.has("valid_from")) {
      reasons.put(RejectReason.UNREADABLE_VALID_FROM, col("__valid_from").isNull());
    }
    List<Column> columns = new ArrayList<>();
    columns.add(source.text("lead_id").as("lead_id"));
    columns.add(col("__created_at").as("created_at"));
    LEAD_TEXTS.forEach(name -> columns.add(source.text(name).as(name)));
    columns.add(Amounts.plainOrText(source.text("budget"), input).as("budget"));
    columns.add(attributes(source, input).as("attributes"));
    columns.add(col("__valid_from").as("valid_from"));
    return typed(
        raw.withColumn("__created_at", Times.instant(source.text("created_at"), input))
            .withColumn("__valid_from", Times.instant(source.text("valid_from"), input)),
        input,
        source,
        columns,
        reasons);
  }

  /** Outcomes. */
  public static Dataset<Row> outcomes(Dataset<Row> raw, InputSettings input) {
    SourceColumns source = SourceColumns.of(input, raw);
    Map<RejectReason, Column> reasons = new EnumMap<>(RejectReason.class);
    reasons.put(RejectReason.MALFORMED_ROW, col(SourceColumns.MALFORMED).isNotNull());
    leadId(reasons, source.text("lead_id"));
    time(reasons, source.text("occurred_at"), col("__occurred_at"));
    reasons.put(RejectReason.MISSING_OUTCOME, source.text("outcome").isNull());
    reasons.put(RejectReason.UNREADABLE_VALUE, unreadable(source.text("value"), input));
    List<Column> columns =
        List.of(
            source.text("lead_id").as("lead_id"),
            source.text("outcome").as("outcome"),
            col("__occurred_at").as("occurred_at"),
            Amounts.money(source.text("value"), input).as("value"),
            source.text("outcome_id").as("outcome_id"));
    return typed(
        raw.withColumn("__occurred_at", Times.instant(source.text("occurred_at"), input)),
        input,
        source,
        columns,
        reasons);
  }

  /** Good rows: not ignored and without problems. */
  public static Column isGood() {
    return functions.not(col("is_ignored")).and(size(col("problems")).equalTo(0));
  }

  private static Dataset<Row> typed(
      Dataset<Row> raw,
      InputSettings input,
      SourceColumns source,
      List<Column> columns,
      Map<RejectReason, Column> reasons) {
    List<Column> all = new ArrayList<>(columns);
    all.add(col(SourceColumns.FILE).as("file"));
    all.add(source.content().as("content"));
    all.add(col("__problems").as("problems"));
    all.add(source.raw().as("raw"));
    // A row that could not be split has no cells to judge: it goes to the quarantine.
    all.add(
        functions
            .not(col("__selected"))
            .and(col(SourceColumns.MALFORMED).isNull())
            .as("is_ignored"));
    return withSelected(raw, input)
        .withColumn("__problems", SourceColumns.problems(reasons))
        .select(all.toArray(Column[]::new));
  }

  /** Adds whether {@code where} selects the row; NULL counts as no. */
  private static Dataset<Row> withSelected(Dataset<Row> raw, InputSettings input) {
    if (input.where().isEmpty()) {
      return raw.withColumn("__selected", lit(true));
    }
    String predicate = input.where().get();
    RuntimeConfig conf = raw.sparkSession().conf();
    String ansi = conf.get("spark.sql.ansi.enabled");
    // All cells are text: `amount > 5` compares as numbers, and a cell that is none must not end
    // the run.
    conf.set("spark.sql.ansi.enabled", "false");
    try {
      Dataset<Row> judged =
          raw.withColumn("__selected", coalesce(expr(predicate).cast("boolean"), lit(false)));
      if (judged.queryExecution().analyzed().subqueriesAll().nonEmpty()) {
        throw unusable(input, predicate, "subqueries are not allowed");
      }
      return judged;
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw unusable(input, predicate, e.getMessage().lines().findFirst().orElse(""));
      }
      throw e;
    } finally {
      conf.set("spark.sql.ansi.enabled", ansi);
    }
  }

  private static SettingsException unusable(InputSettings input, String predicate, String why) {
    return new SettingsException(
        "inputs."
            + input.name()
            + ".where = "
            + predicate
            + ": is not a predicate over the source's columns: "
            + why);
  }

  /** Attributes are typed by their content later: numbers are written so that all can read them. */
  private static Column attributes(SourceColumns source, InputSettings input) {
    Column filled =
        functions.map_filter(
            source.attributes(), (key, value) -> functions.trim(value).notEqual(""));
    return functions.transform_values(filled, (key, value) -> Amounts.plainOrText(value, input));
  }

  /** Two ids whose bytes cannot be read look the same: rows of two persons would become one's. */
  private static void leadId(Map<RejectReason, Column> reasons, Column text) {
    reasons.put(RejectReason.MISSING_LEAD_ID, text.isNull());
    reasons.put(RejectReason.BROKEN_LEAD_ID, text.contains("\uFFFD"));
  }

  private static void time(Map<RejectReason, Column> reasons, Column text, Column instant) {
    reasons.put(RejectReason.MISSING_TIME, text.isNull());
    reasons.put(RejectReason.UNREADABLE_TIME, text.isNotNull().and(instant.isNull()));
    reasons.put(RejectReason.IMPLAUSIBLE_TIME, Times.isImplausible(instant));
  }

  private static Column unreadable(Column text, InputSettings input) {
    return text.isNotNull().and(Amounts.money(text, input).isNull());
  }
}
