package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.Settings;
import io.warmlead.feature.FeatureSet;
import io.warmlead.feature.Lineage;
import io.warmlead.feature.PointInTime;
import io.warmlead.lake.Lake;
import io.warmlead.model.Scorer;
import io.warmlead.model.ScoringModel;
import io.warmlead.table.Engagements;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.temperature.Behaviour;
import io.warmlead.temperature.DaysToCold;
import io.warmlead.temperature.TierPolicy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores warm leads as they will be if nothing more is heard of them. */
final class SilenceForecast {
  private static final StructType AHEAD =
      new StructType()
          .add("as_of", DataTypes.TimestampType, false)
          .add("days_ahead", DataTypes.IntegerType, false);

  private static final StructType NONE =
      new StructType()
          .add("lead_id", DataTypes.StringType, false)
          .add("days_to_cold", DataTypes.IntegerType)
          .add("probability_at_risk", DataTypes.DoubleType)
          .add(
              "silent_probabilities",
              LeadScores.TABLE.schema().apply("silent_probabilities").dataType());

  private final Settings settings;
  private final Lake lake;
  private final LeadHistory history;
  private final Instant asOf;

  SilenceForecast(RunContext run, LeadHistory history, Instant asOf) {
    this.settings = run.settings();
    this.lake = run.lake();
    this.history = history;
    this.asOf = asOf;
  }

  /**
   * One row per lead: {@code lead_id, days_to_cold, probability_at_risk, silent_probabilities}.
   *
   * @param open open leads with {@code tier}, {@code tier_since} and {@code probability}
   * @param model at tonight's level; empty where behaviour rules alone decide
   */
  Dataset<Row> of(
      Dataset<Row> open,
      FeatureSet features,
      Behaviour behaviour,
      TierPolicy policy,
      Optional<ScoringModel> model) {
    if (settings.decay().forecastDays().isEmpty()) {
      return lake.spark().createDataFrame(List.of(), NONE);
    }
    DaysToCold forecast = new DaysToCold(policy, settings.decay().forecastDays(), settings.run());
    // Asked for three times below.
    Dataset<Row> warm =
        Lineage.cut(DaysToCold.warm(open).withColumn("reach", forecast.reach()).select(lasting()));
    Dataset<Row> leads =
        withLevelAge(warm, behaviour, policy)
            .crossJoin(broadcast(ahead()))
            .where(col("days_ahead").leq(col("reach")));
    Dataset<Row> aged =
        leads
            .join(
                aggregated(warm.select("lead_id", "reach"), features, behaviour),
                new String[] {"lead_id", "as_of"},
                "left_outer")
            .withColumn("features", features.vector());
    List<Column> narrow = new ArrayList<>();
    for (String name :
        List.of(
            "lead_id",
            "as_of",
            "days_ahead",
            "created_at",
            "referrer_id",
            "override_tier",
            "previous_tier",
            "previous_tier_since",
            "returned_micros",
            "level_age",
            "probability_tonight",
            "tonight")) {
      narrow.add(col(name));
    }
    behaviour.names().forEach(name -> narrow.add(col(name)));
    narrow.add(model.map(Scorer::probability).orElse(lit(null).cast("double")).as("probability"));
    return forecast.of(aged.select(narrow.toArray(Column[]::new)));
  }

  /** Where engagement makes warm, with the age of what weak signals need to reach their level. */
  private Dataset<Row> withLevelAge(Dataset<Row> warm, Behaviour behaviour, TierPolicy policy) {
    if (!policy.isByEngagement()) {
      return warm.withColumn("level_age", lit(null).cast("int"));
    }
    Dataset<Row> ages = behaviour.levelAges(activity(warm.select("lead_id"), List.of(asOf)));
    return warm.join(ages, new String[] {"lead_id"}, "left_outer");
  }

  /** What stays as it is: attributes, and what was decided tonight. */
  private Column[] lasting() {
    List<Column> lasting = new ArrayList<>();
    Leads.TABLE.columnNames().stream()
        .filter(name -> !name.equals("run_id") && !name.equals("file"))
        .forEach(name -> lasting.add(col(name)));
    lasting.add(col("tier").as("previous_tier"));
    lasting.add(col("tier_since").as("previous_tier_since"));
    lasting.add(when(col("has_come_back"), col("late_micros")).as("returned_micros"));
    lasting.add(col("probability").as("probability_tonight"));
    lasting.add(lit(Timestamp.from(asOf)).as("tonight"));
    lasting.add(col("reach"));
    return lasting.toArray(Column[]::new);
  }

  private Dataset<Row> ahead() {
    return lake.spark()
        .createDataFrame(
            settings.decay().forecastDays().stream()
                .map(days -> RowFactory.create(Timestamp.from(in(days)), days))
                .toList(),
            AHEAD);
  }

  /** The same time of day, so many days later, in the company's zone. */
  private Instant in(int days) {
    return asOf.atZone(settings.run().zone()).plusDays(days).toInstant();
  }

  private Column until(Column reach) {
    Column until = lit(null).cast("timestamp");
    for (int days : settings.decay().forecastDays()) {
      until = when(reach.equalTo(days), lit(Timestamp.from(in(days)))).otherwise(until);
    }
    return until;
  }

  private Dataset<Row> aggregated(Dataset<Row> leads, FeatureSet features, Behaviour behaviour) {
    List<Instant> instants = settings.decay().forecastDays().stream().map(this::in).toList();
    Dataset<Row> activity =
        activity(leads, instants)
            .join(leads, "lead_id")
            .where(col("as_of").leq(until(col("reach"))));
    return LeadSums.of(features).and(behaviour).over(activity);
  }

  /** What is known of leads tonight, as it looks from other instants. */
  private Dataset<Row> activity(Dataset<Row> leads, List<Instant> instants) {
    return PointInTime.activity(
        history.rows(leads, asOf),
        of(leads, lake.read(Engagements.TABLE)),
        instants,
        new PointInTime.Known(asOf, asOf),
        settings.run());
  }

  private static Dataset<Row> of(Dataset<Row> leads, Dataset<Row> rows) {
    return rows.join(leads, new String[] {"lead_id"}, "left_semi");
  }
}
