-- handoffs: leads that are qualified for marketing (MQL) or sales (SQL), the most probable first; without a model,
-- those of the highest intent.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE coalesce(handoff_stage IN ('MQL', 'SQL'), false)
ORDER BY probability DESC NULLS LAST, intent_score DESC NULLS LAST, lead_id
