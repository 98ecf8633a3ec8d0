package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.warmlead.ingest.PersonMentions;
import io.warmlead.ingest.Suppression;
import io.warmlead.lake.Lake;
import io.warmlead.table.ModelMetrics;
import io.warmlead.table.Models;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Takes the names of erased persons out of the texts of rows that are about others. */
final class ErasedTexts {
  /** Names of things, by which rows are found again; none is written by hand. */
  private static final Set<String> NAMES =
      Set.of(
          "lead_id",
          "event_id",
          "outcome_id",
          "run_id",
          "scores_run_id",
          "file",
          "fingerprint",
          "version",
          "model_version",
          "policy_version",
          "uri",
          "digest",
          "code",
          "code_version",
          "settings_digest");

  /** They say what a stored file says, which is only named in the receipt. */
  private static final Set<TableContract> OF_MODELS = Set.of(Models.TABLE, ModelMetrics.TABLE);

  private final Lake lake;

  ErasedTexts(Lake lake) {
    this.lake = lake;
  }

  /**
   * Erases.
   *
   * @param persons ids; numbers of few digits, which may count anything, are left alone
   * @return table to rows changed; tables in which nobody was named are not in it
   */
  Map<TableContract, Long> erase(List<String> persons) {
    List<String> named =
        persons.stream().filter(id -> !id.matches(Suppression.MAY_COUNT_ANYTHING)).toList();
    Map<TableContract, Long> changed = new LinkedHashMap<>();
    if (named.isEmpty()) {
      return changed;
    }
    // A frame, because values in a frame do not show in plans and logs, as literals would.
    Dataset<Row> mention =
        lake.spark()
            .createDataFrame(
                List.of(RowFactory.create(Mention.pattern(named))),
                StructType.fromDDL("mention STRING"));
    Map<TableContract, Supplier<Long>> answers = new LinkedHashMap<>();
    try (SideBySide tables = new SideBySide()) {
      for (TableContract table : Tables.ALL) {
        if (!OF_MODELS.contains(table) && lake.exists(table)) {
          answers.put(table, tables.start(() -> erase(table, mention)));
        }
      }
      answers.forEach(
          (table, rows) -> {
            if (rows.get() > 0) {
              changed.put(table, rows.get());
            }
          });
    }
    return changed;
  }

  private long erase(TableContract table, Dataset<Row> mention) {
    Column pattern = col("source.mention");
    Column isNamed = lit(false);
    Map<String, Column> updates = new HashMap<>();
    for (StructField field : texts(table)) {
      Column value = col("target." + field.name());
      isNamed = isNamed.or(PersonMentions.isIn(value, field.dataType(), pattern));
      updates.put(field.name(), PersonMentions.without(value, field.dataType(), pattern));
    }
    return updates.isEmpty() ? 0 : lake.update(table, mention, isNamed, updates);
  }

  private static List<StructField> texts(TableContract table) {
    return Arrays.stream(table.schema().fields())
        .filter(field -> !NAMES.contains(field.name()))
        .filter(field -> PersonMentions.hasTexts(field.dataType()))
        .toList();
  }
}
