package io.warmlead.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.max;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.config.Settings;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import io.warmlead.lake.LakeSession;
import io.warmlead.model.Reasons;
import io.warmlead.model.ScoringModel;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.Models;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Times probabilities and reasons alone: the newest features of a lake, repeated until there are as
 * many leads as wanted and kept in memory, scored by the lake's model and thrown away. {@code
 * scripts/bench} starts it.
 *
 * <p>{@code --conf FILE --lake DIR --leads N --rounds N}
 */
public final class ScoringBench {
  private ScoringBench() {}

  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(arguments);
    Settings settings = options.settings();
    SparkSession spark = LakeSession.open();
    spark.sparkContext().setLogLevel("ERROR");
    Lake lake = Lake.open(spark, settings.lake());
    ScoringModel model = champion(lake);
    Dataset<Row> leads = leads(lake, options.number("--leads"));
    long count = leads.count();
    System.out.printf(
        Locale.ROOT,
        "%,d leads, %d features, model %s (%s), %d threads%n",
        count,
        model.features().size(),
        model.version(),
        model.family(),
        spark.sparkContext().defaultParallelism());
    for (int round = 1; round <= options.number("--rounds"); round++) {
      Meter meter = new Meter();
      Reasons.withReasons(
              leads, model, settings.model().reasons(), settings.model().protectedAttributes())
          .write()
          .format("noop")
          .mode("overwrite")
          .save();
      Engine.Cost cost = meter.cost(OptionalLong.empty());
      System.out.printf(
          Locale.ROOT,
          "round %d: %.1f s, %.1f s of processor time%n",
          round,
          cost.seconds(),
          cost.processorSeconds());
    }
  }

  private static ScoringModel champion(Lake lake) throws IOException {
    String uri =
        lake.read(Models.TABLE)
            .where(col("status").equalTo("champion"))
            .select("uri")
            .head()
            .getString(0);
    String document = new Artefacts(lake).read(uri);
    return ScoringModel.fromJson(new ObjectMapper().readTree(document).get("model").asText());
  }

  private static Dataset<Row> leads(Lake lake, int wanted) {
    Dataset<Row> all = lake.read(LeadFeatures.TABLE);
    Dataset<Row> newest =
        all.where(col("score_date").equalTo(all.agg(max("score_date")).head().getDate(0)))
            .select(col("lead_id"), map_values(col("features")).as("features"));
    Dataset<Row> kept =
        newest
            .repartition(2 * lake.spark().sparkContext().defaultParallelism())
            .persist(StorageLevel.MEMORY_AND_DISK());
    long copies = (wanted + kept.count() - 1) / kept.count();
    return kept.crossJoin(lake.spark().range(copies).toDF("copy"));
  }
}
