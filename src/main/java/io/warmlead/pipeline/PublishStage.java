package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Puts the newest night where every Delta reader sees it whole: small tables, each replaced in one
 * commit.
 */
final class PublishStage {
  private final Lake lake;

  PublishStage(RunContext run) {
    this.lake = run.lake();
  }

  /** Publishes the scores of a date. */
  void publish(LocalDate scoreDate) {
    Dataset<Row> night =
        lake.read(LeadScores.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(scoreDate))))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SideBySide.run(
          () -> lake.overwrite(LeadScores.CURRENT, night),
          () -> lake.overwrite(LeadScores.HOT, ranked(night.where("tier = 'hot'"))),
          () ->
              lake.overwrite(
                  LeadScores.COOLING, ranked(night.where("tier <> 'cold' AND trend = 'cooling'"))),
          () ->
              lake.overwrite(
                  LeadScores.SAVE_TODAY,
                  ranked(
                      night.where("tier <> 'cold' AND probability_at_risk > 0"),
                      "probability_at_risk")),
          () -> lake.overwrite(LeadScores.REWARMED, ranked(night.where("is_rewarmed"))));
    } finally {
      night.unpersist();
    }
  }

  private static Dataset<Row> ranked(Dataset<Row> leads) {
    return ranked(leads, "probability");
  }

  private static Dataset<Row> ranked(Dataset<Row> leads, String by) {
    return leads.coalesce(1).sortWithinPartitions(desc_nulls_last(by), col("lead_id"));
  }
}
