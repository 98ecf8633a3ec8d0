-- Tune the tiers: who is hot and warm by which rule, and what other cut-offs would do.

-- Which rule of the policy decided.
SELECT tier, tier_reason, count(*) AS leads, round(avg(probability), 4) AS mean_probability
FROM lead_scores_current
GROUP BY tier, tier_reason
ORDER BY mean_probability DESC, tier, tier_reason;

-- The thresholds chosen for the tiers, frozen with the model: the middle between entering a tier and leaving it.
SELECT version, status, round(thresholds.hot, 4) AS hot_around, round(thresholds.warm, 4) AS warm_around
FROM models
WHERE status = 'champion'
ORDER BY version;

-- What another cut-off would do: leads above it, conversions expected among them, and their share of all.
SELECT cut_off, count_if(probability >= cut_off) AS leads_above,
  round(sum(CASE WHEN probability >= cut_off THEN probability ELSE 0 END), 1) AS expected_conversions,
  round(sum(CASE WHEN probability >= cut_off THEN probability ELSE 0 END) / sum(probability), 3) AS share_of_all
FROM lead_scores_current
  LATERAL VIEW explode(array(0.005D, 0.01D, 0.02D, 0.05D, 0.1D, 0.2D)) cuts AS cut_off
WHERE probability IS NOT NULL
GROUP BY cut_off
ORDER BY cut_off;

-- Did hot leads convert as hot leads should? Once a date's horizon has passed.
SELECT score_date, tier, leads, round(expected, 1) AS promised, observed AS came, kept,
  round(observed_rate, 4) AS observed_rate, round(ci_low, 4) AS ci_low, round(ci_high, 4) AS ci_high
FROM tier_quality
WHERE segment = 'all'
ORDER BY score_date DESC, tier
LIMIT 12;

-- The same before any horizon has passed: the model's dates of test.
SELECT metric, round(value, 4) AS value, round(ci_low, 4) AS ci_low, round(ci_high, 4) AS ci_high, n
FROM model_metrics
WHERE split = 'test' AND segment = 'all'
  AND (metric LIKE 'expected_rate_%' OR metric LIKE 'observed_rate_%')
  AND version = (SELECT max(version) FROM models WHERE status = 'champion')
ORDER BY metric;

-- Flapping: leads that changed their tier more than once in the last 30 days.
SELECT changes, count(*) AS leads
FROM (
  SELECT lead_id, count(*) AS changes
  FROM tier_transitions
  WHERE kind IN ('heated', 'cooled', 'rewarmed')
    AND score_date > (SELECT max(score_date) FROM tier_transitions) - INTERVAL 30 DAYS
  GROUP BY lead_id
)
GROUP BY changes
ORDER BY changes;

-- Tiers by segment: is one cut-off fair to all?
SELECT segment, count(*) AS leads, round(count_if(tier = 'hot') / count(*), 3) AS hot_share,
  round(count_if(tier = 'warm') / count(*), 3) AS warm_share
FROM lead_scores_current
GROUP BY segment
ORDER BY leads DESC, segment;
