package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.warmlead.lake.Lake;
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

/** How interest decays, as of one instant. */
final class ReportDecay {
  private final Lake lake;

  ReportDecay(Lake lake) {
    this.lake = lake;
  }

  List<HalfLife> halfLives(Instant asOf) {
    return ReportRows.asOf(lake.read(DecayHalfLives.TABLE), asOf)
        .orderBy(col("dimension"), desc("n"), col("value"))
        .select(
            "dimension",
            "value",
            "shape",
            "half_life_days",
            "ci_low",
            "ci_high",
            "never_converts_share",
            "n",
            "method")
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
                    row.getString(8)))
        .toList();
  }

  Map<String, List<Point>> curves(Instant asOf) {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    ReportRows.asOf(lake.read(DecayCurves.TABLE), asOf)
        .where(col("dimension").isin("overall", "segment"))
        .orderBy("dimension", "value", "day")
        .select("value", "day", "survival", "ci_low", "ci_high")
        .collectAsList()
        .forEach(
            row ->
                curves
                    .computeIfAbsent(row.getString(0), name -> new ArrayList<>())
                    .add(
                        new Point(
                            row.getDouble(1),
                            row.getDouble(2),
                            ReportRows.number(row, 3).orElse(null),
                            ReportRows.number(row, 4).orElse(null))));
    return curves;
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
