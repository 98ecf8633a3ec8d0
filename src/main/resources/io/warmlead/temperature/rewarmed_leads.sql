-- rewarmed_leads: leads that came back after a cold spell or a silence, the most probable first; without a model,
-- those of the highest intent.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE is_rewarmed
ORDER BY probability DESC NULLS LAST, intent_score DESC NULLS LAST, lead_id
