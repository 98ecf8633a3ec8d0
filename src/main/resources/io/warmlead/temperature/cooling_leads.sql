-- cooling_leads: warm and hot leads on their way down, the most probable first.
--
-- trend says so when the log-odds of the probability fell by more than 0.2 in a week.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE tier <> 'cold' AND trend = 'cooling'
ORDER BY probability DESC NULLS LAST, lead_id
