package io.warmlead.insight;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.not;

import io.warmlead.feature.LeadAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Values of attributes that no lead had when a model was trained: a new source, say. */
public final class UnseenLevels {
  /** Fewer leads are typing errors as likely as news. */
  private static final int FEWEST_LEADS = 5;

  private static final int MOST_LEVELS = 20;
  private static final String[] LEVEL = {"name", "level"};

  private UnseenLevels() {}

  /**
   * Finds them.
   *
   * @param leads {@code leads}, all versions
   * @param open {@code lead_id} of the leads that count
   * @param attributes names of the categories that the model reads
   * @param trainedAsOf what is valid from then on is new
   * @return name, level, leads BIGINT: how many open leads have the level; the 20 most frequent
   */
  public static Dataset<Row> of(
      Dataset<Row> leads,
      Dataset<Row> open,
      Collection<String> attributes,
      Instant trainedAsOf,
      Instant asOf) {
    if (attributes.isEmpty()) {
      return leads.limit(0).select(lit("").as("name"), lit("").as("level"), lit(0L).as("leads"));
    }
    Column isNew = col("valid_from").geq(lit(trainedAsOf));
    Dataset<Row> known = leads.where(col("valid_from").lt(lit(asOf)));
    Dataset<Row> candidates =
        levels(known.where(isNew), attributes).select("name", "level").distinct();
    Dataset<Row> seen =
        levels(known.where(not(isNew)), attributes)
            .join(broadcast(candidates), LEVEL, "left_semi")
            .select("name", "level")
            .distinct();
    Dataset<Row> unseen = candidates.join(broadcast(seen), LEVEL, "left_anti");
    Column isCurrent = col("valid_to").isNull().or(col("valid_to").geq(lit(asOf)));
    return levels(known.where(isNew.and(isCurrent)), attributes)
        .join(broadcast(unseen), LEVEL, "left_semi")
        .join(open.select("lead_id"), new String[] {"lead_id"}, "left_semi")
        .groupBy("name", "level")
        .agg(count(lit(1)).as("leads"))
        .where(col("leads").geq(FEWEST_LEADS))
        .orderBy(desc("leads"), col("name"), col("level"))
        .limit(MOST_LEVELS);
  }

  private static Dataset<Row> levels(Dataset<Row> leads, Collection<String> attributes) {
    Column[] entries =
        attributes.stream()
            .flatMap(name -> Stream.of(lit(name), LeadAttributes.text(name)))
            .toArray(Column[]::new);
    return leads
        .select(col("lead_id"), explode(map(entries)).as(LEVEL))
        .where(col("level").isNotNull());
  }
}
