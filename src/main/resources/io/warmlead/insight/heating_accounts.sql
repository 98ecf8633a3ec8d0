-- heating_accounts: one row per account of which two or more open leads are heating.
--
-- Several people of one organisation who warm up at the same time are a buying sign of their own.
-- What heats them: the signals of their last inbound engagements within the warm window.
--
-- lead_scores: the scores of the newest date
WITH members AS (
  SELECT account_id, lead_id, tier, trend, probability, last_inbound_at, last_inbound_signal,
         trend = 'heating' AS is_heating
  FROM lead_scores
  WHERE account_id IS NOT NULL
)
SELECT account_id,
       count(*) AS leads,
       count_if(is_heating) AS heating,
       count_if(tier = 'warm') AS warm,
       count_if(tier = 'hot') AS hot,
       -- At least one of the leads, if they decided independently.
       round(1 - exp(sum(ln(1 - probability))), 9) AS any_converts,
       array_sort(collect_set(
           CASE WHEN is_heating AND last_inbound_at >= :as_of - make_dt_interval(:warm_days)
                THEN last_inbound_signal END)) AS heating_signals,
       max(last_inbound_at) AS last_inbound_at
FROM members
GROUP BY account_id
HAVING count_if(is_heating) >= 2
