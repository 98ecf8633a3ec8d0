-- rewarm_outcomes: one row per group of leads, what brought them back, and whether the horizon is
-- over.
--
-- How leads that came back from the cold fare, beside leads that were warm all along and leads that
-- were never warm. Leads of the other groups are weighted so that their mix of source, score and
-- age is that of the leads that came back (direct standardisation over strata: source, log-odds of
-- the probability in steps of one half, months since creation 0, 1, 2-3, 4-6, 7-12, more); strata
-- without leads of the other group are left out of both, and `matched` says how much that leaves: so
-- matched_rate is to be compared with rewarmed_matched_rate, that of the leads that came back and have
-- a match in the row's group.
-- The dates are a horizon apart or more; the oldest whose horizon still runs has rows of its own.
-- Whether a horizon is over goes by dates, as these were chosen.
--
-- lead_scores: the scores of these dates; leads, outcomes: as stored
-- returns: lead_id, score_date, trigger_signal: all transitions of kind rewarmed
WITH scored AS (
  SELECT s.lead_id, s.score_date, s.scored_as_of,
         CASE WHEN s.tier <> 'cold' AND s.is_rewarmed THEN 'rewarmed'
              WHEN s.tier <> 'cold' THEN 'still_warm'
              WHEN NOT s.has_been_warm THEN 'never_warm' END AS group_name,
         coalesce(s.source, 'unknown') AS source,
         CAST(floor(2 * ln(s.probability / (1 - s.probability))) AS INT) AS score_step,
         CASE WHEN months_between(s.scored_as_of, l.created_at) < 1 THEN 0
              WHEN months_between(s.scored_as_of, l.created_at) < 2 THEN 1
              WHEN months_between(s.scored_as_of, l.created_at) < 4 THEN 2
              WHEN months_between(s.scored_as_of, l.created_at) < 7 THEN 4
              WHEN months_between(s.scored_as_of, l.created_at) < 13 THEN 7
              ELSE 13 END AS age_step,
         s.scored_as_of + make_dt_interval(:horizon_days) AS ends_at,
         date_add(s.score_date, :horizon_days) <= :as_of_date AS is_mature
  FROM lead_scores s JOIN leads l ON l.lead_id = s.lead_id
),
brought AS (
  SELECT s.lead_id, s.score_date, max_by(r.trigger_signal, r.score_date) AS trigger_signal
  FROM scored s JOIN returns r ON r.lead_id = s.lead_id AND r.score_date <= s.score_date
  WHERE s.group_name = 'rewarmed'
  GROUP BY s.lead_id, s.score_date
),
won AS (
  SELECT DISTINCT s.lead_id, s.score_date
  FROM scored s JOIN outcomes o
    ON o.lead_id = s.lead_id AND o.occurred_at >= s.scored_as_of AND o.occurred_at < s.ends_at
  WHERE o.is_conversion AND o.occurred_at < :as_of
),
judged AS (
  SELECT s.is_mature, s.group_name, s.source, coalesce(s.score_step, -99) AS score_step, s.age_step,
         coalesce(b.trigger_signal, 'unknown') AS trigger_signal,
         w.lead_id IS NOT NULL AS is_won
  FROM scored s
       LEFT JOIN brought b ON b.lead_id = s.lead_id AND b.score_date = s.score_date
       LEFT JOIN won w ON w.lead_id = s.lead_id AND w.score_date = s.score_date
  WHERE s.group_name IS NOT NULL
),
strata AS (
  SELECT is_mature, group_name, source, score_step, age_step,
         count(*) AS leads, count_if(is_won) AS conversions
  FROM judged
  GROUP BY ALL
),
returned AS (
  SELECT is_mature, source, score_step, age_step, leads AS weight, conversions AS returned_won
  FROM strata WHERE group_name = 'rewarmed'
),
all_returned AS (
  SELECT is_mature, sum(weight) AS total FROM returned GROUP BY is_mature
),
weighted AS (
  SELECT s.is_mature, s.group_name, sum(s.leads) AS matched_leads, sum(r.weight) AS weight,
         sum(r.returned_won) AS returned_won,
         sum(r.weight * s.conversions / s.leads) AS expected,
         sum(r.weight * r.weight * (s.conversions + 0.5D) * (s.leads - s.conversions + 0.5D)
             / ((s.leads + 1) * (s.leads + 1) * s.leads)) AS variance
  FROM strata s JOIN returned r
    ON r.is_mature = s.is_mature AND r.source = s.source AND r.score_step = s.score_step
       AND r.age_step = s.age_step
  WHERE s.group_name <> 'rewarmed'
  GROUP BY s.is_mature, s.group_name
),
plain AS (
  SELECT is_mature, group_name, 'all' AS brought_back_by, count(*) AS leads,
         count_if(is_won) AS conversions
  FROM judged GROUP BY is_mature, group_name
  UNION ALL
  SELECT is_mature, group_name, trigger_signal, count(*), count_if(is_won)
  FROM judged WHERE group_name = 'rewarmed' GROUP BY is_mature, group_name, trigger_signal
)
SELECT p.group_name, p.brought_back_by, p.is_mature, p.leads, p.conversions,
       p.conversions / p.leads AS rate,
       :wilson_low(conversions, leads) AS ci_low,
       :wilson_high(conversions, leads) AS ci_high,
       coalesce(w.matched_leads, CASE WHEN p.group_name = 'rewarmed' THEN p.leads ELSE 0 END)
         AS matched_leads,
       CASE WHEN p.group_name = 'rewarmed' THEN 1D
            ELSE coalesce(w.weight / a.total, 0D) END AS matched,
       round(w.expected / w.weight, 9) AS matched_rate,
       round(greatest(0D, (w.expected - 1.959963984540054D * sqrt(w.variance)) / w.weight), 9)
         AS matched_ci_low,
       round(least(1D, (w.expected + 1.959963984540054D * sqrt(w.variance)) / w.weight), 9)
         AS matched_ci_high,
       returned_won / weight AS rewarmed_matched_rate,
       :wilson_low(returned_won, weight) AS rewarmed_matched_ci_low,
       :wilson_high(returned_won, weight) AS rewarmed_matched_ci_high
FROM plain p
     LEFT JOIN weighted w ON w.is_mature = p.is_mature AND w.group_name = p.group_name
     LEFT JOIN all_returned a ON a.is_mature = p.is_mature
