-- response_time: one row per clock, segment, bucket of response time, and whether the horizon is over.
--
-- Speed to lead. A lead's signal is its first inbound engagement of high intent within the history
-- (it asked), or where it has none its first of medium intent. The response is our first outbound
-- engagement at or after it, within the horizon and before a conversion; else the bucket is never.
-- Time is told twice: by the clock, and in office hours (run.business_hours), where 1 d is one
-- office day. A lead is qualified when a meeting followed within the horizon after the signal, and
-- converted when a conversion did.
--
-- Good leads get faster answers, so raw rates flatter speed. The adjusted rate compares like with
-- like: within strata of what was known before the signal (the newest weekly score of the two weeks
-- before, in fifths of the percentile; else the intent of the signal, the lead's source and its
-- number of inbound engagements before), weighted as in all leads of the segment (direct
-- standardisation). Strata that a bucket has no leads of are left out; coverage says how many leads
-- stand in the others. What nobody recorded can still differ between the buckets.
--
-- engagements: of the history, known before the instant; leads: one row a lead; outcomes: as stored
-- lead_scores: one scored date a week
WITH signals AS (
  SELECT lead_id,
         coalesce(min(CASE WHEN intent = 'high' THEN occurred_at END), min(occurred_at)) AS asked_at,
         max(intent = 'high') AS has_asked
  FROM engagements
  WHERE direction IN ('inbound', 'unknown') AND intent IN ('medium', 'high')
  GROUP BY lead_id
),
converted AS (
  SELECT s.lead_id,
         min(CASE WHEN o.occurred_at > s.asked_at AND o.is_conversion THEN o.occurred_at END)
           AS converted_at,
         max(o.occurred_at <= s.asked_at AND o.closes) AS was_closed
  FROM signals s JOIN outcomes o ON o.lead_id = s.lead_id
  WHERE o.occurred_at < :as_of
  GROUP BY s.lead_id
),
scored AS (
  SELECT s.lead_id, max_by(p.percentile, p.scored_as_of) AS percentile
  FROM signals s JOIN lead_scores p
    ON p.lead_id = s.lead_id AND p.scored_as_of <= s.asked_at
       AND p.scored_as_of > s.asked_at - INTERVAL '14' DAY
  WHERE p.percentile IS NOT NULL
  GROUP BY s.lead_id
),
followed AS (
  SELECT s.lead_id, s.asked_at, s.has_asked,
         min(CASE WHEN e.direction = 'outbound' AND e.occurred_at >= s.asked_at
                  THEN e.occurred_at END) AS touched_at,
         min(CASE WHEN e.signal = 'meeting' AND e.occurred_at > s.asked_at
                  THEN e.occurred_at END) AS met_at,
         count_if(e.direction IN ('inbound', 'unknown') AND e.occurred_at < s.asked_at)
           AS inbound_before
  FROM signals s JOIN engagements e ON e.lead_id = s.lead_id
  GROUP BY s.lead_id, s.asked_at, s.has_asked
),
timed AS (
  SELECT coalesce(l.segment, 'unknown') AS segment,
         f.asked_at,
         f.asked_at + make_dt_interval(:horizon_days) <= :as_of AS is_mature,
         coalesce(c.converted_at < f.asked_at + make_dt_interval(:horizon_days), false)
           AS is_converted,
         coalesce(f.met_at < f.asked_at + make_dt_interval(:horizon_days), false) AS is_qualified,
         CASE WHEN f.touched_at < f.asked_at + make_dt_interval(:horizon_days)
                   AND f.touched_at <= coalesce(c.converted_at, f.touched_at)
              THEN f.touched_at END AS answered_at,
         CASE WHEN p.percentile IS NOT NULL
              THEN concat('score ', least(4, floor(p.percentile / 20)))
              ELSE concat_ws(' ', CASE WHEN f.has_asked THEN 'high' ELSE 'medium' END,
                             CASE WHEN f.inbound_before = 0 THEN '0'
                                  WHEN f.inbound_before <= 2 THEN '1-2' ELSE '3+' END,
                             l.source) END AS stratum
  FROM followed f
       JOIN leads l ON l.lead_id = f.lead_id
       LEFT JOIN converted c ON c.lead_id = f.lead_id
       LEFT JOIN scored p ON p.lead_id = f.lead_id
  WHERE NOT coalesce(c.was_closed, false)
),
-- Seconds of office time since a Monday long ago: whole weeks, days of this week, time of this day.
office AS (
  SELECT *,
         transform(
           transform(array(asked_at, answered_at), t -> from_utc_timestamp(t, :zone)),
           t -> (floor(datediff(t, DATE'1970-01-05') / 7D) * :office_days_a_week
                  + element_at(array(:office_days_before),
                               pmod(datediff(t, DATE'1970-01-05'), 7) + 1))
                   * :office_seconds
                 + CASE WHEN element_at(array(:is_office_day),
                                        pmod(datediff(t, DATE'1970-01-05'), 7) + 1)
                        THEN greatest(0, least(:office_seconds,
                               unix_seconds(t) - unix_seconds(date_trunc('DAY', t))
                                 - :office_opens))
                        ELSE 0 END) AS worked
  FROM timed
),
clocks AS (
  SELECT segment, is_mature, is_converted, is_qualified, stratum,
         stack(2,
           'clock', (unix_micros(answered_at) - unix_micros(asked_at)) / 1e6D, 86400D,
           'business', CAST(worked[1] - worked[0] AS DOUBLE),
           greatest(14400D, CAST(:office_seconds AS DOUBLE))) AS (clock, seconds, day_seconds)
  FROM office
),
placed AS (
  SELECT clock, is_mature, is_converted, is_qualified, stratum, seconds,
         explode(array(segment, 'all')) AS segment,
         CASE WHEN seconds IS NULL THEN 7
              WHEN seconds <= 300 THEN 1
              WHEN seconds <= 1800 THEN 2
              WHEN seconds <= 3600 THEN 3
              WHEN seconds <= 14400 THEN 4
              WHEN seconds <= day_seconds THEN 5
              ELSE 6 END AS bucket_order
  FROM clocks
),
raw AS (
  SELECT clock, segment, is_mature, bucket_order,
         count(*) AS n,
         count_if(is_qualified) AS qualified,
         count_if(is_converted) AS conversions,
         round(percentile(round(seconds / 60, 1), 0.5D), 2) AS median_minutes
  FROM placed
  GROUP BY clock, segment, is_mature, bucket_order
),
cells AS (
  SELECT clock, segment, is_mature, bucket_order, stratum,
         count(*) AS n, count_if(is_converted) AS conversions
  FROM placed
  GROUP BY clock, segment, is_mature, bucket_order, stratum
),
weighted AS (
  SELECT *,
         sum(n) OVER (PARTITION BY clock, segment, is_mature, stratum)
           / sum(n) OVER (PARTITION BY clock, segment, is_mature) AS weight,
         conversions / n AS rate,
         (conversions + 0.5D) / (n + 1) AS smooth
  FROM cells
),
-- In fixed point, so that sums do not depend on the order of rows.
sums AS (
  SELECT clock, segment, is_mature, bucket_order,
         sum(CAST(round(1e12D * weight) AS BIGINT)) / 1e12D AS covered,
         sum(CAST(round(1e12D * weight * rate) AS BIGINT)) / 1e12D AS rate_sum,
         sum(CAST(round(1e12D * weight * smooth) AS BIGINT)) / 1e12D AS smooth_sum,
         sum(CAST(round(1e15D * weight * weight * smooth * (1 - smooth) / n) AS BIGINT)) / 1e15D
           AS variance_sum
  FROM weighted
  GROUP BY clock, segment, is_mature, bucket_order
),
-- The number of leads that would tell as much if they were a plain sample. Rates of 0 and 1 in
-- small cells are drawn inwards for it, or they would seem certain.
standardised AS (
  SELECT clock, segment, is_mature, bucket_order,
         least(1D, covered) AS coverage,
         least(1D, rate_sum / covered) AS adjusted_rate,
         smooth_sum * (covered - smooth_sum) / greatest(variance_sum, 1e-15D) AS effective_n
  FROM sums
),
joined AS (
  SELECT r.*, s.coverage, s.adjusted_rate, s.effective_n,
         s.adjusted_rate * s.effective_n AS effective_conversions,
         lag(s.adjusted_rate) OVER slower AS faster_rate,
         lag(r.median_minutes) OVER slower AS faster_minutes
  FROM raw r JOIN standardised s
    ON s.clock = r.clock AND s.segment = r.segment AND s.is_mature = r.is_mature
       AND s.bucket_order = r.bucket_order
  WINDOW slower AS (PARTITION BY r.clock, r.segment, r.is_mature ORDER BY r.bucket_order)
)
SELECT clock, segment, is_mature,
       element_at(array('5 min', '30 min', '1 h', '4 h', '1 d', 'longer', 'never'), bucket_order)
         AS bucket,
       bucket_order, n, median_minutes,
       qualified,
       qualified / n AS qualified_rate,
       :wilson_low(qualified, n) AS qualified_ci_low,
       :wilson_high(qualified, n) AS qualified_ci_high,
       conversions,
       conversions / n AS raw_rate,
       :wilson_low(conversions, n) AS raw_ci_low,
       :wilson_high(conversions, n) AS raw_ci_high,
       adjusted_rate,
       :wilson_low(effective_conversions, effective_n) AS adjusted_ci_low,
       :wilson_high(effective_conversions, effective_n) AS adjusted_ci_high,
       effective_n, coverage,
       CASE WHEN median_minutes > faster_minutes
            THEN (adjusted_rate - faster_rate) / ((median_minutes - faster_minutes) / 60) END
         AS adjusted_change_per_hour
FROM joined
