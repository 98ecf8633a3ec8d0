-- handoffs: leads that are qualified for marketing (MQL) or sales (SQL), the most probable first.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE coalesce(handoff_stage IN ('MQL', 'SQL'), false)
ORDER BY probability DESC NULLS LAST, lead_id
