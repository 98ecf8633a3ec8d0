package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.ErasureKey;
import io.warmlead.config.SettingsException;
import io.warmlead.ingest.Suppression;
import io.warmlead.lake.Lake;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Drift;
import io.warmlead.table.EarlierActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import io.warmlead.table.Rejects;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Removes persons from a lake: first from what may come in, then from every table, then from the
 * files of older versions, and last from the files beside the tables. A second run after a crash
 * finishes the first.
 */
public final class Erasure {
  private static final String LEFT_OUT =
      "Rows of these persons in later files are left out (table suppressed).";

  private static final String NOT_LEFT_OUT =
      "WARNING: rows of these persons in later files are NOT left out, because erase.key_file is not"
          + " set: the persons come back with the next file that has them. Set it and erase them once"
          + " more. "
          + ErasureKey.ADVICE;

  /** For the ledger, which must not name anybody as the failure itself may. */
  static final String AGAIN = "The persons are not gone from everywhere: erase them again.";

  private final RunContext run;
  private final Lake lake;
  private final Set<TableContract> changed = new HashSet<>();

  public Erasure(RunContext run) {
    this.run = run;
    this.lake = run.lake();
  }

  /**
   * Erases.
   *
   * @param ids lead ids, as the sources write them
   * @return the receipt, which names nobody
   * @throws SettingsException when there is a key to keep the persons out with that cannot be read
   */
  public List<String> erase(List<String> ids) {
    List<String> persons = ids.stream().map(String::strip).distinct().sorted().toList();
    if (persons.isEmpty() || persons.contains("")) {
      throw new SettingsException("erase: give the ids of one or more leads, none of them empty.");
    }
    SuppressionList list = new SuppressionList(run);
    list.add(persons);
    RunLedger ledger = new RunLedger(run, "erase");
    try {
      List<String> receipt = erase(persons, list.hasKey(), ledger);
      ledger.close(
          Optional.empty(),
          Optional.empty(),
          RunLedger.SUCCEEDED,
          list.hasKey() ? null : NOT_LEFT_OUT);
      return receipt;
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      ledger.fail(Optional.empty(), AGAIN, e);
      throw e;
    }
  }

  private List<String> erase(List<String> persons, boolean hasKey, RunLedger ledger) {
    List<String> receipt = new ArrayList<>();
    receipt.add("Erasure " + run.runId() + " of " + persons.size() + counted(persons, " person"));
    ledger.stage(
        "erase", "rows of persons", Optional.empty(), () -> receipt.addAll(tables(persons)));
    ledger.stage(
        "purge", "files of older versions", Optional.empty(), () -> receipt.addAll(purge()));
    receipt.addAll(new ErasedFiles(run.artefacts()).erase(persons));
    receipt.add(hasKey ? LEFT_OUT : NOT_LEFT_OUT);
    receipt.add("The sources were not touched: erase the persons there too.");
    receipt.add("Models learn without these persons from the next training on.");
    run.artefacts().write("erasures/" + run.runId() + ".txt", String.join("\n", receipt) + "\n");
    return receipt;
  }

  private List<String> tables(List<String> persons) {
    List<String> receipt = new ArrayList<>();
    Dataset<Row> people = people(persons);
    for (TableContract table : Tables.ALL) {
      if (!lake.exists(table)) {
        continue;
      }
      if (table.columnNames().contains("lead_id")) {
        told(receipt, table, "rows deleted", lake.delete(table, people, isOf("lead_id")));
      }
    }
    told(
        receipt,
        Rejects.TABLE,
        "rows deleted",
        lake.delete(
            Rejects.TABLE, people, functions.rlike(col("target.raw"), col("source.mention"))));
    told(
        receipt,
        Drift.TABLE,
        "rows deleted",
        lake.delete(
            Drift.TABLE,
            people,
            col("target.kind")
                .equalTo("unseen_level")
                .and(
                    functions.endswith(
                        col("target.name"), functions.concat(lit("="), col("source.lead_id"))))));
    told(receipt, Leads.TABLE, "rows with a reference emptied", emptied(Leads.TABLE, people));
    told(
        receipt,
        Engagements.TABLE,
        "rows with a reference emptied",
        emptied(Engagements.TABLE, people));
    Map<TableContract, Long> texts = new ErasedTexts(lake).erase(persons);
    changed.addAll(texts.keySet());
    if (texts.containsKey(DailyActivity.TABLE) && lake.exists(EarlierActivity.TABLE)) {
      // Its digests are of days that are no longer; the next scoring makes it anew.
      lake.empty(EarlierActivity.TABLE);
    }
    texts.forEach((table, rows) -> told(receipt, table, "rows of others that named one", rows));
    return receipt;
  }

  /** Empties what other rows say of the persons: attributes and the referrer. */
  private long emptied(TableContract table, Dataset<Row> people) {
    if (!lake.exists(table)) {
      return 0;
    }
    boolean hasReferrer = table.columnNames().contains("referrer_id");
    Dataset<Row> persons =
        people
            .where(Suppression.mayNameAPerson(col("lead_id")))
            .agg(collect_set("lead_id").as("__persons"));
    Dataset<Row> everyone = people.agg(collect_set("lead_id").as("__everyone"));
    Column isReferred =
        hasReferrer
            ? coalesce(array_contains(col("__everyone"), col("referrer_id")), lit(false))
            : lit(false);
    Column names =
        exists(map_values(col("attributes")), value -> array_contains(col("__persons"), value));
    Dataset<Row> rows =
        lake.read(table)
            .crossJoin(broadcast(persons))
            .crossJoin(broadcast(everyone))
            .where(coalesce(names, lit(false)).or(isReferred))
            .drop("__persons");
    if (hasReferrer) {
      rows = rows.withColumn("referrer_id", when(not(isReferred), col("referrer_id")));
    }
    Dataset<Row> changed =
        Suppression.withoutPersons(rows.drop("__everyone"), persons).localCheckpoint();
    long count = changed.count();
    if (count > 0) {
      lake.replace(table, changed);
    }
    return count;
  }

  private List<String> purge() {
    List<TableContract> personal =
        Tables.ALL.stream()
            .filter(
                table ->
                    table.columnNames().contains("lead_id")
                        || changed.contains(table)
                        || table.equals(Rejects.TABLE)
                        || table.equals(Drift.TABLE))
            .filter(lake::exists)
            .toList();
    personal.forEach(lake::purge);
    return List.of(
        "Older versions of "
            + personal.size()
            + " tables: their files deleted, so that they cannot be read or restored any more");
  }

  /** The ids, and how they show within a text. */
  private Dataset<Row> people(List<String> persons) {
    return lake.spark()
        .createDataFrame(
            persons.stream().map(id -> RowFactory.create(id, Mention.pattern(id))).toList(),
            StructType.fromDDL("lead_id STRING, mention STRING"));
  }

  private static Column isOf(String column) {
    return col("target." + column).equalTo(col("source.lead_id"));
  }

  private static void told(List<String> receipt, TableContract table, String what, long rows) {
    receipt.add(table.name() + "  " + rows + " " + what);
  }

  private static String counted(List<String> persons, String word) {
    return word + (persons.size() == 1 ? "" : "s");
  }
}
