package io.warmlead.audit;

import io.warmlead.table.ChallengerScores;
import io.warmlead.table.DailyActivity;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.LeadFeatures;
import io.warmlead.table.LeadScores;
import io.warmlead.table.Leads;
import io.warmlead.table.Models;
import io.warmlead.table.ScoreChanges;
import io.warmlead.table.TableContract;
import io.warmlead.table.TierTransitions;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A small lake in which everything holds. On the first of two dates ada is warm, bob and cyd are
 * cold; on the second ada is hot, bob still cold, cyd is closed and dan is new.
 */
final class SoundTables {
  private SoundTables() {}

  /** Rows of both dates. */
  static Dataset<Row> scores() {
    return of(
        LeadScores.TABLE,
        score("ada", "2026-01-01", "warm", null, "2026-01-01", "r1"),
        score("bob", "2026-01-01", "cold", null, "2026-01-01", "r1"),
        score("cyd", "2026-01-01", "cold", null, "2026-01-01", "r1"),
        score("ada", "2026-01-02", "hot", "warm", "2026-01-02", "r2"),
        score("bob", "2026-01-02", "cold", "cold", "2026-01-01", "r2"),
        score("dan", "2026-01-02", "cold", null, "2026-01-02", "r2"));
  }

  static Dataset<Row> dates() {
    return Frames.frame(
        "score_date DATE, previous_date DATE",
        Frames.row(Date.valueOf("2026-01-02"), Date.valueOf("2026-01-01")),
        Frames.row(Date.valueOf("2026-01-01"), null));
  }

  static Dataset<Row> transitions() {
    String row =
        "{'lead_id':'%s','score_date':'%s','from_tier':%s,'to_tier':%s,'kind':'%s','run_id':'r'}";
    return of(
        TierTransitions.TABLE,
        row.formatted("ada", "2026-01-01", "null", "'warm'", "new"),
        row.formatted("bob", "2026-01-01", "null", "'cold'", "new"),
        row.formatted("cyd", "2026-01-01", "null", "'cold'", "new"),
        row.formatted("ada", "2026-01-02", "'warm'", "'hot'", "heated"),
        row.formatted("cyd", "2026-01-02", "'cold'", "null", "closed"),
        row.formatted("dan", "2026-01-02", "null", "'cold'", "new"));
  }

  static Dataset<Row> changes() {
    String row =
        "{'lead_id':'%s','score_date':'2026-01-02','previous_score_date':'2026-01-01',"
            + "'previous_probability':0.5,'probability':0.5,'delta':0,'by_corrections':0.1,"
            + "'by_decay':-0.1,'by_attributes':0,'by_new_events':0,'by_model':0,'run_id':'r2'}";
    return of(ScoreChanges.TABLE, row.formatted("ada"), row.formatted("bob"));
  }

  static Dataset<Row> features() {
    return scores()
        .selectExpr(
            "lead_id",
            "score_date",
            "scored_as_of AS as_of",
            "segment",
            "map('one', 1D) AS features",
            "1L AS history_digest",
            "1L AS attributes_digest",
            "run_id")
        .select(columns(LeadFeatures.TABLE));
  }

  static Dataset<Row> challengers() {
    return scores()
        .where("score_date = '2026-01-02'")
        .withColumn("model_version", org.apache.spark.sql.functions.lit("m2"))
        .select(columns(ChallengerScores.TABLE));
  }

  static Dataset<Row> leads() {
    String row =
        "{'lead_id':'%s','created_at':'2025-12-01 00:00:00','attributes':{},'valid_from':'%s',"
            + "'valid_to':%s,'file':'f','run_id':'r1'}";
    return of(
        Leads.TABLE,
        row.formatted("ada", "2025-12-01 00:00:00", "'2025-12-20 00:00:00'"),
        row.formatted("ada", "2025-12-20 00:00:00", "null"),
        row.formatted("bob", "2025-12-01 00:00:00", "null"),
        row.formatted("cyd", "2025-12-01 00:00:00", "null"),
        row.formatted("dan", "2025-12-01 00:00:00", "null"));
  }

  static Dataset<Row> engagements() {
    String row =
        "{'event_id':'%s','lead_id':'ada','occurred_at':'%s','known_at':'%2$s','event':'View',"
            + "'signal':'page_view','is_mapped':true,'family':'site','direction':'inbound',"
            + "'intent':'low','channel':'web','value':%s,'attributes':{},'file':'f','batch':1,"
            + "'run_id':'r1'}";
    return of(
        Engagements.TABLE,
        row.formatted("e1", "2025-12-30 08:00:00", "null"),
        row.formatted("e2", "2025-12-30 09:00:00", "2.5"),
        row.formatted("e3", "2025-12-31 23:30:00", "null"));
  }

  /** As a company two hours east of Greenwich has its days. */
  static Dataset<Row> activity() {
    String row =
        "{'lead_id':'ada','day':'%s','signal':'page_view','channel':'web','arrived_day':'%1$s',"
            + "'family':'site','direction':'inbound','intent':'low','events':%d,'first_at':'%s',"
            + "'last_at':'%s','value':%s,'business_events':0,'batch':1}";
    return of(
        DailyActivity.TABLE,
        row.formatted("2025-12-30", 2, "2025-12-30 08:00:00", "2025-12-30 09:00:00", "2.5"),
        row.formatted("2026-01-01", 1, "2025-12-31 23:30:00", "2025-12-31 23:30:00", "0"));
  }

  static Dataset<Row> models() {
    String row =
        "{'version':'%s','status':'%s','trained_as_of':'2025-12-31 00:00:00','horizon_days':30,"
            + "'metrics':{},'features':[],'excluded':[],'notes':[],'uri':'u','digest':'d',"
            + "'run_id':'r1'}";
    return of(Models.TABLE, row.formatted("m1", "champion"), row.formatted("m2", "challenger"));
  }

  static Dataset<Row> files() {
    return of(
        IngestedFiles.TABLE,
        "{'input':'leads','file':'f','fingerprint':'p','rows_in':4,'accepted':3,'duplicates':1,"
            + "'rejected':0,'ignored':0,'suppressed':0,'unknown_leads':0,'run_id':'r1'}");
  }

  /** Runs that were published, and the dates they scored. */
  static Dataset<Row> published() {
    return Frames.frame(
        "run_id STRING, score_date DATE",
        Frames.row("r1", Date.valueOf("2026-01-01")),
        Frames.row("r2", Date.valueOf("2026-01-02")));
  }

  /** Rows of a table as its files might have them: every column may be NULL, and is if not said. */
  private static Dataset<Row> of(TableContract table, String... rows) {
    StructType schema = table.schema().asNullable();
    return TestSession.get()
        .createDataFrame(
            TestSession.get()
                .read()
                .schema(schema)
                .option("allowSingleQuotes", "true")
                .json(TestSession.get().createDataset(List.of(rows), Encoders.STRING()))
                .collectAsList(),
            schema);
  }

  private static String score(
      String lead, String date, String tier, String before, String since, String run) {
    return ("{'lead_id':'%s','score_date':'%s','probability':0.5,'percentile':100,'temperature':50,"
            + "'tier':'%s','tier_reason':'-','previous_tier':%s,'tier_since':'%s',"
            + "'has_been_warm':%b,'is_rewarmed':false,'trend':'steady','funnel_stage':'engaged',"
            + "'engagement_points':1,'bant_score':2,'bant_missing':['need','timing'],"
            + "'intent_score':1,'reasons':[{'feature':'base','contribution':-1.5},"
            + "{'feature':'pricing','contribution':1.5}],'model_version':'m1',"
            + "'policy_version':'p','scored_as_of':'%2$s 00:00:00','run_id':'%s'}")
        .formatted(
            lead,
            date,
            tier,
            before == null ? "null" : "'" + before + "'",
            since,
            !tier.equals("cold"),
            run);
  }

  private static org.apache.spark.sql.Column[] columns(TableContract table) {
    return table.columnNames().stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }
}
