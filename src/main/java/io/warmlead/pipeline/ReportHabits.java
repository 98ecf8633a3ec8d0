package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.decay.WilsonInterval;
import io.warmlead.insight.Promises;
import io.warmlead.lake.Lake;
import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Funnel;
import io.warmlead.report.Insights.FunnelStage;
import io.warmlead.report.Insights.Response;
import io.warmlead.report.Insights.Source;
import io.warmlead.report.Insights.Sources;
import io.warmlead.report.Insights.Touches;
import io.warmlead.table.Cadence;
import io.warmlead.table.ResponseTime;
import io.warmlead.table.SourcePerformance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the company treats its leads and what comes of it, from the insight tables of an instant. */
final class ReportHabits {
  private static final int MOST_SOURCES = 60;
  private static final String LEAD_SOURCE = "lead_source";

  private final Lake lake;
  private final Instant asOf;

  ReportHabits(Lake lake, Instant asOf) {
    this.lake = lake;
    this.asOf = asOf;
  }

  /** Response times by the clock, of everyone whose horizon is over. */
  List<Response> responses() {
    return ReportRows.asOf(lake.read(ResponseTime.TABLE), asOf)
        .where(
            col("clock")
                .equalTo("clock")
                .and(col("segment").equalTo(Promises.ALL))
                .and(col("is_mature")))
        .orderBy("bucket_order")
        .select("bucket", "n", "adjusted_rate", "adjusted_ci_low", "adjusted_ci_high", "raw_rate")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Response(
                    row.getString(0),
                    row.getLong(1),
                    ReportRows.estimate(row, 2),
                    row.getDouble(5)))
        .toList();
  }

  /** Touches of everyone on all channels, adjusted. */
  List<Touches> touches() {
    return ReportRows.asOf(lake.read(Cadence.TABLE), asOf)
        .where(col("channel").equalTo(Promises.ALL).and(col("segment").equalTo(Promises.ALL)))
        // Rows of an earlier version have no adjusted rates.
        .where(col("adjusted_reply_rate").isNotNull())
        .orderBy("dimension", "bucket_order")
        .select(
            "dimension",
            "bucket",
            "n",
            "adjusted_reply_rate",
            "adjusted_reply_ci_low",
            "adjusted_reply_ci_high",
            "adjusted_opt_out_rate",
            "adjusted_opt_out_ci_low",
            "adjusted_opt_out_ci_high",
            "usual_reply_rate",
            "usual_opt_out_rate",
            "is_best")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Touches(
                    row.getString(0),
                    row.getString(1),
                    row.getLong(2),
                    ReportRows.estimate(row, 3),
                    ReportRows.estimate(row, 6),
                    row.getDouble(9),
                    row.getDouble(10),
                    row.getBoolean(11)))
        .toList();
  }

  /**
   * Sources of leads whose entry window is over: the largest of those that leads came with, and
   * every kind of touch, of which there are few, by every model of attribution.
   */
  Sources sources() {
    Dataset<Row> mature =
        ReportRows.asOf(lake.read(SourcePerformance.TABLE), asOf).where(col("is_mature"));
    List<Row> rows =
        ReportRows.first(mature, MOST_SOURCES, List.of(col("model")), desc("leads"), col("source"))
            .orderBy(desc("leads"), col("model"), col("source"))
            .select(
                "model",
                "source",
                "leads",
                "conversions",
                "rate",
                "ci_low",
                "ci_high",
                "median_days",
                "value_per_lead",
                "warm_share",
                "of_all")
            .collectAsList();
    List<Row> own = rows.stream().filter(row -> row.getString(0).equals(LEAD_SOURCE)).toList();
    List<Row> touches = rows.stream().filter(row -> !row.getString(0).equals(LEAD_SOURCE)).toList();
    return new Sources(
        own.stream().map(ReportHabits::source).toList(),
        own.isEmpty() ? 0 : own.get(0).getLong(10),
        touches.stream().map(ReportHabits::source).toList());
  }

  private static Source source(Row row) {
    return new Source(
        row.getString(0),
        row.getString(1),
        row.getDouble(2),
        row.getDouble(3),
        row.isNullAt(4) ? Optional.empty() : Optional.of(ReportRows.estimate(row, 4)),
        ReportRows.number(row, 7),
        ReportRows.number(row, 8),
        ReportRows.number(row, 9));
  }

  /** All weeks whose entry window is over, taken together. */
  Optional<Funnel> funnel() {
    Column share = sum("leads").cast("double").divide(sum("entered"));
    List<Row> rows =
        ReportRows.asOf(lake.read(io.warmlead.table.Funnel.TABLE), asOf)
            .where(col("is_mature"))
            .groupBy("stage", "stage_order")
            .agg(
                sum("leads"),
                share,
                WilsonInterval.low(sum("leads"), sum("entered")),
                WilsonInterval.high(sum("leads"), sum("entered")),
                sum("leads_before"),
                sum("entered"),
                min("cohort_week"),
                max("cohort_week"))
            .orderBy("stage_order")
            .collectAsList();
    if (rows.isEmpty() || rows.get(0).getLong(7) == 0) {
      return Optional.empty();
    }
    LocalDate first = rows.get(0).getDate(8).toLocalDate();
    LocalDate last = rows.get(0).getDate(9).toLocalDate();
    return Optional.of(
        new Funnel(
            first, last, rows.get(0).getLong(7), rows.stream().map(ReportHabits::stage).toList()));
  }

  private static FunnelStage stage(Row row) {
    return new FunnelStage(
        row.getString(0),
        row.getLong(2),
        new Estimate(row.getDouble(3), row.getDouble(4), row.getDouble(5)),
        row.isNullAt(6) ? Optional.empty() : Optional.of(row.getLong(6)));
  }
}
