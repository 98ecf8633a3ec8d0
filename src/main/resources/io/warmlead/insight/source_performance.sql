-- source_performance: one row per model of attribution, source, and whether the entry window is over.
--
-- Where leads come from and what becomes of them. Every lead created within the history is one
-- lead, shared out among its touches: inbound engagements of one kind, channel and day, before its
-- first conversion and within the entry window (:entry_days) after its creation. Opened mails are
-- no touch, since many are opened by machines.
--   first_touch      all to the first touch
--   last_touch       all to the last
--   time_decayed     by touches, halved for every 7 days before the last
--   position_based   40 % to the first, 40 % to the last, 20 % to all between; halves where there
--                    are two
--   lead_source      all to the source that the lead came with
-- A touch after more than the warm window of silence is re-engaged, whatever it is; else a high
-- intent is a demo request; else its family tells. A lead that never acted has no touch.
--
-- leads: one row a lead, created since :since; activity: daily activity known before the instant
-- lead_scores: the newest scores; outcomes: as stored; sources: model, source: rows that are there
-- even at 0
WITH entered AS (
  SELECT lead_id, created_at, coalesce(source, 'unknown') AS lead_source,
         created_at + make_dt_interval(:entry_days) AS ends_at,
         created_at + make_dt_interval(:entry_days) <= :as_of AS is_mature
  FROM leads
  WHERE created_at >= :since AND created_at < :as_of
),
-- What a customer who may buy again bought before it became this lead is of another time; a day
-- before may be a date without time.
converted AS (
  SELECT *, to_date(local) AS local_date, local = date_trunc('DAY', local) AS is_date
  FROM (SELECT *, from_utc_timestamp(conversion.occurred_at, :outcome_zone) AS local
        FROM (SELECT o.lead_id, min(struct(o.occurred_at, o.value)) AS conversion
              FROM outcomes o JOIN entered e ON e.lead_id = o.lead_id
              WHERE o.is_conversion AND o.occurred_at < :as_of
                AND (o.closes OR o.occurred_at >= e.created_at - INTERVAL '1' DAY)
              GROUP BY o.lead_id))
),
people AS (
  SELECT e.*,
         c.conversion IS NOT NULL AS is_converted,
         c.conversion.value AS value,
         -- A conversion at midnight is taken for a date without time: all of its day counts, and
         -- days are whole days.
         CASE WHEN c.is_date
                   AND c.local_date >= to_date(from_utc_timestamp(e.created_at, :outcome_zone))
              THEN CAST(datediff(c.local_date, from_utc_timestamp(e.created_at, :outcome_zone))
                        AS DOUBLE)
              WHEN c.conversion.occurred_at >= e.created_at
              THEN round((unix_micros(c.conversion.occurred_at) - unix_micros(e.created_at))
                         / 86400e6D, 2) END AS days,
         least(e.ends_at,
               CASE WHEN c.is_date THEN c.conversion.occurred_at + INTERVAL '1' DAY
                    ELSE c.conversion.occurred_at + INTERVAL '0.000001' SECOND END)
           AS touched_before,
         s.tier IS NOT NULL AS is_open,
         coalesce(s.tier IN ('warm', 'hot'), false) AS is_warm
  FROM entered e
       LEFT JOIN converted c ON c.lead_id = e.lead_id AND c.conversion.occurred_at < e.ends_at
       LEFT JOIN lead_scores s ON s.lead_id = e.lead_id
),
inbound AS (
  SELECT a.lead_id, a.signal, a.channel, a.family, a.intent, a.direction, a.arrived_day, a.first_at,
         lag(a.last_at) OVER (PARTITION BY a.lead_id
                              ORDER BY a.first_at, a.signal, a.channel, a.arrived_day, a.direction)
           AS before_at
  FROM activity a LEFT SEMI JOIN entered e ON e.lead_id = a.lead_id
  WHERE a.is_inbound AND a.signal <> 'email_open'
),
touches AS (
  SELECT lead_id, first_at, signal, channel, arrived_day, direction,
         CASE WHEN first_at > before_at + make_dt_interval(:warm_days) THEN 're-engaged'
              WHEN intent = 'high' THEN 'demo request'
              WHEN signal IN ('signup', 'form_submit') THEN 'inbound signup'
              WHEN family = 'outreach' THEN 'outreach reply'
              WHEN family = 'event' THEN 'event and webinar'
              WHEN family = 'email' THEN 'e-mail'
              WHEN family IN ('content', 'referral', 'social', 'site', 'product', 'ad') THEN family
              ELSE 'other' END AS source
  FROM inbound
),
placed AS (
  SELECT p.*, coalesce(t.source, 'no touch') AS touch,
         row_number() OVER (PARTITION BY p.lead_id
                            ORDER BY t.first_at, t.signal, t.channel, t.arrived_day, t.direction)
           AS place,
         count(*) OVER (PARTITION BY p.lead_id) AS places,
         CAST(round(1e9D * power(2D,
           coalesce((unix_micros(t.first_at)
                     - max(unix_micros(t.first_at)) OVER (PARTITION BY p.lead_id))
                    / (7 * 86400e6D), 0D))) AS BIGINT) AS weight
  FROM people p
       LEFT JOIN touches t ON t.lead_id = p.lead_id AND t.first_at < p.touched_before
),
-- Credit in billionths, so that sums do not depend on the order of rows.
credited AS (
  SELECT is_mature, is_converted, days, value, is_open, is_warm,
         stack(5,
           'first_touch', touch, CASE WHEN place = 1 THEN 1e9D ELSE 0D END,
           'last_touch', touch, CASE WHEN place = places THEN 1e9D ELSE 0D END,
           'time_decayed', touch, 1e9D * weight / all_weights,
           'position_based', touch, CASE WHEN places = 1 THEN 1e9D
                                         WHEN places = 2 THEN 5e8D
                                         WHEN place IN (1, places) THEN 4e8D
                                         ELSE 2e8D / (places - 2) END,
           'lead_source', lead_source, CASE WHEN place = 1 THEN 1e9D ELSE 0D END)
           AS (model, source, credit)
  FROM (SELECT *, sum(weight) OVER (PARTITION BY lead_id) AS all_weights FROM placed)
),
shares AS (
  SELECT * EXCEPT (credit), CAST(round(credit) AS BIGINT) AS credit
  FROM credited
  WHERE credit > 0
),
summed AS (
  SELECT model, source, is_mature,
         sum(credit) / 1e9D AS leads,
         sum(CASE WHEN is_converted THEN credit ELSE 0L END) / 1e9D AS conversions,
         count(days) AS days_n,
         round(percentile(days, 0.5D, credit DIV 1000000L), 3) AS median_days,
         count(value) AS value_n,
         CAST(sum(CAST(value AS DECIMAL(18, 4)) * CAST(credit AS DECIMAL(10, 0))) AS DOUBLE) / 1e9D
           AS value,
         sum(CASE WHEN is_open THEN credit ELSE 0L END) / 1e9D AS open_leads,
         sum(CASE WHEN is_warm THEN credit ELSE 0L END) / 1e9D AS warm_leads
  FROM shares
  GROUP BY model, source, is_mature
),
listed AS (
  SELECT model, source, explode(array(true, false)) AS is_mature FROM sources
),
complete AS (
  SELECT coalesce(s.model, l.model) AS model, coalesce(s.source, l.source) AS source,
         coalesce(s.is_mature, l.is_mature) AS is_mature,
         coalesce(s.leads, 0D) AS leads, coalesce(s.conversions, 0D) AS conversions,
         coalesce(s.days_n, 0L) AS days_n, s.median_days, coalesce(s.value_n, 0L) AS value_n,
         s.value, coalesce(s.open_leads, 0D) AS open_leads,
         coalesce(s.warm_leads, 0D) AS warm_leads
  FROM summed s FULL OUTER JOIN listed l
    ON l.model = s.model AND l.source = s.source AND l.is_mature = s.is_mature
)
SELECT model, source, is_mature, leads, conversions,
       CASE WHEN leads > 0 THEN conversions / leads END AS rate,
       :wilson_low(conversions, leads) AS ci_low,
       :wilson_high(conversions, leads) AS ci_high,
       days_n, median_days, value_n, value,
       CASE WHEN leads > 0 THEN value / leads END AS value_per_lead,
       open_leads, warm_leads,
       CASE WHEN open_leads > 0 THEN warm_leads / open_leads END AS warm_share,
       :wilson_low(warm_leads, open_leads) AS warm_ci_low,
       :wilson_high(warm_leads, open_leads) AS warm_ci_high
FROM complete
