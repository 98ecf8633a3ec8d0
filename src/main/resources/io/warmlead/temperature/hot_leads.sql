-- hot_leads: leads that are ready for sales, the most probable first.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE tier = 'hot'
ORDER BY probability DESC NULLS LAST, lead_id
