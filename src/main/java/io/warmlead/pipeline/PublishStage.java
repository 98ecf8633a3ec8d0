package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.lake.Lake;
import io.warmlead.table.LeadScores;
import io.warmlead.temperature.LeadList;
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

  /** Publishes the scores of a date; where a later one was published, the lists stay with that. */
  void publish(LocalDate scoreDate) {
    if (new PublishedRuns(lake).newestDate().filter(scoreDate::isBefore).isPresent()) {
      return;
    }
    Dataset<Row> night =
        lake.read(LeadScores.TABLE)
            .where(col("score_date").equalTo(lit(Date.valueOf(scoreDate))))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SideBySide.run(
          () -> lake.overwrite(LeadScores.CURRENT, night),
          () -> lake.overwrite(LeadScores.HOT, listed(night, LeadList.HOT)),
          () -> lake.overwrite(LeadScores.COOLING, listed(night, LeadList.COOLING)),
          () -> lake.overwrite(LeadScores.SAVE_TODAY, listed(night, LeadList.SAVE_TODAY)),
          () -> lake.overwrite(LeadScores.REWARMED, listed(night, LeadList.REWARMED)));
    } finally {
      night.unpersist();
    }
  }

  private static Dataset<Row> listed(Dataset<Row> night, LeadList list) {
    return night.where(list.rule()).repartition(1).sortWithinPartitions(list.order());
  }
}
