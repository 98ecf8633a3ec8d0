-- What a lead did on one day, per signal, channel, direction and day of arrival, from the engagements.
--
-- Written for DuckDB from the comments of the tables, to check the job and to race it. A name in braces is filled in.

SELECT
  lead_id,
  signal,
  channel,
  family,
  direction,
  intent,
  (occurred_at AT TIME ZONE '{zone}')::DATE AS day,
  (known_at AT TIME ZONE '{zone}')::DATE AS arrived_day,
  count(*) AS events,
  min(occurred_at) AS first_at,
  max(occurred_at) AS last_at,
  coalesce(sum(value), 0) AS value,
  count(*) FILTER (
    hour(occurred_at AT TIME ZONE '{zone}') >= {office_opens}
    AND hour(occurred_at AT TIME ZONE '{zone}') < {office_closes}
    AND isodow(occurred_at AT TIME ZONE '{zone}') IN ({office_days})
  ) AS business_events
FROM engagements
GROUP BY ALL
