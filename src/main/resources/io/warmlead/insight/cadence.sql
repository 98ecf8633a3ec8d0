-- cadence: one row per channel, segment, and number of recent touches or days since the last.
--
-- When more touches start to hurt. A touch is what we sent or did to a lead with one signal on one
-- channel and day (outbound). It is followed by a reply when an answer to our mail or outreach comes
-- within 7 days and before the next touch (email_reply, outreach_reply), and by an opt-out when an
-- unsubscribe comes so (anything negative but a bounce). Where the history has no answer at all, nobody records
-- them: then any inbound engagement but an opened mail counts as one, and replies_are says so.
-- Touches of the last 7 days are left out: what follows them is not known yet. Touches of all
-- channels count as recent ones, since the lead feels them all.
--   dimension touches: our touches of the lead in the 14 days before: 0, 1, 2, 3-4, 5-7, 8+
--   dimension spacing: time since our touch before: under 1 day, 1-2 days, ..., first for none
--
-- Leads that show interest are touched more, and answer more: raw rates flatter many touches. The
-- adjusted rates compare like with like: within strata of what the lead did in the 14 days before
-- (0, 1-2, 3-5, 6-10, more inbound engagements but opened mails), its segment and the channel of the
-- touch, weighted as in all touches of the channel and segment (direct standardisation). Strata that
-- a bucket has no touches of are left out; coverage says how many touches stand in the others. What
-- nobody recorded can still differ between the buckets.
--
-- A rested lead answers best, so the spacing with most replies would hardly ever touch anyone. The
-- best spacing is the shortest one after which replies are surely more frequent than usual and
-- opt-outs are not, both adjusted. Usual are all touches of the channel and segment. There may be
-- none.
--
-- Moments are counted in microseconds, where 14 days are 1209600000000.
--
-- activity: daily activity known before the instant; leads: one row a lead
WITH recorded AS (
  SELECT coalesce(max(is_inbound AND signal IN ('email_reply', 'outreach_reply')), false)
           AS has_answers
  FROM activity
),
moments AS (
  SELECT lead_id, channel, unix_micros(at) AS micros,
         CASE WHEN is_touch OR at = last_at THEN events ELSE 0L END AS events,
         is_touch, is_act, is_reply, is_opt_out, has_answers
  FROM (SELECT *,
               direction = 'outbound' AS is_touch,
               is_inbound AS is_act,
               is_inbound AND (NOT has_answers OR signal IN ('email_reply', 'outreach_reply'))
                 AS is_reply,
               direction = 'negative' AS is_opt_out,
               -- Of what a lead did on one day the first and the last moment are known.
               explode(CASE WHEN direction = 'outbound' OR first_at = last_at THEN array(first_at)
                            ELSE array(first_at, last_at) END) AS at
        FROM activity CROSS JOIN recorded
        WHERE direction = 'outbound' OR (is_inbound AND signal <> 'email_open')
              OR (direction = 'negative' AND signal <> 'bounce'))
),
followed AS (
  SELECT lead_id, channel, micros, is_touch, has_answers,
         coalesce(sum(CASE WHEN is_touch THEN events END) OVER days_before, 0L) AS touches_before,
         coalesce(sum(CASE WHEN is_act THEN events END) OVER days_before, 0L) AS acts_before,
         max(CASE WHEN is_touch THEN micros END) OVER (
           PARTITION BY lead_id ORDER BY micros
           RANGE BETWEEN UNBOUNDED PRECEDING AND 1L PRECEDING) AS micros_before,
         min(CASE WHEN is_touch THEN micros END) OVER next_days AS micros_after,
         -- An answer at the same moment, too: it and its touch may be dates without time.
         CASE WHEN has_answers THEN min(CASE WHEN is_reply THEN micros END) OVER from_now
              ELSE min(CASE WHEN is_reply THEN micros END) OVER next_days END AS replied_micros,
         min(CASE WHEN is_opt_out THEN micros END) OVER from_now AS opted_out_micros
  FROM moments
  WINDOW days_before AS (
    PARTITION BY lead_id ORDER BY micros
    RANGE BETWEEN 1209600000000L PRECEDING AND 1L PRECEDING),
  next_days AS (
    PARTITION BY lead_id ORDER BY micros
    RANGE BETWEEN 1L FOLLOWING AND 604800000000L FOLLOWING),
  from_now AS (
    PARTITION BY lead_id ORDER BY micros
    RANGE BETWEEN CURRENT ROW AND 604800000000L FOLLOWING)
),
touches AS (
  SELECT f.channel, coalesce(l.segment, 'unknown') AS segment, f.has_answers, f.touches_before,
         CASE WHEN f.acts_before = 0 THEN 0
              WHEN f.acts_before <= 2 THEN 1
              WHEN f.acts_before <= 5 THEN 2
              WHEN f.acts_before <= 10 THEN 3
              ELSE 4 END AS interest,
         floor((f.micros - f.micros_before) / 86400e6D) AS days,
         coalesce(f.replied_micros < coalesce(f.micros_after, f.replied_micros + 1), false)
           AS is_replied,
         coalesce(f.opted_out_micros < coalesce(f.micros_after, f.opted_out_micros + 1), false)
           AS is_opted_out
  FROM followed f JOIN leads l ON l.lead_id = f.lead_id
  WHERE f.is_touch AND f.micros >= unix_micros(:since_touch)
        AND f.micros <= unix_micros(:as_of - INTERVAL '7' DAY)
),
placed AS (
  SELECT channel, segment, interest, has_answers, is_replied, is_opted_out,
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
  SELECT channel, segment, interest, has_answers, dimension, bucket_order,
         count(*) AS n, count_if(is_replied) AS replies, count_if(is_opted_out) AS opt_outs
  FROM placed
  GROUP BY channel, segment, interest, has_answers, dimension, bucket_order
),
-- From counts, not from rows: everyone costs no second pass.
cells AS (
  SELECT *, explode(array(stratum.channel, 'all')) AS channel
  FROM (SELECT *, explode(array(stratum.segment, 'all')) AS segment
        FROM (SELECT struct(channel, segment, interest) AS stratum, has_answers, dimension,
                     bucket_order, n, replies, opt_outs
              FROM counted))
),
weighted AS (
  SELECT *,
         sum(n) OVER (PARTITION BY channel, segment, dimension, stratum)
           / sum(n) OVER (PARTITION BY channel, segment, dimension) AS weight,
         (replies + 0.5D) / (n + 1) AS smooth_reply,
         (opt_outs + 0.5D) / (n + 1) AS smooth_opt_out
  FROM cells
),
-- In fixed point, so that sums do not depend on the order of rows.
sums AS (
  SELECT channel, segment, dimension, bucket_order, has_answers,
         sum(n) AS n, sum(replies) AS replies, sum(opt_outs) AS opt_outs,
         sum(CAST(round(1e12D * weight) AS BIGINT)) / 1e12D AS covered,
         sum(CAST(round(1e12D * weight * replies / n) AS BIGINT)) / 1e12D AS reply_sum,
         sum(CAST(round(1e12D * weight * smooth_reply) AS BIGINT)) / 1e12D AS smooth_reply_sum,
         sum(CAST(round(1e15D * weight * weight * smooth_reply * (1 - smooth_reply) / n) AS BIGINT))
           / 1e15D AS reply_variance,
         sum(CAST(round(1e12D * weight * opt_outs / n) AS BIGINT)) / 1e12D AS opt_out_sum,
         sum(CAST(round(1e12D * weight * smooth_opt_out) AS BIGINT)) / 1e12D AS smooth_opt_out_sum,
         sum(CAST(round(1e15D * weight * weight * smooth_opt_out * (1 - smooth_opt_out) / n)
               AS BIGINT)) / 1e15D AS opt_out_variance
  FROM weighted
  GROUP BY channel, segment, dimension, bucket_order, has_answers
),
-- The number of touches that would tell as much if they were a plain sample. Rates of 0 and 1 in
-- small cells are drawn inwards for it, or they would seem certain.
standardised AS (
  SELECT *,
         least(1D, covered) AS coverage,
         least(1D, reply_sum / covered) AS adjusted_reply_rate,
         least(1D, opt_out_sum / covered) AS adjusted_opt_out_rate,
         smooth_reply_sum * (covered - smooth_reply_sum) / greatest(reply_variance, 1e-15D)
           AS effective_n,
         smooth_opt_out_sum * (covered - smooth_opt_out_sum) / greatest(opt_out_variance, 1e-15D)
           AS opt_out_effective_n,
         sum(replies) OVER (PARTITION BY channel, segment, dimension)
           / sum(n) OVER (PARTITION BY channel, segment, dimension) AS usual_reply_rate,
         sum(opt_outs) OVER (PARTITION BY channel, segment, dimension)
           / sum(n) OVER (PARTITION BY channel, segment, dimension) AS usual_opt_out_rate
  FROM sums
),
effective AS (
  SELECT *,
         adjusted_reply_rate * effective_n AS effective_replies,
         adjusted_opt_out_rate * opt_out_effective_n AS effective_opt_outs
  FROM standardised
),
rated AS (
  SELECT *,
         :wilson_low(replies, n) AS reply_ci_low,
         :wilson_high(replies, n) AS reply_ci_high,
         :wilson_low(opt_outs, n) AS opt_out_ci_low,
         :wilson_high(opt_outs, n) AS opt_out_ci_high,
         :wilson_low(effective_replies, effective_n) AS adjusted_reply_ci_low,
         :wilson_high(effective_replies, effective_n) AS adjusted_reply_ci_high,
         :wilson_low(effective_opt_outs, opt_out_effective_n) AS adjusted_opt_out_ci_low,
         :wilson_high(effective_opt_outs, opt_out_effective_n) AS adjusted_opt_out_ci_high
  FROM effective
),
judged AS (
  SELECT *,
         dimension = 'spacing' AND bucket_order <> 7 AND adjusted_reply_ci_low > usual_reply_rate
           AND adjusted_opt_out_ci_low <= usual_opt_out_rate AS is_good
  FROM rated
)
SELECT dimension, channel, segment,
       CASE WHEN dimension = 'touches'
            THEN element_at(array('0', '1', '2', '3-4', '5-7', '8+'), bucket_order + 1)
            ELSE element_at(array('under 1 day', '1-2 days', '3-4 days', '5-7 days', '8-14 days',
                                  '15-30 days', 'over 30 days', 'first'), bucket_order + 1)
            END AS bucket,
       bucket_order, n,
       CASE WHEN has_answers THEN 'answers' ELSE 'any engagement' END AS replies_are,
       replies, replies / n AS reply_rate, reply_ci_low, reply_ci_high,
       adjusted_reply_rate, adjusted_reply_ci_low, adjusted_reply_ci_high,
       opt_outs, opt_outs / n AS opt_out_rate, opt_out_ci_low, opt_out_ci_high,
       adjusted_opt_out_rate, adjusted_opt_out_ci_low, adjusted_opt_out_ci_high,
       effective_n, coverage, usual_reply_rate, usual_opt_out_rate,
       is_good AND bucket_order = min(CASE WHEN is_good THEN bucket_order END) OVER (
         PARTITION BY channel, segment, dimension) AS is_best
FROM judged
