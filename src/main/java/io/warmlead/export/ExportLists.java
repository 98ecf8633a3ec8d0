package io.warmlead.export;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.warmlead.temperature.LeadList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The lists of a night, whole or as they have changed since an earlier one. */
public final class ExportLists {
  /**
   * What is news to those who work with a lead: what it is, what to do, who does it, and that it
   * acted again. Numbers and reasons move every night and are none.
   */
  private static final List<String> NEWS =
      List.of(
          "tier",
          "tier_since",
          "trend",
          "is_rewarmed",
          "handoff_stage",
          "handoff_at",
          "handoff_accepted",
          "funnel_stage",
          "next_action",
          "next_action_asset",
          "preferred_channel",
          "suppress_until",
          "last_inbound_at",
          "owner",
          "account_id",
          "segment",
          "source");

  private final Dataset<Row> leads;
  private final boolean onlyChanges;

  private ExportLists(Dataset<Row> leads, boolean onlyChanges) {
    this.leads = leads;
    this.onlyChanges = onlyChanges;
  }

  /**
   * Whole lists; {@code change} is NULL.
   *
   * @param night rows of {@code lead_scores} of one date
   */
  public static ExportLists of(Dataset<Row> night, TierLabels labels) {
    Dataset<Row> leads =
        LeadColumns.of(night, labels)
            .withColumn("lists", LeadList.namesOf())
            .where(size(col("lists")).gt(0));
    return new ExportLists(leads, false);
  }

  /**
   * What changed on the lists: leads that came ({@code added}), stayed and have news ({@code
   * changed}), or left ({@code removed}: as they are now, or the id alone where the lead is open no
   * more).
   *
   * @param night rows of {@code lead_scores} of one date
   * @param before rows of an earlier date; none: all leads are added
   */
  public static ExportLists since(Dataset<Row> night, Dataset<Row> before, TierLabels labels) {
    Dataset<Row> listedBefore =
        before
            .select(col("lead_id"), LeadList.namesOf().as("lists_before"), news().as("news_before"))
            .where(size(col("lists_before")).gt(0));
    Dataset<Row> leads =
        LeadColumns.of(night, labels)
            .withColumn("lists", LeadList.namesOf())
            .withColumn("news", news())
            .join(listedBefore, new String[] {"lead_id"}, "full_outer")
            .withColumn("lists", orNone(col("lists")))
            .withColumn("lists_before", orNone(col("lists_before")))
            .withColumn("has_news", not(col("news").eqNullSafe(col("news_before"))))
            .drop("news", "news_before")
            .where(size(col("lists")).gt(0).or(size(col("lists_before")).gt(0)));
    return new ExportLists(leads, true);
  }

  /** All leads of all lists, each once: what is worth keeping while list after list is read. */
  public Dataset<Row> leads() {
    return leads;
  }

  /** Columns of every list, in order. */
  public static List<String> columns() {
    return LeadColumns.names();
  }

  /** The rows of a list in its order, those that left it last. */
  public Dataset<Row> rows(LeadList list) {
    Column isOn = array_contains(col("lists"), list.listName());
    Dataset<Row> rows =
        onlyChanges
            ? leads
                .withColumn(LeadColumns.CHANGE, change(isOn, list))
                .where(col(LeadColumns.CHANGE).isNotNull())
            : leads.withColumn(LeadColumns.CHANGE, lit(null).cast("string")).where(isOn);
    List<Column> order = new ArrayList<>(List.of(not(isOn)));
    order.addAll(Arrays.asList(list.order()));
    return rows.orderBy(order.toArray(Column[]::new))
        .select(columns().stream().map(functions::col).toArray(Column[]::new));
  }

  /** The rows of a list as {@link #rows}, with texts that no spreadsheet runs. */
  public Dataset<Row> spreadsheetRows(LeadList list) {
    return SpreadsheetCells.harmless(rows(list));
  }

  private static Column change(Column isOn, LeadList list) {
    Column wasOn = array_contains(col("lists_before"), list.listName());
    return when(isOn.and(not(wasOn)), "added")
        .when(isOn.and(col("has_news")), "changed")
        .when(not(isOn).and(wasOn), "removed");
  }

  private static Column news() {
    return struct(NEWS.stream().map(ExportLists::asNews).toArray(Column[]::new));
  }

  /** That a lead no longer has its first score is no news: a new trend counts as steady. */
  private static Column asNews(String name) {
    Column value = col(name);
    return name.equals("trend")
        ? when(value.equalTo("new"), "steady").otherwise(value).as(name)
        : value;
  }

  private static Column orNone(Column lists) {
    return coalesce(lists, functions.array().cast("array<string>"));
  }
}
