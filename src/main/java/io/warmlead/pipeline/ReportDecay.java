package io.warmlead.pipeline;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.warmlead.decay.TouchEffect;
import io.warmlead.lake.Lake;
import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.Point;
import io.warmlead.report.NightView.SilenceRate;
import io.warmlead.table.DecayCurves;
import io.warmlead.table.DecayHalfLives;
import io.warmlead.table.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** How interest decays, as of one instant. */
final class ReportDecay {
  private static final int MOST_HALF_LIVES = 12;
  private static final int MOST_SEGMENTS = 4;
  private static final String OVERALL = "overall";

  /** Whoever is watched after a point ends, or enters, at a later one. */
  private static final WindowSpec LATER =
      Window.partitionBy("dimension", "value")
          .orderBy("day")
          .rowsBetween(1, Window.unboundedFollowing());

  private final Lake lake;

  ReportDecay(Lake lake) {
    this.lake = lake;
  }

  /**
   * Of each dimension the largest groups with a half-life, and the largest without; before them
   * what holds for all touches together.
   */
  List<HalfLife> halfLives(Instant asOf) {
    Column isWithheld = col("half_life_days").isNull();
    Column isOfOne =
        col("value")
            .notEqual(TouchEffect.EVERY)
            .or(not(col("dimension").isin("signal", "channel")));
    return ReportRows.first(
            ReportRows.asOf(lake.read(DecayHalfLives.TABLE), asOf),
            MOST_HALF_LIVES,
            List.of(col("dimension"), isWithheld),
            isOfOne,
            desc("n"),
            col("value"))
        .orderBy(col("dimension"), isOfOne, desc("n"), col("value"))
        .select(
            "dimension",
            "value",
            "shape",
            "half_life_days",
            "ci_low",
            "ci_high",
            "never_converts_share",
            "n",
            "method",
            "of_all")
        .collectAsList()
        .stream()
        .map(
            row ->
                new HalfLife(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    ReportRows.number(row, 3),
                    ReportRows.number(row, 4),
                    ReportRows.number(row, 5),
                    ReportRows.number(row, 6),
                    row.getLong(7),
                    row.getString(8),
                    row.getLong(9)))
        .collect(
            collectingAndThen(
                toList(), all -> ReportRows.told(all, HalfLife::dimension, HalfLife::value)));
  }

  /** How many of all leads and of those of the largest segments have converted by each day. */
  List<Curve> curves(Instant asOf) {
    Dataset<Row> points =
        ReportRows.asOf(lake.read(DecayCurves.TABLE), asOf)
            // Rows of an earlier version do not know of losses.
            .where(
                col("dimension")
                    .isin(OVERALL, "segment")
                    .and(col("incidence_converted").isNotNull()));
    Dataset<Row> largest =
        ReportRows.first(
            points.groupBy("dimension", "value").agg(sum(ended()).as("leads")),
            MOST_SEGMENTS,
            List.of(col("dimension")),
            desc("leads"),
            col("value"));
    List<Row> rows =
        points
            .join(broadcast(largest), new String[] {"dimension", "value"})
            .withColumn("watched", sum(ended().minus(entered())).over(LATER))
            .orderBy(col("dimension").notEqual(OVERALL), col("place"), col("day"))
            .select(
                "dimension",
                "value",
                "of_all",
                "day",
                "incidence_converted",
                "incidence_converted_ci_low",
                "incidence_converted_ci_high",
                "watched")
            .collectAsList();
    Map<List<String>, List<Row>> byGroup = new LinkedHashMap<>();
    rows.forEach(
        row ->
            byGroup
                .computeIfAbsent(
                    List.of(row.getString(0), row.getString(1)), group -> new ArrayList<>())
                .add(row));
    return byGroup.values().stream()
        .map(ReportDecay::curve)
        .collect(
            collectingAndThen(
                toList(), all -> ReportRows.told(all, Curve::dimension, Curve::value)));
  }

  private static Column ended() {
    return col("converted").plus(col("censored"));
  }

  private static Column entered() {
    return coalesce(col("entered"), lit(0L));
  }

  private static Curve curve(List<Row> points) {
    Row any = points.get(0);
    return new Curve(
        any.getString(0),
        any.getString(1),
        any.getLong(2),
        points.stream().map(ReportDecay::point).toList());
  }

  private static Point point(Row row) {
    return new Point(
        row.getDouble(3),
        row.getDouble(4),
        ReportRows.number(row, 5).orElse(null),
        ReportRows.number(row, 6).orElse(null),
        row.isNullAt(7) ? 0 : row.getLong(7));
  }

  List<SilenceRate> silence(Instant asOf) {
    return ReportRows.asOf(lake.read(Silence.TABLE), asOf)
        .where(col("dimension").equalTo("overall"))
        .orderBy("bucket_order")
        .select("bucket", "leads", "conversions", "rate", "ci_low", "ci_high")
        .collectAsList()
        .stream()
        .map(
            row ->
                new SilenceRate(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5)))
        .toList();
  }
}
