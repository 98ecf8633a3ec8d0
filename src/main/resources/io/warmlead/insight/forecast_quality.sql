-- forecast_quality: one row per forecast, days ahead, tier, and whether the horizon is over.
--
-- What lead_scores foretold of warm and hot leads that stay silent, beside what came of those that
-- did. Silent until an instant is a lead of which nothing was heard since it was scored: it neither
-- engaged nor opted out, converted or was closed; touches of ours do not count.
--   probability   of the leads silent for so many days after a scoring: the conversions in the
--                 horizon that then began, as silent_probabilities foretold them (expected), and as
--                 they came (observed). Where older scores lack that column, day 7 is probability
--                 less probability_at_risk. Scorings are a horizon or more apart, so no conversion
--                 counts twice; the oldest whose horizon still runs has rows of its own
--                 (is_mature = false): its conversions so far. Whether a horizon is over goes by
--                 dates, as the scorings were chosen.
--   days_to_cold  of the leads foretold to be cold on a day that stayed silent until the first
--                 scoring on it or later: those that were cold or closed by then (observed) of all
--                 (expected), and those that had become cold before that day (early). Leads whose
--                 day is still to come are left out. So are those whose tier was moved in between by
--                 other rules or another model, which the forecast holds still (moved_by_rules).
--                 Neighbouring scorings may tell of the same lead, so intervals are a little narrow.
--
-- lead_scores: the scores of these dates; activity: daily activity; outcomes: as stored;
-- tier_transitions: those after the first of the dates
WITH scored AS (
  SELECT lead_id, score_date, scored_as_of, tier, days_to_cold,
         coalesce(silent_probabilities,
                  array(named_struct('days_ahead', 7,
                                     'probability', probability - probability_at_risk)))
           AS forecasts,
         array_min(filter(array(:scored_dates), d -> d >= date_add(score_date, days_to_cold)))
           AS judged_date
  FROM lead_scores
  WHERE tier <> 'cold' AND (days_to_cold IS NOT NULL OR probability_at_risk IS NOT NULL)
),
-- What was heard of a lead first after each of the scorings, and before the next: few rows a lead.
-- A day of activity that a scoring falls into was heard of by its end, if not before the scoring.
instants AS (
  SELECT collect_set(scored_as_of) AS all_instants FROM scored
),
heard_first AS (
  SELECT lead_id, since, min(CASE WHEN first_at >= since THEN first_at ELSE last_at END) AS heard_at
  FROM (SELECT a.lead_id, a.first_at, a.last_at,
               array_max(filter(i.all_instants, instant -> instant <= a.last_at)) AS since
        FROM activity a CROSS JOIN instants i
        WHERE a.direction <> 'outbound')
  WHERE since IS NOT NULL
  GROUP BY lead_id, since
),
heard AS (
  SELECT s.lead_id, s.score_date, min(h.heard_at) AS heard_at
  FROM scored s JOIN heard_first h ON h.lead_id = s.lead_id AND h.since >= s.scored_as_of
  GROUP BY s.lead_id, s.score_date
),
ended AS (
  SELECT s.lead_id, s.score_date,
         min(o.occurred_at) AS ended_at,
         min(CASE WHEN o.is_conversion THEN o.occurred_at END) AS converted_at
  FROM scored s JOIN outcomes o ON o.lead_id = s.lead_id AND o.occurred_at >= s.scored_as_of
  WHERE (o.is_conversion OR o.closes) AND o.occurred_at < :as_of
  GROUP BY s.lead_id, s.score_date
),
told AS (
  SELECT s.*, h.heard_at, least(h.heard_at, e.ended_at) AS silent_until, e.converted_at
  FROM scored s
       LEFT JOIN heard h ON h.lead_id = s.lead_id AND h.score_date = s.score_date
       LEFT JOIN ended e ON e.lead_id = s.lead_id AND e.score_date = s.score_date
),
foretold AS (
  SELECT score_date, tier, silent_until, converted_at, f.days_ahead, f.probability,
         scored_as_of + make_dt_interval(f.days_ahead) AS begins_at,
         scored_as_of + make_dt_interval(f.days_ahead + :horizon_days) AS ends_at
  FROM told LATERAL VIEW explode(forecasts) listed AS f
  WHERE f.probability IS NOT NULL
),
-- Probabilities are summed in fixed point: the same sum in whatever order.
counted AS (
  SELECT score_date, tier, days_ahead,
         date_add(score_date, days_ahead + :horizon_days) <= :as_of_date AS is_mature,
         count(*) AS leads,
         count_if(is_silent) AS n,
         coalesce(sum(CASE WHEN is_silent THEN CAST(round(probability * 1e9D) AS BIGINT) END), 0L)
           AS expected,
         count_if(is_silent AND coalesce(converted_at < ends_at, false)) AS observed
  FROM (SELECT *, coalesce(silent_until >= begins_at, true) AS is_silent FROM foretold
        WHERE begins_at <= :as_of)
  GROUP BY ALL
),
chosen AS (
  SELECT *, min(CASE WHEN NOT is_mature THEN score_date END)
              OVER (PARTITION BY days_ahead) AS running_date
  FROM counted
),
of_probability AS (
  SELECT 'probability' AS forecast, days_ahead AS days_from, days_ahead AS days_to, tier, is_mature,
         score_date, leads, 0L AS moved_by_rules, n, expected / 1e9D AS expected, observed,
         CAST(NULL AS BIGINT) AS early, CAST(NULL AS BIGINT) AS closed
  FROM chosen
  WHERE is_mature OR score_date = running_date
),
due AS (
  SELECT lead_id, score_date, tier, days_to_cold, judged_date,
         coalesce(heard_at >= scored_as_of + make_dt_interval(datediff(judged_date, score_date)),
                  true) AS is_silent
  FROM told
  WHERE judged_date IS NOT NULL
),
moved AS (
  SELECT d.lead_id, d.score_date, d.tier, d.days_to_cold, d.is_silent,
         coalesce(bool_or(t.kind = 'policy'), false) AS is_by_rules,
         max_by(coalesce(t.to_tier, 'closed'), t.score_date) AS last_tier,
         coalesce(bool_or(t.to_tier = 'cold'
                          AND t.score_date < date_add(d.score_date, d.days_to_cold)), false)
           AS is_early
  FROM due d LEFT JOIN tier_transitions t
    ON t.lead_id = d.lead_id AND t.score_date > d.score_date AND t.score_date <= d.judged_date
  GROUP BY ALL
),
-- A range of days ends with one of the days that leads were scored ahead for.
ranged AS (
  SELECT *, is_silent AND NOT is_by_rules AS is_judged,
         coalesce(array_max(filter(array(:forecast_days), d -> d < days_to_cold)), 0) + 1
           AS days_from,
         coalesce(array_min(filter(array(:forecast_days), d -> d >= days_to_cold)), days_to_cold)
           AS days_to
  FROM moved
),
of_days AS (
  SELECT 'days_to_cold' AS forecast, days.days_from, days.days_to, tier, true AS is_mature,
         score_date,
         count(*) AS leads,
         count_if(is_silent AND is_by_rules) AS moved_by_rules,
         count_if(is_judged) AS n,
         CAST(count_if(is_judged) AS DOUBLE) AS expected,
         count_if(is_judged AND last_tier IN ('cold', 'closed')) AS observed,
         count_if(is_judged AND is_early) AS early,
         count_if(is_judged AND last_tier = 'closed') AS closed
  FROM (SELECT * EXCEPT (days_from, days_to),
               explode(array_distinct(array(struct(days_from, days_to),
                                            struct(1 AS days_from,
                                                   array_max(array(:forecast_days)) AS days_to))))
                 AS days
        FROM ranged)
  GROUP BY ALL
),
summed AS (
  SELECT forecast, days_from, days_to, tier_or_all AS tier, is_mature,
         min(score_date) AS first_score_date,
         max(score_date) AS last_score_date,
         size(collect_set(score_date)) AS score_dates,
         sum(leads) AS leads, sum(moved_by_rules) AS moved_by_rules, sum(n) AS n,
         round(sum(expected), 9) AS expected, sum(observed) AS observed,
         sum(early) AS early, sum(closed) AS closed
  FROM (SELECT *, explode(array(tier, 'all')) AS tier_or_all
        FROM (SELECT * FROM of_probability UNION ALL SELECT * FROM of_days))
  GROUP BY forecast, days_from, days_to, tier_or_all, is_mature
),
judged AS (
  SELECT *,
         CASE WHEN n > 0 THEN expected / n END AS expected_rate,
         CASE WHEN n > 0 THEN observed / n END AS observed_rate,
         :wilson_low(observed, n) AS ci_low,
         :wilson_high(observed, n) AS ci_high,
         CASE WHEN n > 0 THEN early / n END AS early_rate,
         :wilson_low(early, n) AS early_ci_low,
         :wilson_high(early, n) AS early_ci_high
  FROM summed
)
SELECT *,
       CASE WHEN NOT is_mature OR n = 0 THEN NULL
            WHEN forecast = 'probability'
            THEN abs(expected - observed) <= 0.2D * observed
                 OR (expected_rate >= ci_low AND expected_rate <= ci_high)
            ELSE ci_high >= 0.8D AND early_ci_low <= 0.2D END AS kept
FROM judged
