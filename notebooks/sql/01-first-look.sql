-- First look: tables and views. Run one by one: scripts/warmlead sql "SELECT ..." --lake LAKE

-- What has run, newest first: a night is published by its row with stage `run`.
SELECT run_id, command, score_date, status,
  round((unix_micros(finished_at) - unix_micros(started_at)) / 60e6, 1) AS minutes, message
FROM runs
WHERE stage = 'run'
ORDER BY started_at DESC, run_id DESC
LIMIT 10;

-- Every file that was read, and what became of its rows.
SELECT input, count(*) AS files, sum(rows_in) AS rows_in, sum(accepted) AS accepted,
  sum(duplicates) AS duplicates, sum(rejected) AS rejected, sum(ignored) AS ignored
FROM ingested_files
GROUP BY input
ORDER BY input;

-- The newest published night: leads, mean probability and conversions to expect, per tier.
SELECT tier, count(*) AS leads, round(avg(probability), 4) AS mean_probability,
  round(sum(probability), 1) AS expected_conversions
FROM lead_scores_current
GROUP BY tier
ORDER BY mean_probability DESC;

-- The hottest leads.
SELECT lead_id, segment, owner, round(probability, 4) AS probability,
  round(temperature, 1) AS temperature, tier_since, trend, last_inbound_signal
FROM hot_leads
ORDER BY probability DESC, lead_id
LIMIT 10;

-- Why the hottest lead is hot: contributions on the log-odds scale, the largest first.
WITH hottest AS (
  SELECT lead_id, reasons FROM hot_leads ORDER BY probability DESC, lead_id LIMIT 1
)
SELECT lead_id, reason.feature, reason.value, round(reason.contribution, 3) AS contribution,
  reason.text
FROM hottest LATERAL VIEW explode(reasons) exploded AS reason
ORDER BY abs(reason.contribution) DESC, reason.feature;

-- Who moved between tiers on the newest night, and what set it off.
SELECT kind, from_tier, to_tier, trigger_signal, count(*) AS leads
FROM tier_transitions
WHERE score_date = (SELECT max(score_date) FROM lead_scores_current)
GROUP BY kind, from_tier, to_tier, trigger_signal
ORDER BY leads DESC, kind, from_tier, to_tier, trigger_signal
LIMIT 15;

-- What changed probabilities since the scoring before: the parts add up to the change.
SELECT score_date, count(*) AS leads, round(sum(delta), 3) AS delta,
  round(sum(by_corrections), 3) AS corrections, round(sum(by_decay), 3) AS decay,
  round(sum(by_attributes), 3) AS attributes, round(sum(by_new_events), 3) AS new_events,
  round(sum(by_model), 3) AS model
FROM score_changes
GROUP BY score_date
ORDER BY score_date DESC
LIMIT 10;
