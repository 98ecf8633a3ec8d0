-- funnel: one row per week of entry and stage.
--
-- How far the leads that were created in a week have come within the entry window (:entry_days):
--   identified         the lead was created
--   engaged            first inbound engagement
--   warm               first inbound engagement at the level that its signal needs to count as
--                      engaged (temperature.levels within temperature.warm_window)
--   qualifying         first inbound engagement of high intent: asked for a demo, a price
--   sales engagement   first meeting, or first call since the lead asked
--   converted          first conversion
-- Stages are taken from behaviour, not from the scores of past nights, so that they reach back
-- further than the scores, and neither a new model nor a new rule moves a lead. A lead that jumps a
-- stage has passed it at the same instant; so a stage never has more leads than the one before.
-- Every lead has the same time: what came later than the window after its creation does not count,
-- and a week is mature when the window is over for all of its leads.
--
-- leads: one row a lead, created since :since; activity: daily activity known before the instant
-- levels: signal, level; outcomes: as stored
WITH entered AS (
  SELECT lead_id, created_at,
         CAST(date_trunc('WEEK', from_utc_timestamp(created_at, :zone)) AS DATE) AS cohort_week
  FROM leads
  WHERE created_at >= :since AND created_at < :as_of
),
-- Nothing comes before the creation.
acted AS (
  SELECT a.lead_id, a.signal, a.is_inbound, a.events,
         greatest(a.first_at, e.created_at) AS first_at,
         greatest(a.last_at, e.created_at) AS last_at,
         coalesce(l.level, 1) AS level,
         datediff(a.day, DATE'1970-01-01') AS day_number,
         min(CASE WHEN a.is_inbound AND a.intent = 'high'
                  THEN greatest(a.first_at, e.created_at) END)
           OVER (PARTITION BY a.lead_id) AS asked_at
  FROM activity a JOIN entered e ON e.lead_id = a.lead_id
       LEFT JOIN levels l ON l.signal = a.signal
),
repeated AS (
  SELECT *,
         sum(CASE WHEN is_inbound THEN events ELSE 0 END)
           OVER (PARTITION BY lead_id, signal ORDER BY day_number
                 RANGE BETWEEN :warm_days_before PRECEDING AND CURRENT ROW) AS times
  FROM acted
),
reached AS (
  SELECT lead_id,
         min(CASE WHEN is_inbound THEN first_at END) AS engaged_at,
         min(CASE WHEN is_inbound AND level <= 1 THEN first_at
                  WHEN is_inbound AND times >= level THEN last_at END) AS warm_at,
         min(asked_at) AS asked_at,
         min(CASE WHEN signal = 'meeting' THEN first_at
                  WHEN signal = 'call' AND last_at >= asked_at THEN greatest(first_at, asked_at)
             END) AS met_at
  FROM repeated
  GROUP BY lead_id
),
-- What a customer who may buy again bought before it became this lead is of another time; a day
-- before may be a date without time.
converted AS (
  SELECT o.lead_id, min(greatest(o.occurred_at, e.created_at)) AS converted_at
  FROM outcomes o JOIN entered e ON e.lead_id = o.lead_id
  WHERE o.is_conversion AND o.occurred_at < :as_of
    AND (o.closes OR o.occurred_at >= e.created_at - INTERVAL '1' DAY)
  GROUP BY o.lead_id
),
-- least() passes over NULL.
passed AS (
  SELECT e.cohort_week,
         e.created_at + make_dt_interval(:entry_days) AS ends_at,
         e.created_at AS identified_at,
         least(engaged_at, warm_at, asked_at, met_at, converted_at) AS engaged_at,
         least(warm_at, asked_at, met_at, converted_at) AS warm_at,
         least(asked_at, met_at, converted_at) AS qualifying_at,
         least(met_at, converted_at) AS met_at,
         converted_at
  FROM entered e
       LEFT JOIN reached r ON r.lead_id = e.lead_id
       LEFT JOIN converted c ON c.lead_id = e.lead_id
),
stages AS (
  SELECT cohort_week, ends_at,
         stack(6,
           1, 'identified', identified_at, engaged_at,
           2, 'engaged', engaged_at, warm_at,
           3, 'warm', warm_at, qualifying_at,
           4, 'qualifying', qualifying_at, met_at,
           5, 'sales engagement', met_at, converted_at,
           6, 'converted', converted_at, CAST(NULL AS TIMESTAMP))
           AS (stage_order, stage, reached_at, left_at)
  FROM passed
),
counted AS (
  SELECT cohort_week, stage_order, stage,
         count_if(reached_at < ends_at) AS leads,
         count_if(left_at < ends_at) AS moved_on,
         round(percentile(
           CASE WHEN left_at < ends_at
                THEN round((unix_micros(left_at) - unix_micros(reached_at)) / 86400e6D, 2) END,
           0.5D), 3) AS median_days
  FROM stages
  GROUP BY cohort_week, stage_order, stage
),
compared AS (
  SELECT *,
         first_value(leads) OVER weekly AS entered,
         lag(leads) OVER weekly AS leads_before,
         CASE WHEN stage_order < 6 THEN leads - moved_on END AS dropped
  FROM counted
  WINDOW weekly AS (PARTITION BY cohort_week ORDER BY stage_order)
)
SELECT cohort_week, stage, stage_order, entered, leads, leads_before,
       CASE WHEN leads_before > 0 THEN leads / leads_before END AS rate,
       :wilson_low(leads, leads_before) AS ci_low,
       :wilson_high(leads, leads_before) AS ci_high,
       leads / entered AS share_of_entered,
       :wilson_low(leads, entered) AS share_ci_low,
       :wilson_high(leads, entered) AS share_ci_high,
       median_days, dropped,
       CASE WHEN leads > 0 THEN dropped / leads END AS drop_off,
       :wilson_low(dropped, leads) AS drop_off_ci_low,
       :wilson_high(dropped, leads) AS drop_off_ci_high,
       date_add(cohort_week, 7 + :entry_days) <= :as_of_date AS is_mature
FROM compared
