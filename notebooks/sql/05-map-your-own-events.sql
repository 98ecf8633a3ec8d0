-- Map your own events: what is not mapped yet, what it might mean, and what was refused.

-- How much of the log the catalogue knows.
SELECT is_mapped, count(*) AS engagements, count(DISTINCT event) AS events, count(DISTINCT lead_id) AS leads
FROM engagements
GROUP BY is_mapped
ORDER BY is_mapped DESC;

-- Events that nothing maps: they count with low intent, under their raw name.
SELECT event, channel, direction, count(*) AS engagements, count(DISTINCT lead_id) AS leads,
  min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
FROM engagements
WHERE NOT is_mapped
GROUP BY event, channel, direction
ORDER BY engagements DESC, event, channel, direction
LIMIT 30;

-- What each raw event became.
SELECT event, signal, family, direction, intent, count(*) AS engagements
FROM engagements
GROUP BY event, signal, family, direction, intent
ORDER BY signal, engagements DESC, event
LIMIT 60;

-- Leads that had an event, and how many of them converted after it: a hint at its intent, not a proof.
WITH first_touch AS (
  SELECT lead_id, event, min(occurred_at) AS at FROM engagements GROUP BY lead_id, event
), conversion AS (
  SELECT lead_id, min(occurred_at) AS at FROM outcomes WHERE is_conversion GROUP BY lead_id
)
SELECT t.event, count(*) AS leads, count_if(c.at > t.at) AS converted_later,
  round(count_if(c.at > t.at) / count(*), 4) AS share
FROM first_touch t LEFT JOIN conversion c ON c.lead_id = t.lead_id
GROUP BY t.event
ORDER BY share DESC, t.event;

-- Rows that were refused, and why.
SELECT input, reason, count(*) AS rows
FROM rejects LATERAL VIEW explode(reasons) exploded AS reason
GROUP BY input, reason
ORDER BY rows DESC, input, reason;

-- Engagements that wait for their lead.
SELECT e.event, count(*) AS engagements, count(DISTINCT e.lead_id) AS leads
FROM engagements e LEFT ANTI JOIN leads l ON l.lead_id = e.lead_id
GROUP BY e.event
ORDER BY engagements DESC, e.event
LIMIT 10;
