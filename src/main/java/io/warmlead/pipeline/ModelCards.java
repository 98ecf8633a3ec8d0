package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.config.UserFailure;
import io.warmlead.lake.Lake;
import io.warmlead.model.Registry;
import io.warmlead.pipeline.ModelStore.StoredModel;
import io.warmlead.report.ModelCard;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Collects the card of a model version. */
public final class ModelCards {
  private final Lake lake;
  private final ModelStore store;

  public ModelCards(RunContext run) {
    this.lake = run.lake();
    this.store = new ModelStore(run);
  }

  /**
   * The card of a version.
   *
   * @throws UserFailure when there is no such version, or its file was changed or is gone
   */
  public ModelCard card(String version) {
    boolean isStored = Registry.require(store.entries(), version).isStored();
    Row line = lake.read(Models.TABLE).where(col("version").equalTo(version)).head();
    List<Row> excluded = line.getList(line.fieldIndex("excluded"));
    return new ModelCard(
        version,
        line.getAs("status"),
        line.getTimestamp(line.fieldIndex("trained_as_of")).toInstant(),
        line.<Double>getAs("horizon_days"),
        isStored ? Optional.of(learned(line, store.load(version))) : Optional.empty(),
        metrics(version),
        excluded.stream()
            .map(column -> new ModelCard.Excluded(column.getString(0), column.getString(1)))
            .toList(),
        line.getList(line.fieldIndex("notes")),
        Optional.ofNullable(line.getAs("refused_because")));
  }

  private static ModelCard.Learned learned(Row line, StoredModel stored) {
    Row calibration = line.getStruct(line.fieldIndex("calibration"));
    Row thresholds = line.getStruct(line.fieldIndex("thresholds"));
    return new ModelCard.Learned(
        line.getAs("family"),
        line.getAs("tuning"),
        line.getTimestamp(line.fieldIndex("window_from")).toInstant(),
        line.getTimestamp(line.fieldIndex("window_to")).toInstant(),
        line.<Long>getAs("snapshots"),
        line.<Long>getAs("converting_leads"),
        line.<Long>getAs("other_leads"),
        stored.model().features().stream()
            .map(
                feature ->
                    new ModelCard.FeatureLine(
                        feature.name(),
                        feature.scale().name().toLowerCase(Locale.ROOT),
                        feature.group()))
            .toList(),
        calibration.getDouble(0),
        calibration.getDouble(1),
        calibration.getList(2).size(),
        thresholds.getDouble(0),
        thresholds.getDouble(1),
        line.getAs("uri"),
        line.getAs("digest"));
  }

  private List<ModelCard.Metric> metrics(String version) {
    return lake
        .read(ModelMetrics.TABLE)
        .where(col("version").equalTo(version))
        .orderBy("split", "segment", "metric")
        .select("split", "segment", "metric", "value", "ci_low", "ci_high", "n")
        .collectAsList()
        .stream()
        .map(
            row ->
                new ModelCard.Metric(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getDouble(3),
                    row.isNullAt(4) ? null : row.getDouble(4),
                    row.isNullAt(5) ? null : row.getDouble(5),
                    row.getLong(6)))
        .toList();
  }
}
