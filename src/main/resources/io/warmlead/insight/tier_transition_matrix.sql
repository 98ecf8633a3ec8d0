-- tier_transition_matrix: one row per week, segment, tier before and tier after.
--
-- Where the leads of a tier at the beginning of a week stood at its end. A scoring of Monday
-- midnight tells how Sunday ended, so it ends the week before. Who is scored no more was converted
-- or closed; who was not scored before is new. Beside it, how often a change of tier was taken back
-- within 7 days (flapping), counted over all scorings of the week and only for changes that are at
-- least 7 days old.
--
-- weeks: week, from_date, to_date: the scorings that begin and end a week
-- lead_scores: the scores of these dates; tier_transitions, outcomes: as stored
WITH began AS (
  SELECT w.week, s.lead_id, coalesce(s.segment, 'unknown') AS segment, s.tier, s.policy_version,
         s.scored_as_of
  FROM weeks w JOIN lead_scores s ON s.score_date = w.from_date
),
ended AS (
  SELECT w.week, s.lead_id, coalesce(s.segment, 'unknown') AS segment, s.tier, s.policy_version
  FROM weeks w JOIN lead_scores s ON s.score_date = w.to_date
),
-- A conversion and a loss at the same instant are a conversion.
closings AS (
  SELECT b.week, b.lead_id,
         max_by(o.is_conversion,
                struct(-unix_micros(o.occurred_at) AS earliest, o.is_conversion)) AS is_conversion
  FROM began b JOIN outcomes o
    ON o.lead_id = b.lead_id AND o.occurred_at >= b.scored_as_of
  WHERE o.closes AND o.occurred_at < :as_of
  GROUP BY b.week, b.lead_id
),
moves AS (
  SELECT week,
         coalesce(b.segment, e.segment) AS segment,
         coalesce(b.tier, 'new') AS from_tier,
         CASE WHEN e.tier IS NOT NULL THEN e.tier
              WHEN c.is_conversion THEN 'converted'
              ELSE 'closed' END AS to_tier,
         count(*) AS leads,
         0L AS changes,
         0L AS changed_back,
         bool_or(coalesce(b.policy_version <> e.policy_version, false)) AS has_new_policy
  FROM began b FULL OUTER JOIN ended e USING (week, lead_id)
       LEFT JOIN closings c USING (week, lead_id)
  GROUP BY ALL
),
changes AS (
  SELECT lead_id, score_date, coalesce(segment, 'unknown') AS segment, from_tier, to_tier,
         CAST(date_trunc('WEEK', date_sub(score_date, 1)) AS DATE) AS week
  FROM tier_transitions
  WHERE kind IN ('heated', 'cooled', 'rewarmed') AND score_date <= :as_of_date
),
settled AS (
  SELECT c.week, c.lead_id, c.score_date, c.segment, c.from_tier, c.to_tier,
         bool_or(back.lead_id IS NOT NULL) AS is_taken_back
  FROM changes c LEFT JOIN changes back
    ON back.lead_id = c.lead_id AND back.from_tier = c.to_tier AND back.to_tier = c.from_tier
       AND back.score_date > c.score_date AND back.score_date <= date_add(c.score_date, 7)
  WHERE date_add(c.score_date, 7) <= :as_of_date
  GROUP BY ALL
),
flaps AS (
  SELECT s.week, s.segment, s.from_tier, s.to_tier,
         0L AS leads,
         count(*) AS changes,
         count_if(s.is_taken_back) AS changed_back,
         false AS has_new_policy
  FROM settled s LEFT SEMI JOIN weeks w ON w.week = s.week
  GROUP BY s.week, s.segment, s.from_tier, s.to_tier
),
counted AS (
  SELECT week, segment, from_tier, to_tier,
         sum(leads) AS leads, sum(changes) AS changes, sum(changed_back) AS changed_back,
         bool_or(has_new_policy) AS has_new_policy
  FROM (SELECT week, explode(array(segment, 'all')) AS segment, from_tier, to_tier, leads, changes,
               changed_back, has_new_policy
        FROM (SELECT * FROM moves UNION ALL SELECT * FROM flaps))
  GROUP BY week, segment, from_tier, to_tier
),
shared AS (
  SELECT *,
         sum(leads) OVER (PARTITION BY week, segment, from_tier) AS n,
         max(has_new_policy) OVER (PARTITION BY week) AS is_policy_changed
  FROM counted
)
SELECT week, segment, from_tier, to_tier, w.from_date, w.to_date, leads, n,
       CASE WHEN n > 0 THEN leads / n END AS share,
       :wilson_low(leads, n) AS ci_low,
       :wilson_high(leads, n) AS ci_high,
       changes, changed_back,
       CASE WHEN changes > 0 THEN changed_back / changes END AS flap_rate,
       :wilson_low(changed_back, changes) AS flap_ci_low,
       :wilson_high(changed_back, changes) AS flap_ci_high,
       is_policy_changed,
       date_add(week, 7) <= :as_of_date AS is_mature
FROM shared JOIN weeks w USING (week)
