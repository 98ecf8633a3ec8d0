-- cadence: one row per channel, segment, and number of recent touches or days since the last.
--
-- When more touches start to hurt. A touch is what we sent or did to a lead with one signal on one
-- channel and day (outbound). It is followed by a reply when the lead acts by itself within 7 days
-- (any inbound engagement but an opened mail), and by an opt-out when an unsubscribe comes within 7
-- days (anything negative but a bounce). Touches of the last 7 days are left out: what follows them
-- is not known yet. Touches of all channels count as recent ones, since the lead feels them all.
--   dimension touches: our touches of the lead in the 14 days before: 0, 1, 2, 3-4, 5-7, 8+
--   dimension spacing: time since our touch before: under 1 day, 1-2 days, ..., first for none
-- The best spacing is, among those whose opt-outs are not surely more frequent than usual, the one
-- with the highest lower end of its reply rate, if that lies above the usual reply rate. Usual are
-- all touches of the channel and segment. There may be none.
-- We choose whom to touch again: leads that showed interest, mostly. So rates by touches tell where
-- replies fade, not what one more touch would do to a given lead.
--
-- Moments are counted in microseconds, where 14 days are 1209600000000.
--
-- activity: daily activity known before the instant; leads: one row a lead
WITH moments AS (
  SELECT lead_id, channel, direction,
         -- An answer later on the day of a touch follows it.
         unix_micros(CASE WHEN direction = 'outbound' THEN first_at ELSE last_at END) AS micros,
         events,
         direction = 'outbound' AS is_touch,
         is_inbound AS is_reply,
         direction = 'negative' AS is_opt_out
  FROM activity
  WHERE direction = 'outbound' OR (is_inbound AND signal <> 'email_open')
        OR (direction = 'negative' AND signal <> 'bounce')
),
followed AS (
  SELECT lead_id, channel, micros, is_touch,
         coalesce(sum(CASE WHEN is_touch THEN events END) OVER (
           PARTITION BY lead_id ORDER BY micros
           RANGE BETWEEN 1209600000000L PRECEDING AND 1L PRECEDING),
           0L) AS touches_before,
         max(CASE WHEN is_touch THEN micros END) OVER (
           PARTITION BY lead_id ORDER BY micros
           RANGE BETWEEN UNBOUNDED PRECEDING AND 1L PRECEDING) AS micros_before,
         coalesce(max(is_reply) OVER next_days, false) AS is_replied,
         coalesce(max(is_opt_out) OVER next_days, false) AS is_opted_out
  FROM moments
  WINDOW next_days AS (
    PARTITION BY lead_id ORDER BY micros
    RANGE BETWEEN 1L FOLLOWING AND 604800000000L FOLLOWING)
),
touches AS (
  SELECT f.channel, coalesce(l.segment, 'unknown') AS segment, f.touches_before,
         floor((f.micros - f.micros_before) / 86400e6D) AS days,
         f.is_replied, f.is_opted_out
  FROM followed f JOIN leads l ON l.lead_id = f.lead_id
  WHERE f.is_touch AND f.micros >= unix_micros(:since_touch)
        AND f.micros <= unix_micros(:as_of - INTERVAL '7' DAY)
),
placed AS (
  SELECT channel, segment, is_replied, is_opted_out,
         stack(2,
           'touches', CASE WHEN touches_before <= 2 THEN CAST(touches_before AS INT)
                           WHEN touches_before <= 4 THEN 3
                           WHEN touches_before <= 7 THEN 4
                           ELSE 5 END,
           'spacing', CASE WHEN days < 1 THEN 0
                           WHEN days <= 2 THEN 1
                           WHEN days <= 4 THEN 2
                           WHEN days <= 7 THEN 3
                           WHEN days <= 14 THEN 4
                           WHEN days <= 30 THEN 5
                           WHEN days IS NULL THEN 7
                           ELSE 6 END) AS (dimension, bucket_order)
  FROM touches
),
counted AS (
  SELECT channel, segment, dimension, bucket_order,
         CASE WHEN dimension = 'touches'
              THEN element_at(array('0', '1', '2', '3-4', '5-7', '8+'), bucket_order + 1)
              ELSE element_at(array('under 1 day', '1-2 days', '3-4 days', '5-7 days', '8-14 days',
                                    '15-30 days', 'over 30 days', 'first'), bucket_order + 1)
              END AS bucket,
         count(*) AS n, count_if(is_replied) AS replies, count_if(is_opted_out) AS opt_outs
  FROM placed
  GROUP BY channel, segment, dimension, bucket_order
),
-- From counts, not from rows: everyone costs no second pass.
overall AS (
  SELECT channel, segment, dimension, bucket, bucket_order,
         sum(n) AS n, sum(replies) AS replies, sum(opt_outs) AS opt_outs
  FROM (SELECT channel, explode(array(segment, 'all')) AS segment, dimension, bucket, bucket_order,
               n, replies, opt_outs
        FROM (SELECT explode(array(channel, 'all')) AS channel, segment, dimension, bucket,
                     bucket_order, n, replies, opt_outs
              FROM counted))
  GROUP BY channel, segment, dimension, bucket, bucket_order
),
rated AS (
  SELECT *,
         replies / n AS reply_rate,
         :wilson_low(replies, n) AS reply_ci_low,
         :wilson_high(replies, n) AS reply_ci_high,
         opt_outs / n AS opt_out_rate,
         :wilson_low(opt_outs, n) AS opt_out_ci_low,
         :wilson_high(opt_outs, n) AS opt_out_ci_high,
         sum(replies) OVER (PARTITION BY channel, segment, dimension)
           / sum(n) OVER (PARTITION BY channel, segment, dimension) AS usual_reply_rate,
         sum(opt_outs) OVER (PARTITION BY channel, segment, dimension)
           / sum(n) OVER (PARTITION BY channel, segment, dimension) AS usual_opt_out_rate
  FROM overall
),
ranked AS (
  SELECT *,
         dimension = 'spacing' AND bucket <> 'first' AND opt_out_ci_low <= usual_opt_out_rate
           AS is_eligible,
         row_number() OVER (
           PARTITION BY channel, segment, dimension
           ORDER BY CASE WHEN bucket <> 'first' AND opt_out_ci_low <= usual_opt_out_rate
                         THEN reply_ci_low ELSE -1D END DESC, bucket_order) AS place
  FROM rated
)
SELECT dimension, channel, segment, bucket, bucket_order, n, replies, reply_rate, reply_ci_low,
       reply_ci_high, opt_outs, opt_out_rate, opt_out_ci_low, opt_out_ci_high, usual_reply_rate,
       usual_opt_out_rate,
       is_eligible AND place = 1 AND reply_ci_low > usual_reply_rate AS is_best
FROM ranked
