-- next_steps: one row per asset and asset that leads touched next; the five best per asset.
--
-- Where leads went by themselves after a page, a paper or a webinar, and how many of them converted
-- within the horizon of getting there. Counted is, once per lead, the first time that it went from
-- the one asset to the other within a horizon, if the horizon since then is over; steps of fewer
-- than :min_leads leads are left out, so that nobody is told apart. Beside it, how many of the leads
-- that touched the first asset at all converted within the horizon of first touching it.
-- The best step has the highest lower end of the interval, and is recommended if its leads converted
-- more often than those of the asset in general. Leads that go further are further anyway: no proof
-- that showing them the way makes them convert.
-- An outcome at midnight of the zone that it was read in is a date without time, and counts from the
-- end of its day.
-- Of one signal, channel and day, the asset touched last counts. An advertisement is where a lead came
-- from, and nothing to lead it to.
--
-- activity: daily activity known before the instant; outcomes: as stored
WITH ended AS (
  SELECT lead_id, is_conversion, closes,
         CASE WHEN local = date_trunc('DAY', local)
              THEN to_utc_timestamp(local + INTERVAL '1' DAY, :outcome_zone)
                     - INTERVAL '0.000001' SECOND
              ELSE occurred_at END AS ended_at
  FROM (SELECT *, from_utc_timestamp(occurred_at, :outcome_zone) AS local FROM outcomes)
  WHERE occurred_at < :as_of
),
closings AS (
  SELECT lead_id, min(ended_at) AS closed_at FROM ended WHERE closes GROUP BY lead_id
),
-- What a customer touches is no step of a lead, unless touching opens it again.
touches AS (
  SELECT a.lead_id, a.last_asset.asset AS asset, a.last_asset.at AS touched_at,
         a.family = 'ad' AS is_ad
  FROM activity a LEFT JOIN closings c ON c.lead_id = a.lead_id
  WHERE a.is_inbound AND a.last_asset IS NOT NULL
    AND (:reopens OR c.closed_at IS NULL OR a.last_asset.at < c.closed_at)
),
-- A row whose next touch is of another asset is the last of its stay.
followed AS (
  SELECT lead_id, asset, touched_at,
         lead(struct(asset, touched_at, is_ad))
           OVER (PARTITION BY lead_id ORDER BY touched_at, asset) AS next
  FROM touches
),
stepped AS (
  SELECT lead_id, asset, next.asset AS next_asset, min(next.touched_at) AS began_at
  FROM followed
  WHERE next.asset <> asset AND NOT next.is_ad
    AND next.touched_at < touched_at + make_dt_interval(:horizon_days)
  GROUP BY lead_id, asset, next.asset
),
begun AS (
  SELECT * FROM stepped
  UNION ALL
  SELECT lead_id, asset, CAST(NULL AS STRING), min(touched_at) FROM touches GROUP BY lead_id, asset
),
mature AS (
  SELECT * FROM begun WHERE began_at + make_dt_interval(:horizon_days) <= :as_of
),
-- Several conversions of a lead: the first after the step counts.
judged AS (
  SELECT m.asset, m.next_asset,
         count(*) AS leads,
         count_if(exists(c.won_at, won -> won >= m.began_at
                         AND won < m.began_at + make_dt_interval(:horizon_days))) AS conversions
  FROM mature m
       LEFT JOIN (SELECT lead_id, collect_list(ended_at) AS won_at
                  FROM ended
                  WHERE is_conversion
                  GROUP BY lead_id) c ON c.lead_id = m.lead_id
  GROUP BY m.asset, m.next_asset
),
rated AS (
  SELECT asset, next_asset, leads, conversions, conversions / leads AS rate,
         :wilson_low(conversions, leads) AS ci_low,
         :wilson_high(conversions, leads) AS ci_high
  FROM judged
  WHERE leads >= :min_leads
),
ranked AS (
  SELECT s.asset, s.next_asset, s.leads, s.conversions, s.rate, s.ci_low, s.ci_high,
         a.leads AS asset_leads, a.rate AS asset_rate,
         row_number() OVER (PARTITION BY s.asset
                            ORDER BY s.ci_low DESC, s.leads DESC, s.next_asset) AS step_rank
  FROM rated s JOIN rated a ON a.asset = s.asset AND a.next_asset IS NULL
  WHERE s.next_asset IS NOT NULL
)
SELECT asset, next_asset, step_rank, leads, conversions, rate, ci_low, ci_high, asset_leads,
       asset_rate, step_rank = 1 AND rate > asset_rate AS is_recommended
FROM ranked
WHERE step_rank <= 5
