-- warm_economics: one row per segment, tier, and whether the horizon of the scores is over.
--
-- What warmth was worth: of the leads that had a tier on past dates, how many converted within the
-- horizon, how long they took since their creation, what they brought and what they cost. The dates
-- are a horizon apart or more, counted back from the newest whose horizon is over, so that no
-- conversion counts twice. The oldest date whose horizon still runs has rows of its own
-- (is_mature = false): its conversions so far. Whether a horizon is over goes by dates, as these
-- were chosen: where clocks are put forward, thirty days are an hour short of thirty times 24 hours.
--
-- lead_scores: the scores of these dates; leads: one row a lead; outcomes: as stored; engagements:
-- those that state a cost
WITH scored AS (
  SELECT lead_id, score_date, scored_as_of, tier, coalesce(segment, 'unknown') AS segment,
         scored_as_of + make_dt_interval(:horizon_days) AS ends_at,
         date_add(score_date, :horizon_days) <= :as_of_date AS is_mature
  FROM lead_scores
  WHERE date_add(score_date, :horizon_days) <= :as_of_date OR score_date = :running_date
),
converted AS (
  SELECT s.lead_id, s.score_date, s.scored_as_of, s.tier, s.segment, s.ends_at, s.is_mature,
         min(CASE WHEN o.lead_id IS NOT NULL THEN struct(o.occurred_at, o.value) END) AS conversion
  FROM scored s
       LEFT JOIN (SELECT * FROM outcomes WHERE is_conversion AND occurred_at < :as_of) o
         ON o.lead_id = s.lead_id AND o.occurred_at >= s.scored_as_of AND o.occurred_at < s.ends_at
  GROUP BY ALL
),
spent AS (
  SELECT c.lead_id, c.score_date, c.tier, c.segment, c.is_mature, c.conversion,
         sum(e.cost) AS cost
  FROM converted c
       LEFT JOIN (SELECT * FROM engagements WHERE cost IS NOT NULL AND known_at < :as_of) e
         ON e.lead_id = c.lead_id AND e.occurred_at >= c.scored_as_of AND e.occurred_at < c.ends_at
  GROUP BY ALL
),
judged AS (
  SELECT s.segment, s.tier, s.is_mature, s.score_date,
         s.conversion IS NOT NULL AS is_converted,
         s.conversion.value AS value,
         s.cost,
         -- A conversion before the creation tells nothing of the cycle.
         CASE WHEN s.conversion.occurred_at >= l.created_at
              THEN round((unix_micros(s.conversion.occurred_at) - unix_micros(l.created_at))
                         / 86400e6D, 2) END AS cycle_days
  FROM spent s LEFT JOIN leads l ON l.lead_id = s.lead_id
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
