package io.warmlead.table;

/** The scores. */
public final class LeadScores {
  private LeadScores() {}

  /** One row per open lead and night. */
  public static final TableContract TABLE =
      columns(
              TableContract.named(
                  "lead_scores",
                  "How warm one open lead was on one date, why, and what to do. A second run of a"
                      + " date replaces it."))
          .partitionedBy("score_date")
          .check("probability_range", "probability IS NULL OR probability BETWEEN 0 AND 1")
          .check("tier_name", "tier IN ('cold', 'warm', 'hot')")
          .build();

  /** The newest published night alone, replaced in one commit. */
  public static final TableContract CURRENT =
      columns(
              TableContract.named(
                  "lead_scores_current",
                  "lead_scores of the newest published night; replaced in one commit."))
          .build();

  /** Hot leads of the newest published night. */
  public static final TableContract HOT =
      columns(
              TableContract.named(
                  "hot_leads",
                  "Hot leads of the newest published night, hottest first by"
                      + " probability; replaced in one commit."))
          .build();

  /** Leads that lost a tier or are cooling. */
  public static final TableContract COOLING =
      columns(
              TableContract.named(
                  "cooling_leads",
                  "Warm and hot leads of the newest published night whose trend is cooling;"
                      + " replaced in one commit."))
          .build();

  /** Leads that came back. */
  public static final TableContract REWARMED =
      columns(
              TableContract.named(
                  "rewarmed_leads",
                  "Leads that came back after a cold spell, a silence or a close, and are warm or hot on the"
                      + " newest published night; replaced in one commit."))
          .build();

  /** Leads to be lost. */
  public static final TableContract SAVE_TODAY =
      columns(
              TableContract.named(
                  "save_today",
                  "Warm and hot leads of the newest published night that would lose probability in"
                      + " another silent week and may be touched today, the greatest loss first;"
                      + " replaced in one commit."))
          .build();

  private static TableContract.Builder columns(TableContract.Builder table) {
    return table
        .required("lead_id", "STRING", "The lead")
        .required("score_date", "DATE", "Date of scored_as_of in run.zone")
        .optional("segment", "STRING", "Segment at that instant")
        .optional("source", "STRING", "Source of the lead")
        .optional("owner", "STRING", "Who looks after the lead")
        .optional("account_id", "STRING", "Organisation of the lead")
        .optional(
            "probability",
            "DOUBLE",
            "Chance of a conversion within the horizon after scored_as_of; NULL when only"
                + " behaviour rules could score")
        .optional(
            "percentile",
            "DOUBLE",
            "Share of open leads that night with a lower or equal" + " probability, 0 to 100")
        .optional(
            "temperature",
            "DOUBLE",
            "0 to 100: a fixed monotone map of probability, see policy_version")
        .required("tier", "STRING", "cold, warm or hot")
        .required("tier_reason", "STRING", "Which rule of the policy decided the tier")
        .optional("previous_tier", "STRING", "Tier at the scoring before; NULL for a new lead")
        .required("tier_since", "DATE", "score_date since which the lead has held the tier")
        .required("has_been_warm", "BOOLEAN", "Whether the lead was ever warm or hot")
        .required(
            "is_rewarmed",
            "BOOLEAN",
            "Whether the present warmth followed a cold spell, a silence or a close")
        .required(
            "trend",
            "STRING",
            "heating, cooling or steady: change of the log-odds beyond 0.2 since the newest scoring"
                + " at least a week ago by the same model (the oldest, where that or the lead is"
                + " younger), its level left out; as before on the first night of a model; without"
                + " one, this week's engagements against those of 30 days; new for a first score")
        .optional(
            "handoff_stage",
            "STRING",
            "none, MQL (for marketing), SQL (for sales) or returned (went cold, or given back by"
                + " sales), by the criteria of handoff; it falls only to returned")
        .optional("handoff_at", "DATE", "score_date since which the lead has held the stage")
        .optional("handoff_reason", "STRING", "What brought the lead to the stage")
        .optional(
            "handoff_accepted",
            "BOOLEAN",
            "Whether sales took the lead or gave it back; NULL without an answer")
        .required(
            "funnel_stage", "STRING", "identified, engaged, warm, qualifying or sales engagement")
        .required(
            "engagement_points",
            "DOUBLE",
            "Classic additive score: points per signal with daily caps, halved with the half-life"
                + " of the signal (temperature.points_half_life)")
        .required("bant_score", "INT", "Known parts of budget, authority, need, timing: 0 to 4")
        .required("bant_missing", "ARRAY<STRING>", "Which of these parts are not known")
        .optional(
            "bant_evidence",
            "ARRAY<STRUCT<part: STRING, source: STRING, signal: STRING, signal_at: TIMESTAMP>>",
            "What each known part is known from: an attribute of the lead, or else the last signal"
                + " within the warm window that tells of it (handoff.bant_signals)")
        .required(
            "intent_score",
            "DOUBLE",
            "0 to 100: 100 (1 - exp(-x/4)) of inbound engagements weighted 1, 3 and 8 by intent"
                + " and halved every 14 days")
        .optional("inbound_share", "DOUBLE", "Inbound share of all engagements of 90 days")
        .optional(
            "readiness",
            "DOUBLE",
            "0 to 100: funnel stage (0.2 to 1) x temperature x recency (halved every 30 days"
                + " since the last inbound engagement)")
        .optional(
            "reasons",
            "ARRAY<STRUCT<feature: STRING, value: STRING, contribution: DOUBLE, text: STRING>>",
            "Contributions to the log-odds; they sum to ln(probability / (1 - probability))")
        .optional(
            "next_action",
            "STRING",
            "call_now, answer_inquiry, send_related_content, invite, nurture, wait, reintroduce or"
                + " leave_alone, by the rules of nurture.actions")
        .optional(
            "next_action_asset",
            "STRING",
            "What the lead touched last by itself in 90 days: the thing to talk about")
        .optional(
            "next_step_asset",
            "STRING",
            "What leads that converted touched next after next_action_asset, as measured by the"
                + " analysis before; NULL where no step stands out (next_steps)")
        .optional("preferred_channel", "STRING", "Channel of most inbound engagements in 90 days")
        .optional(
            "days_to_cold",
            "INT",
            "Days until a warm or hot lead is cold if it stays silent, tonight's rules held still;"
                + " NULL for a cold lead and beyond the last of decay.forecast_days")
        .optional(
            "probability_at_risk",
            "DOUBLE",
            "Of a warm or hot lead: probability minus that after 7 more silent days; negative where"
                + " silence does not lower it")
        .optional(
            "silent_probabilities",
            "ARRAY<STRUCT<days_ahead: INT, probability: DOUBLE>>",
            "Of a warm or hot lead: what its probability will be after so many days if nothing is"
                + " heard of it, at decay.forecast_days; forecast_quality tells whether it came so")
        .optional(
            "suppress_until",
            "DATE",
            "Do not touch before: the lead had enough touches of late, see nurture.fatigue;"
                + " 9999-12-31 as long as an unsubscribe or a bounce stands (temperature.opt_out_cap);"
                + " NULL: nothing speaks against a touch")
        .optional(
            "nurture_until",
            "DATE",
            "Nurture pays until: last inbound engagement plus the window of the segment")
        .optional("last_inbound_at", "TIMESTAMP", "Last engagement by the lead itself")
        .optional("last_inbound_signal", "STRING", "Signal of that engagement")
        .optional(
            "level_shift",
            "DOUBLE",
            "Log-odds by which the level of the model was moved that night, because conversions have"
                + " become more or less likely for everyone since it was trained; the same for all"
                + " leads, and within probability and reasons")
        .optional("model_version", "STRING", "Model behind probability; NULL without one")
        .required(
            "policy_version", "STRING", "Digest of the tier rules behind tier and temperature")
        .required("scored_as_of", "TIMESTAMP", "Only what was known strictly before this")
        .required("run_id", "STRING", "Run that wrote the row")
        .key("lead_id", "score_date")
        .statistics("score_date", "scored_as_of", "tier");
  }
}
