-- warm_economics: one row per segment, tier, and whether the horizon of the scores is over.
--
-- What warmth was worth: of the leads that had a tier on past dates, how many converted within the
-- horizon, how long they took since their creation, what they brought and what they cost. The dates
-- are a horizon apart or more, counted back from the newest whose horizon is over, so that no
-- conversion counts twice. The oldest date whose horizon still runs has rows of its own
-- (is_mature = false): its conversions so far.
--
-- lead_scores: the scores of these dates; leads, outcomes: as stored; engagements: those that
-- state a cost
WITH scored AS (
  SELECT lead_id, score_date, scored_as_of, tier, coalesce(segment, 'unknown') AS segment,
         scored_as_of + make_dt_interval(:horizon_days) AS ends_at,
         scored_as_of + make_dt_interval(:horizon_days) <= :as_of AS is_mature
  FROM lead_scores
  WHERE scored_as_of + make_dt_interval(:horizon_days) <= :as_of OR score_date = :running_date
),
converted AS (
  SELECT s.lead_id, s.score_date, min(struct(o.occurred_at, o.value)) AS conversion
  FROM scored s JOIN outcomes o
    ON o.lead_id = s.lead_id AND o.occurred_at >= s.scored_as_of AND o.occurred_at < s.ends_at
  WHERE o.is_conversion AND o.occurred_at < :as_of
  GROUP BY s.lead_id, s.score_date
),
created AS (
  SELECT l.lead_id, min(l.created_at) AS created_at
  FROM leads l LEFT SEMI JOIN converted c ON c.lead_id = l.lead_id
  GROUP BY l.lead_id
),
spent AS (
  SELECT s.lead_id, s.score_date, sum(e.cost) AS cost
  FROM scored s JOIN engagements e
    ON e.lead_id = s.lead_id AND e.occurred_at >= s.scored_as_of AND e.occurred_at < s.ends_at
  WHERE e.cost IS NOT NULL AND e.known_at < :as_of
  GROUP BY s.lead_id, s.score_date
),
judged AS (
  SELECT s.segment, s.tier, s.is_mature, s.score_date,
         c.conversion IS NOT NULL AS is_converted,
         c.conversion.value AS value,
         p.cost,
         -- A conversion before the creation tells nothing of the cycle.
         CASE WHEN c.conversion.occurred_at >= l.created_at
              THEN round((unix_micros(c.conversion.occurred_at) - unix_micros(l.created_at))
                         / 86400e6D, 2) END AS cycle_days
  FROM scored s
       LEFT JOIN converted c ON c.lead_id = s.lead_id AND c.score_date = s.score_date
       LEFT JOIN created l ON l.lead_id = s.lead_id
       LEFT JOIN spent p ON p.lead_id = s.lead_id AND p.score_date = s.score_date
),
grouped AS (
  SELECT * EXCEPT (segment), explode(array(segment, 'all')) AS segment FROM judged
),
counted AS (
  SELECT segment, tier, is_mature,
         min(score_date) AS first_score_date,
         max(score_date) AS last_score_date,
         size(collect_set(score_date)) AS score_dates,
         count(*) AS leads,
         count_if(is_converted) AS conversions,
         count(cycle_days) AS cycle_n,
         round(percentile(cycle_days, 0.5D), 3) AS median_cycle_days,
         count(value) AS value_n,
         CAST(sum(value) AS DOUBLE) AS total_value,
         count(cost) AS cost_n,
         CAST(sum(cost) AS DOUBLE) AS total_cost
  FROM grouped
  GROUP BY segment, tier, is_mature
),
compared AS (
  SELECT *,
         max(CASE WHEN tier = 'cold' THEN leads END) OVER beside AS cold_leads,
         max(CASE WHEN tier = 'cold' THEN conversions END) OVER beside AS cold_conversions
  FROM counted
  WINDOW beside AS (PARTITION BY segment, is_mature)
),
-- Interval of a ratio of shares, on the log scale (Katz and others 1978).
ratios AS (
  SELECT *,
         CASE WHEN conversions > 0 AND cold_conversions > 0 AND tier <> 'cold'
              THEN (conversions / leads) / (cold_conversions / cold_leads) END AS times_cold,
         CASE WHEN conversions > 0 AND cold_conversions > 0 AND tier <> 'cold'
              THEN 1.959963984540054D * sqrt(1 / conversions - 1 / leads
                                             + 1 / cold_conversions - 1 / cold_leads)
              END AS half_width
  FROM compared
)
SELECT segment, tier, is_mature, first_score_date, last_score_date, score_dates, leads, conversions,
       conversions / leads AS rate,
       :wilson_low(conversions, leads) AS ci_low,
       :wilson_high(conversions, leads) AS ci_high,
       times_cold,
       times_cold * exp(-half_width) AS times_cold_ci_low,
       times_cold * exp(half_width) AS times_cold_ci_high,
       cycle_n, median_cycle_days, value_n,
       CASE WHEN value_n > 0 THEN total_value / value_n END AS mean_value,
       CASE WHEN value_n > 0 THEN total_value / leads END AS value_per_lead,
       cost_n,
       CASE WHEN cost_n > 0 THEN total_cost / leads END AS cost_per_lead,
       CASE WHEN cost_n > 0 AND conversions > 0 THEN total_cost / conversions
            END AS cost_per_conversion
FROM ratios
