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
-- Who is answered late must not have converted until then, and who converts first is never answered:
-- apart, the raw rates of longer and never are too low and too high, whatever an answer does. Their
-- adjusted rate is one, that of all leads without an answer within a day.
--
-- Dates without time, which stand at midnight of the zone that they were read in: an outcome counts
-- from the end of its day, so that who asked on that day is no customer yet; a date answered by a
-- date has no minutes, and lies in 1 d up to the next day, else in longer.
--
-- engagements: of the history, known before the instant; leads: one row a lead; outcomes: as stored
-- lead_scores: one scored date a week
WITH ended AS (
  SELECT lead_id, is_conversion, closes,
         CASE WHEN local = date_trunc('DAY', local)
              THEN to_utc_timestamp(local + INTERVAL '1' DAY, :outcome_zone) - INTERVAL '0.000001' SECOND
              ELSE occurred_at END AS ended_at
  FROM (SELECT *, from_utc_timestamp(occurred_at, :outcome_zone) AS local FROM outcomes)
  WHERE occurred_at < :as_of
),
decided AS (
  SELECT lead_id,
         collect_list(CASE WHEN is_conversion THEN ended_at END) AS converted,
         min(CASE WHEN closes THEN ended_at END) AS closed_at
  FROM ended
  GROUP BY lead_id
),
-- A lead that is closed asks for nothing more, unless asking opens it again.
acted AS (
  SELECT e.lead_id, e.occurred_at, e.signal, e.direction,
         CASE WHEN :reopens OR d.closed_at IS NULL OR e.occurred_at < d.closed_at
              THEN e.intent END AS intent
  FROM engagements e LEFT JOIN decided d ON d.lead_id = e.lead_id
),
marked AS (
  SELECT lead_id, occurred_at, signal, direction,
         coalesce(
           min(CASE WHEN intent = 'high' AND direction IN ('inbound', 'unknown')
                    THEN occurred_at END) OVER (PARTITION BY lead_id),
           min(CASE WHEN intent = 'medium' AND direction IN ('inbound', 'unknown')
                    THEN occurred_at END) OVER (PARTITION BY lead_id)) AS asked_at,
         coalesce(max(intent = 'high' AND direction IN ('inbound', 'unknown'))
                    OVER (PARTITION BY lead_id), false) AS has_asked
  FROM acted
),
followed AS (
  SELECT lead_id, asked_at, has_asked,
         min(CASE WHEN direction = 'outbound' AND occurred_at >= asked_at
                  THEN occurred_at END) AS touched_at,
         min(CASE WHEN signal = 'meeting'
                       AND (occurred_at > asked_at
                            OR (occurred_at = asked_at AND direction = 'outbound'))
                  THEN occurred_at END) AS met_at,
         count_if(direction IN ('inbound', 'unknown') AND occurred_at < asked_at)
           AS inbound_before
  FROM marked
  WHERE asked_at IS NOT NULL
  GROUP BY lead_id, asked_at, has_asked
),
scored AS (
  SELECT lead_id, collect_list(struct(scored_as_of, percentile)) AS scores
  FROM lead_scores
  WHERE percentile IS NOT NULL
  GROUP BY lead_id
),
known AS (
  SELECT f.*, l.source, coalesce(l.segment, 'unknown') AS segment,
         f.asked_at + make_dt_interval(:horizon_days) AS ends_at,
         array_min(filter(d.converted, t -> t > f.asked_at)) AS converted_at,
         array_max(filter(p.scores, s -> s.scored_as_of <= f.asked_at
                                         AND s.scored_as_of > f.asked_at - INTERVAL '14' DAY))
           .percentile AS percentile
  FROM followed f
       JOIN leads l ON l.lead_id = f.lead_id
       LEFT JOIN decided d ON d.lead_id = f.lead_id
       LEFT JOIN scored p ON p.lead_id = f.lead_id
),
timed AS (
  SELECT segment, asked_at,
         ends_at <= :as_of AS is_mature,
         coalesce(converted_at < ends_at, false) AS is_converted,
         coalesce(met_at < ends_at, false) AS is_qualified,
         CASE WHEN touched_at < ends_at AND touched_at <= coalesce(converted_at, touched_at)
              THEN touched_at END AS answered_at,
         CASE WHEN percentile IS NOT NULL
              THEN concat('score ', least(4, floor(percentile / 20)))
              ELSE concat_ws(' ', CASE WHEN has_asked THEN 'high' ELSE 'medium' END,
                             CASE WHEN inbound_before = 0 THEN '0'
                                  WHEN inbound_before <= 2 THEN '1-2' ELSE '3+' END,
                             source) END AS stratum
  FROM known
),
-- Seconds of office time since a Monday long ago: whole weeks, days of this week, time of this day.
office AS (
  SELECT *,
         forall(array(asked_at, answered_at),
                t -> from_utc_timestamp(t, :engagement_zone)
                       = date_trunc('DAY', from_utc_timestamp(t, :engagement_zone))) AS is_dated,
         datediff(from_utc_timestamp(answered_at, :engagement_zone),
                  from_utc_timestamp(asked_at, :engagement_zone)) AS days,
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
         CASE WHEN is_dated THEN CASE WHEN days <= 1 THEN 5 ELSE 6 END END AS dated_order,
         stack(2,
           'clock', (unix_micros(answered_at) - unix_micros(asked_at)) / 1e6D, 86400D,
           'business', CAST(worked[1] - worked[0] AS DOUBLE),
           greatest(14400D, CAST(:office_seconds AS DOUBLE))) AS (clock, seconds, day_seconds)
  FROM office
),
placed AS (
  SELECT clock, is_mature, is_converted, is_qualified, stratum,
         CASE WHEN dated_order IS NULL THEN seconds END AS seconds,
         explode(array(segment, 'all')) AS segment,
         CASE WHEN dated_order IS NOT NULL THEN dated_order
              WHEN seconds IS NULL THEN 7
              WHEN seconds <= 300 THEN 1
              WHEN seconds <= 1800 THEN 2
              WHEN seconds <= 3600 THEN 3
              WHEN seconds <= 14400 THEN 4
              WHEN seconds <= day_seconds THEN 5
              ELSE 6 END AS bucket_order
  FROM clocks
),
-- Buckets, and adjusted buckets by stratum, in one pass.
cells AS (
  SELECT clock, segment, is_mature, bucket_order, stratum,
         grouping(stratum) = 1 AS is_whole,
         coalesce(adjusted_order, least(bucket_order, 6)) AS adjusted_order,
         count(*) AS n,
         count_if(is_qualified) AS qualified,
         count_if(is_converted) AS conversions,
         round(percentile(round(seconds / 60, 1), 0.5D), 2) AS median_minutes
  FROM (SELECT *, least(bucket_order, 6) AS adjusted_order FROM placed)
  GROUP BY GROUPING SETS ((clock, segment, is_mature, bucket_order),
                          (clock, segment, is_mature, adjusted_order, stratum))
),
weighted AS (
  SELECT *,
         CASE WHEN NOT is_whole
              THEN sum(n) OVER (PARTITION BY clock, segment, is_mature, is_whole, stratum)
                   / sum(n) OVER (PARTITION BY clock, segment, is_mature, is_whole) END AS weight,
         conversions / n AS rate,
         (conversions + 0.5D) / (n + 1) AS smooth
  FROM cells
),
-- In fixed point, so that sums do not depend on the order of rows.
sums AS (
  SELECT *,
         sum(CAST(round(1e12D * weight) AS BIGINT)) OVER strata / 1e12D AS covered,
         sum(CAST(round(1e12D * weight * rate) AS BIGINT)) OVER strata / 1e12D AS rate_sum,
         sum(CAST(round(1e12D * weight * smooth) AS BIGINT)) OVER strata / 1e12D AS smooth_sum,
         sum(CAST(round(1e15D * weight * weight * smooth * (1 - smooth) / n) AS BIGINT)) OVER strata
           / 1e15D AS variance_sum
  FROM weighted
  WINDOW strata AS (PARTITION BY clock, segment, is_mature, adjusted_order)
),
-- The number of leads that would tell as much if they were a plain sample. Rates of 0 and 1 in
-- small cells are drawn inwards for it, or they would seem certain.
standardised AS (
  SELECT *,
         least(1D, covered) AS coverage,
         least(1D, rate_sum / covered) AS adjusted_rate,
         smooth_sum * (covered - smooth_sum) / greatest(variance_sum, 1e-15D) AS effective_n
  FROM sums
  WHERE is_whole
),
compared AS (
  SELECT *,
         adjusted_rate * effective_n AS effective_conversions,
         lag(adjusted_rate) OVER slower AS faster_rate,
         lag(median_minutes) OVER slower AS faster_minutes
  FROM standardised
  WINDOW slower AS (PARTITION BY clock, segment, is_mature ORDER BY bucket_order)
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
FROM compared
