package io.warmlead.bench;

import static org.apache.spark.sql.functions.col;

import io.warmlead.activity.DailyActivities;
import io.warmlead.config.Settings;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.PointInTime;
import io.warmlead.feature.Summaries;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Outcomes;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The job's own features on Spark: the same calls as a night's, without scores. */
final class Warmlead implements Engine {
  private final SparkSession spark;

  Warmlead(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public String name() {
    return "warmlead";
  }

  @Override
  public Cost compute(FeaturePass pass, Path output) {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    Meter meter = new Meter();
    features(pass).write().parquet(output.toString());
    return meter.cost(
        OptionalLong.of(heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum()));
  }

  /** {@code lead_id} and the features. */
  Dataset<Row> features(FeaturePass pass) {
    Settings settings = pass.settings();
    FeatureSet features = FeatureSet.of(pass.plan());
    List<Column> sums = features.aggregates();
    Dataset<Row> aggregated =
        features
            .need(new Summaries())
            .of(activity(pass))
            .groupBy("lead_id", "as_of")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return PointInTime.openLeads(
            pass.tables().read(spark, Leads.TABLE),
            pass.tables().read(spark, Outcomes.TABLE),
            aggregated,
            List.of(pass.asOf()),
            settings.conversion(),
            settings.run())
        .select(col("lead_id"), features.vector().as("features"));
  }

  private Dataset<Row> activity(FeaturePass pass) {
    Dataset<Row> engagements = pass.tables().read(spark, Engagements.TABLE);
    Dataset<Row> activity =
        switch (pass.from()) {
          case DAILY_ACTIVITY -> pass.tables().read(spark, DailyActivity.TABLE);
          case ENGAGEMENTS -> DailyActivities.of(engagements, pass.settings().run());
        };
    return PointInTime.activity(activity, engagements, List.of(pass.asOf()), pass.settings().run());
  }
}
