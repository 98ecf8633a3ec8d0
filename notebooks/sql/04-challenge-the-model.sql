-- Challenge the model: is it better than rules of thumb, honest, and the same as it was?

-- Versions, newest first; a refused one says why.
SELECT version, status, family, trained_as_of, snapshots, converting_leads,
  round(metrics['auc'], 4) AS auc, round(metrics['log_loss'], 4) AS log_loss, refused_because
FROM models
ORDER BY trained_as_of DESC, version DESC
LIMIT 10;

-- On dates after those it learned from, against two scores that need no model.
SELECT metric, round(value, 4) AS value, round(ci_low, 4) AS ci_low, round(ci_high, 4) AS ci_high, n
FROM model_metrics
WHERE split = 'test' AND segment = 'all'
  AND version = (SELECT max(version) FROM models WHERE status = 'champion')
  AND (metric LIKE 'auc%' OR metric LIKE 'lift_at_10%' OR metric LIKE 'capture_at_10%')
ORDER BY metric;

-- Calibration: does what it calls 5 % happen in 5 of 100 cases?
SELECT segment, metric, round(value, 4) AS value, n
FROM model_metrics
WHERE split = 'test' AND version = (SELECT max(version) FROM models WHERE status = 'champion')
  AND metric IN ('base_rate', 'calibration_intercept', 'calibration_slope', 'ece')
ORDER BY segment, metric;

-- Columns that were left out because they seem to know the outcome, with the evidence.
SELECT version, left_out.feature, left_out.evidence
FROM models LATERAL VIEW explode(excluded) exploded AS left_out
ORDER BY version DESC, left_out.feature;

-- What drives the scores of tonight.
SELECT reason.feature, count(*) AS leads, round(avg(abs(reason.contribution)), 3) AS mean_effect,
  round(max(reason.contribution), 2) AS raises_at_most, round(min(reason.contribution), 2) AS lowers_at_most
FROM lead_scores_current LATERAL VIEW explode(reasons) exploded AS reason
WHERE reason.value IS NOT NULL
GROUP BY reason.feature
ORDER BY sum(abs(reason.contribution)) DESC, reason.feature
LIMIT 15;

-- Do the reasons add up to the probability? The largest gap on the log-odds scale.
SELECT count(*) AS leads,
  max(abs(aggregate(reasons, 0D, (total, reason) -> total + reason.contribution)
    - ln(probability / (1 - probability)))) AS largest_gap
FROM lead_scores_current
WHERE probability IS NOT NULL;

-- Where champion and challenger disagree most.
SELECT s.lead_id, round(s.probability, 4) AS champion, round(c.probability, 4) AS challenger
FROM lead_scores s
  JOIN challenger_scores c ON c.lead_id = s.lead_id AND c.score_date = s.score_date
WHERE s.score_date = (SELECT max(score_date) FROM challenger_scores)
ORDER BY abs(s.probability - c.probability) DESC, s.lead_id
LIMIT 10;

-- What has moved since the model took over.
SELECT score_date, kind, name, state, round(value, 4) AS value, round(noise, 4) AS noise
FROM drift
WHERE score_date = (SELECT max(score_date) FROM drift)
ORDER BY CASE state WHEN 'steady' THEN 1 ELSE 0 END, abs(value) DESC, kind, name
LIMIT 15;
