-- warm_windows: one row per segment.
-- For how long after its last inbound engagement a lead is worth nurturing: the upper end of the
-- last silence bucket, counted without a break from the shortest, whose conversion rate is above
-- the cold base rate by more than its 95 % interval. Cold are leads that never engaged or have been
-- silent for longer than the last bucket. Intervals are of effective_n snapshots, as in silence; that
-- of the window is still a little narrow, since one lead may stand in several of its buckets.
--
-- silence: the silence table of the instant, all and by segment
-- customary: segment, days: the nurture windows of the settings; the name as it is written goes before one that differs
-- in case or in the spaces round it, and the longer of two such
WITH buckets AS (
  SELECT value AS segment, bucket_order, to_days, leads, conversions, ci_low,
         coalesce(effective_n, CAST(leads AS DOUBLE)) AS effective_n,
         from_days IS NULL OR to_days IS NULL AS is_cold
  FROM silence
  WHERE dimension IN ('overall', 'segment')
),
cold AS (
  SELECT segment,
         coalesce(sum(leads) FILTER (WHERE is_cold), 0L) AS cold_leads,
         coalesce(sum(conversions) FILTER (WHERE is_cold), 0L) AS cold_conversions
  FROM buckets
  GROUP BY segment
),
rated AS (
  SELECT *, CASE WHEN cold_leads >= :min_leads THEN cold_conversions / cold_leads END AS cold_rate
  FROM cold
),
ended AS (
  SELECT r.segment,
         min(b.bucket_order) FILTER (WHERE b.is_cold OR b.ci_low <= r.cold_rate) AS first_cold
  FROM rated r JOIN buckets b USING (segment)
  GROUP BY r.segment
),
within AS (
  SELECT e.segment, max(b.to_days) AS window_days, coalesce(sum(b.leads), 0L) AS n,
         coalesce(sum(b.conversions), 0L) AS k, sum(b.effective_n) AS effective_n,
         sum(b.effective_n) * sum(b.conversions) / sum(b.leads) AS effective_k
  FROM ended e LEFT JOIN buckets b
    ON b.segment = e.segment AND NOT b.is_cold AND b.bucket_order < e.first_cold
  GROUP BY e.segment
),
named AS (
  SELECT r.segment,
         coalesce(max(c.days) FILTER (WHERE c.segment = r.segment), max(c.days)) AS days
  FROM rated r JOIN customary c ON lower(trim(c.segment)) = lower(trim(r.segment))
  GROUP BY r.segment
)
SELECT r.segment,
       CASE WHEN r.cold_rate IS NOT NULL THEN CAST(coalesce(w.window_days, 0) AS INT) END
         AS window_days,
       coalesce(named.days, :default_days) AS customary_days,
       cold_leads, cold_conversions, cold_rate,
       n AS leads, k AS conversions, CASE WHEN n > 0 THEN k / n END AS rate,
       :wilson_low(effective_k, effective_n) AS ci_low,
       :wilson_high(effective_k, effective_n) AS ci_high,
       CASE WHEN r.cold_rate IS NULL THEN 'too few cold leads to compare with'
            WHEN w.window_days IS NULL THEN 'no silence is seen to convert above the cold base rate'
            ELSE 'measured' END AS verdict
FROM rated r JOIN within w USING (segment) LEFT JOIN named USING (segment)
