-- cooling_leads: warm and hot leads on their way down, the most probable first; without a model,
-- those of the highest intent.
--
-- trend says so when the log-odds of the probability fell by more than 0.2 in a week.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE tier <> 'cold' AND trend = 'cooling'
ORDER BY probability DESC NULLS LAST, intent_score DESC NULLS LAST, lead_id
