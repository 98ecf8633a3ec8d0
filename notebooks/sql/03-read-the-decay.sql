-- Read the decay: how fast the chance to convert falls, per segment, source, channel and signal.

-- Half-lives of the newest analysis; where the data set no number, `method` says why.
SELECT dimension, value, shape, round(half_life_days, 1) AS half_life_days,
  round(ci_low, 1) AS ci_low, round(ci_high, 1) AS ci_high,
  round(never_converts_share, 3) AS never_converts_share, n, conversions, method
FROM decay_half_lives
WHERE as_of = (SELECT max(as_of) FROM decay_half_lives)
ORDER BY dimension, half_life_days NULLS LAST, value
LIMIT 30;

-- All leads, every ten days: what share has converted by then, and what share is lost; the rest is open.
SELECT CAST(floor(day / 10) * 10 AS INT) AS from_day, round(max(incidence_converted), 4) AS converted,
  round(max_by(incidence_converted_ci_low, day), 4) AS ci_low, round(max_by(incidence_converted_ci_high, day), 4) AS ci_high,
  round(max(incidence_lost), 4) AS lost, repeat('#', CAST(round(200 * max(incidence_converted)) AS INT)) AS bar
FROM decay_curves
WHERE as_of = (SELECT max(as_of) FROM decay_curves) AND dimension = 'overall'
GROUP BY floor(day / 10)
ORDER BY from_day;

-- Silence: the share that still converts after so many days without a sign.
SELECT bucket, leads, conversions, round(rate, 4) AS rate, round(ci_low, 4) AS ci_low,
  round(ci_high, 4) AS ci_high, repeat('#', CAST(round(400 * rate) AS INT)) AS bar
FROM silence
WHERE as_of = (SELECT max(as_of) FROM silence) AND dimension = 'overall'
ORDER BY bucket_order;

-- The same by segment: who forgets fastest?
SELECT value AS segment, bucket, leads, conversions, round(rate, 4) AS rate
FROM silence
WHERE as_of = (SELECT max(as_of) FROM silence) AND dimension = 'segment'
ORDER BY value, bucket_order;

-- What a touch is worth: share of touches followed by a conversion by the end of what was observed, per signal.
SELECT value AS signal, round(max(incidence_converted), 4) AS converted_in_the_end,
  round(max(CASE WHEN day <= 7 THEN incidence_converted END), 4) AS within_7_days, max(at_risk) AS touches
FROM decay_curves
WHERE as_of = (SELECT max(as_of) FROM decay_curves) AND dimension = 'signal'
GROUP BY value
ORDER BY converted_in_the_end DESC, signal;

-- Leads that decay took most from since the scoring before.
SELECT lead_id, segment, round(previous_probability, 4) AS before, round(probability, 4) AS now,
  round(100 * by_decay, 2) AS points_by_decay
FROM score_changes
WHERE score_date = (SELECT max(score_date) FROM score_changes)
ORDER BY by_decay, lead_id
LIMIT 10;
