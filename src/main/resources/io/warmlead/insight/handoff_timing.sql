-- handoff_timing: one row per segment and mistake.
--
-- How many leads are treated for what they are not, on the newest date of scores, and how many were
-- handed over too early or too late in the past:
--   warm_called      warm leads that sales called or met within the warm window, of the warm leads
--   warm_ignored     warm leads that nobody has touched within the warm window, of the warm leads
--   hot_waiting      hot leads that asked to buy a day or longer ago and have had no answer, of the
--                    hot leads that asked within the hot window
--   handed_too_early leads that became SQL a horizon or longer ago and had not converted a horizon
--                    later, of all that became SQL then
--   handed_too_late  leads that converted while they were not SQL, of all that converted since
--                    their first score
-- Too early is no proof of a wrong hand-off: most leads that deserve a call do not buy.
--
-- A hand-off counts in the segment that the lead had on its day. Those of before the history are
-- left out: of them only leads that did not convert would be seen.
--
-- lead_scores: the scores of the newest date; history: stage and segment on every scored date;
-- activity: daily activity; outcomes: as stored
WITH touches AS (
  SELECT lead_id,
         max(CASE WHEN direction = 'outbound' THEN last_at END) AS touched_at,
         max(CASE WHEN direction = 'outbound' AND signal IN ('call', 'meeting')
                  THEN last_at END) AS called_at,
         max(CASE WHEN is_inbound AND intent = 'high' THEN last_at END) AS asked_at
  FROM activity
  GROUP BY lead_id
),
now AS (
  SELECT coalesce(s.segment, 'unknown') AS segment, s.tier,
         coalesce(t.called_at >= :as_of - make_dt_interval(:warm_days), false) AS is_called,
         coalesce(t.touched_at >= :as_of - make_dt_interval(:warm_days), false) AS is_touched,
         coalesce(t.asked_at >= :as_of - make_dt_interval(:hot_days), false) AS has_asked,
         coalesce(t.asked_at < :as_of - make_dt_interval(1), false)
           AND NOT coalesce(t.touched_at >= t.asked_at, false) AS is_waiting
  FROM lead_scores s LEFT JOIN touches t ON t.lead_id = s.lead_id
),
conversions AS (
  SELECT lead_id, occurred_at, closes FROM outcomes WHERE is_conversion AND occurred_at < :as_of
),
-- The scoring on which the hand-off began, whatever day of the week that was.
handed AS (
  SELECT lead_id, coalesce(segment, 'unknown') AS segment,
         to_utc_timestamp(handoff_at, :zone) AS handed_at
  FROM history
  WHERE handoff_stage = 'SQL' AND handoff_at = score_date
    AND date_add(score_date, :horizon_days) <= :as_of_date
),
followed AS (
  SELECT d.segment, d.lead_id, d.handed_at, count(c.lead_id) > 0 AS is_converted
  FROM handed d
       LEFT JOIN conversions c
         ON c.lead_id = d.lead_id AND (c.closes OR c.occurred_at >= d.handed_at)
            AND c.occurred_at < d.handed_at + make_dt_interval(:horizon_days)
  GROUP BY d.segment, d.lead_id, d.handed_at
),
-- How the lead stood at the newest scoring before each conversion. None is older than the history:
-- said apart, so that few rows meet those of all dates.
stood_at AS (
  SELECT h.lead_id, c.occurred_at AS won_at,
         max_by(struct(coalesce(h.segment, 'unknown') AS segment, h.handoff_stage), h.score_date)
           AS row
  FROM history h JOIN conversions c
    ON c.lead_id = h.lead_id AND c.occurred_at >= h.scored_as_of AND c.occurred_at >= :since
  GROUP BY h.lead_id, c.occurred_at
),
-- Customers who buy again: the first purchase since they were scored.
stood AS (
  SELECT lead_id, min_by(row, won_at) AS row FROM stood_at GROUP BY lead_id
),
counted AS (
  SELECT segment, 'warm_called' AS mistake, count_if(is_called) AS leads, count(*) AS n
  FROM now WHERE tier = 'warm' GROUP BY segment
  UNION ALL
  SELECT segment, 'warm_ignored', count_if(NOT is_touched), count(*)
  FROM now WHERE tier = 'warm' GROUP BY segment
  UNION ALL
  SELECT segment, 'hot_waiting', count_if(is_waiting), count(*)
  FROM now WHERE tier = 'hot' AND has_asked GROUP BY segment
  UNION ALL
  SELECT segment, 'handed_too_early', count_if(NOT is_converted), count(*)
  FROM followed GROUP BY segment
  UNION ALL
  SELECT row.segment, 'handed_too_late', count_if(row.handoff_stage <> 'SQL'), count(*)
  FROM stood GROUP BY row.segment
),
grouped AS (
  SELECT explode(array(segment, 'all')) AS segment, mistake, leads, n FROM counted
),
summed AS (
  SELECT segment, mistake, sum(leads) AS leads, sum(n) AS n FROM grouped GROUP BY segment, mistake
)
SELECT segment, mistake, leads, n, leads / n AS share,
       :wilson_low(leads, n) AS ci_low,
       :wilson_high(leads, n) AS ci_high
FROM summed
