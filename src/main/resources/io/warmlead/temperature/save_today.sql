-- save_today: warm and hot leads that lose probability if they stay silent for another seven days,
-- those that lose most first; not those that a touch would harm today.
--
-- lead_scores: the scores of one night, lead_scores_current for the newest.
SELECT *
FROM lead_scores
WHERE tier <> 'cold' AND coalesce(probability_at_risk > 0, false) AND coalesce(next_action, '') <> 'wait'
ORDER BY probability_at_risk DESC NULLS LAST, lead_id
