-- Every feature of every open lead at an instant that is a midnight: one row per lead, one column per feature.
--
-- Written for DuckDB from the definitions in words (concepts.md, the phrases of the features, the comments of the tables)
-- and not from the job's own expressions: it checks the job as well as it races it. A name in braces is filled in; what
-- stands between `for each` and `end` is repeated for each signal, family, channel or attribute that has features.
--
-- Windows are whole days before the instant's day. Sums of fractions are counted in units of 2^-30, each term rounded. The
-- age of what never happened is 3650 days.

WITH known AS (
  SELECT
    *,
    direction IN ('inbound', 'unknown') AS is_inbound,
    DATE '{as_of_day}' - day AS days_ago,
    ({as_of_micros} - epoch_us(first_at)) / 86400e6 AS age_of_first,
    ({as_of_micros} - epoch_us(last_at)) / 86400e6 AS age_of_last
  FROM daily_activity
  WHERE arrived_day < DATE '{as_of_day}'
  -- for each excluded signal
    AND signal <> '{signal}'
  -- end
),

-- Grouped twice: a lead has many days but few kinds of engagement, and there are many features of each kind. DuckDB takes
-- CASE faster than FILTER, and sums of whole numbers faster as DOUBLE, where these are exact.
kinds AS (
  SELECT
    lead_id,
    signal,
    channel,
    family,
    direction,
    intent,
    is_inbound,
    sum(events)::DOUBLE AS events,
    sum(CASE WHEN days_ago <= 1 THEN events END)::DOUBLE AS events_1d,
    sum(CASE WHEN days_ago <= 7 THEN events END)::DOUBLE AS events_7d,
    sum(CASE WHEN days_ago <= 30 THEN events END)::DOUBLE AS events_30d,
    sum(CASE WHEN days_ago <= 90 THEN events END)::DOUBLE AS events_90d,
    sum(CASE WHEN days_ago <= 90 AND isodow(day) >= 6 THEN events END)::DOUBLE AS weekend_90d,
    sum(CASE WHEN days_ago <= 90 THEN business_events END)::DOUBLE AS business_90d,
    sum((events * exp(age_of_last * (-ln(2) / 3)) * 1073741824)::BIGINT)::DOUBLE AS decayed_3d,
    sum((events * exp(age_of_last * (-ln(2) / 14)) * 1073741824)::BIGINT)::DOUBLE AS decayed_14d,
    sum((events * exp(age_of_last * (-ln(2) / 30)) * 1073741824)::BIGINT)::DOUBLE AS decayed_30d,
    sum((events * exp(age_of_last * (-ln(2) / 60)) * 1073741824)::BIGINT)::DOUBLE AS decayed_60d,
    max(age_of_first) AS age_of_first,
    min(age_of_last) AS age_of_last,
    bit_or(CASE WHEN days_ago <= 60 THEN 1::BIGINT << days_ago END) AS active_days,
    bit_or(CASE WHEN days_ago // 7 <= 60 THEN 1::BIGINT << (days_ago // 7) END) AS active_weeks,
    sum(value) AS value,
    sum(CASE WHEN days_ago <= 90 THEN value END) AS value_90d
  FROM known
  GROUP BY ALL
),

numbered AS (
  SELECT
    *,
    CASE signal
      -- for each signal
      WHEN '{signal}' THEN 1::BIGINT << {index}
      -- end
      ELSE 0
    END AS signal_bit,
    CASE family
      -- for each family
      WHEN '{family}' THEN 1::BIGINT << {index}
      -- end
      ELSE 0
    END AS family_bit,
    CASE channel
      -- for each channel
      WHEN '{channel}' THEN 1::BIGINT << {index}
      -- end
      ELSE 0
    END AS channel_bit
  FROM kinds
),

sums AS (
  SELECT
    sum(CASE WHEN is_inbound THEN events_1d END) AS engagements_1d,
    sum(CASE WHEN is_inbound THEN events_7d END) AS engagements_7d,
    sum(CASE WHEN is_inbound THEN events_30d END) AS engagements_30d,
    sum(CASE WHEN is_inbound THEN events_90d END) AS engagements_90d,
    sum(CASE WHEN is_inbound THEN events END) AS engagements_total,
    sum(CASE WHEN is_inbound THEN decayed_3d END) AS decayed_engagements_3d,
    sum(CASE WHEN is_inbound THEN decayed_14d END) AS decayed_engagements_14d,
    sum(CASE WHEN is_inbound THEN decayed_60d END) AS decayed_engagements_60d,
    least(min(CASE WHEN is_inbound THEN age_of_last END), 3650) AS last_engagement,
    least(max(CASE WHEN is_inbound THEN age_of_first END), 3650) AS first_engagement,
    bit_count(bit_or(CASE WHEN is_inbound THEN active_days END)) AS active_days_60d,
    bit_count(bit_or(CASE WHEN is_inbound THEN active_weeks END)) AS active_weeks_60w,
    bit_count(bit_or(CASE WHEN is_inbound AND events_90d > 0 THEN signal_bit END)) AS distinct_signals_90d,
    bit_count(bit_or(CASE WHEN is_inbound AND events_90d > 0 THEN channel_bit END)) AS distinct_channels_90d,
    bit_count(bit_or(CASE WHEN is_inbound AND events_90d > 0 THEN family_bit END)) AS distinct_familys_90d,
    sum(CASE WHEN is_inbound THEN weekend_90d END) AS weekend_90d,
    sum(CASE WHEN is_inbound THEN business_90d END) AS business_90d,
    sum(CASE WHEN direction = 'outbound' THEN events_7d END) AS touches_7d,
    sum(CASE WHEN direction = 'outbound' THEN events_30d END) AS touches_30d,
    sum(CASE WHEN direction = 'outbound' THEN events_90d END) AS touches_90d,
    sum(CASE WHEN direction = 'outbound' THEN decayed_14d END) AS decayed_touches_14d,
    least(min(CASE WHEN direction = 'outbound' THEN age_of_last END), 3650) AS last_touch,
    sum(CASE WHEN direction = 'negative' THEN events END) AS opt_outs_total,
    sum(CASE WHEN is_inbound AND intent = 'high' THEN events_30d END) AS high_intent_30d,
    sum(CASE WHEN is_inbound AND intent = 'medium' THEN events_30d END) AS medium_intent_30d,
    least(min(CASE WHEN is_inbound AND intent = 'high' THEN age_of_last END), 3650) AS last_high_intent,
    -- for each signal
    sum(CASE WHEN signal = '{signal}' THEN events_7d END) AS "events_7d__{signal}",
    sum(CASE WHEN signal = '{signal}' THEN events_90d END) AS "events_90d__{signal}",
    sum(CASE WHEN signal = '{signal}' THEN decayed_14d END) AS "decayed_14d__{signal}",
    least(min(CASE WHEN signal = '{signal}' THEN age_of_last END), 3650) AS "days_since__{signal}",
    -- end
    -- for each family
    sum(CASE WHEN is_inbound AND family = '{family}' THEN events_7d END) AS "events_7d__family_{family}",
    sum(CASE WHEN is_inbound AND family = '{family}' THEN events_90d END) AS "events_90d__family_{family}",
    sum(CASE WHEN is_inbound AND family = '{family}' THEN decayed_30d END) AS "decayed_30d__family_{family}",
    -- end
    -- for each channel
    sum(CASE WHEN is_inbound AND channel = '{channel}' THEN events_90d END) AS "events_90d__channel_{channel}",
    sum(CASE WHEN is_inbound AND channel = '{channel}' THEN decayed_14d END) AS "decayed_14d__channel_{channel}",
    -- end
    sum(value) AS value_total,
    sum(value_90d) AS value_90d,
    lead_id
  FROM numbered
  GROUP BY lead_id
),

-- In the version that was valid just before the instant, and not closed before it.
open_leads AS (
  SELECT *
  FROM leads
  WHERE epoch_us(created_at) < {as_of_micros}
    AND epoch_us(coalesce(counts_from, valid_from)) < {as_of_micros}
    AND (valid_to IS NULL OR epoch_us(valid_to) >= {as_of_micros})
    AND lead_id NOT IN (SELECT lead_id FROM outcomes WHERE closes AND epoch_us(occurred_at) < {as_of_micros})
),

described AS (
  SELECT
    -- for each number
    CASE WHEN abs(try_cast({text} AS DOUBLE)) <= 1e12 THEN try_cast({text} AS DOUBLE) END AS "number {attribute}",
    -- end
    -- for each category
    CASE WHEN {text} IS NULL THEN 'missing' WHEN {text} IN ({levels}) THEN {text} ELSE 'other' END AS "level {attribute}",
    -- end
    lead_id,
    ({as_of_micros} - epoch_us(created_at)) / 86400e6 AS tenure_days,
    referrer_id
  FROM open_leads
)

SELECT
  coalesce(engagements_1d, 0) AS engagements_1d,
  coalesce(engagements_7d, 0) AS engagements_7d,
  coalesce(engagements_30d, 0) AS engagements_30d,
  coalesce(engagements_90d, 0) AS engagements_90d,
  coalesce(engagements_total, 0) AS engagements_total,
  coalesce(decayed_engagements_3d, 0) / 1073741824e0 AS decayed_engagements_3d,
  coalesce(decayed_engagements_14d, 0) / 1073741824e0 AS decayed_engagements_14d,
  coalesce(decayed_engagements_60d, 0) / 1073741824e0 AS decayed_engagements_60d,
  coalesce(last_engagement, 3650) AS days_since_last_engagement,
  coalesce(first_engagement, 3650) AS days_since_first_engagement,
  coalesce(engagements_total, 0) > 0 AS has_engaged,
  -- Between the first and the last engagement there is a gap less than there are engagements.
  (coalesce(first_engagement, 3650) - coalesce(last_engagement, 3650))
    / greatest(coalesce(engagements_total, 0) - 1, 1) AS mean_gap_days,
  coalesce(last_engagement, 3650)
    / (1 + (coalesce(first_engagement, 3650) - coalesce(last_engagement, 3650))
      / greatest(coalesce(engagements_total, 0) - 1, 1)) AS silence_in_gaps,
  coalesce(active_days_60d, 0) AS active_days_60d,
  coalesce(active_weeks_60w, 0) AS active_weeks_60w,
  -- Engagements a day in the short window against the long one, half an engagement added to both.
  ln((coalesce(engagements_7d, 0) + 0.5e0) / 7 / ((coalesce(engagements_30d, 0) + 0.5e0) / 30)) AS trend_7d_30d,
  ln((coalesce(engagements_30d, 0) + 0.5e0) / 30 / ((coalesce(engagements_90d, 0) + 0.5e0) / 90)) AS trend_30d_90d,
  coalesce(distinct_signals_90d, 0) AS distinct_signals_90d,
  coalesce(distinct_channels_90d, 0) AS distinct_channels_90d,
  coalesce(distinct_familys_90d, 0) AS distinct_familys_90d,
  CASE WHEN engagements_90d > 0 THEN coalesce(weekend_90d, 0) / engagements_90d ELSE 0 END AS weekend_share_90d,
  CASE WHEN engagements_90d > 0 THEN coalesce(business_90d, 0) / engagements_90d ELSE 0 END AS business_hours_share_90d,
  coalesce(touches_7d, 0) AS touches_7d,
  coalesce(touches_30d, 0) AS touches_30d,
  coalesce(touches_90d, 0) AS touches_90d,
  coalesce(decayed_touches_14d, 0) / 1073741824e0 AS decayed_touches_14d,
  coalesce(last_touch, 3650) AS days_since_last_touch,
  coalesce(opt_outs_total, 0) AS opt_outs_total,
  coalesce(high_intent_30d, 0) AS high_intent_30d,
  coalesce(medium_intent_30d, 0) AS medium_intent_30d,
  coalesce(last_high_intent, 3650) AS days_since_high_intent,
  -- for each signal
  coalesce("events_7d__{signal}", 0) AS "events_7d__{signal}",
  coalesce("events_90d__{signal}", 0) AS "events_90d__{signal}",
  coalesce("decayed_14d__{signal}", 0) / 1073741824e0 AS "decayed_14d__{signal}",
  coalesce("days_since__{signal}", 3650) AS "days_since__{signal}",
  -- end
  -- for each family
  coalesce("events_7d__family_{family}", 0) AS "events_7d__family_{family}",
  coalesce("events_90d__family_{family}", 0) AS "events_90d__family_{family}",
  coalesce("decayed_30d__family_{family}", 0) / 1073741824e0 AS "decayed_30d__family_{family}",
  -- end
  -- for each channel
  coalesce("events_90d__channel_{channel}", 0) AS "events_90d__channel_{channel}",
  coalesce("decayed_14d__channel_{channel}", 0) / 1073741824e0 AS "decayed_14d__channel_{channel}",
  -- end
  coalesce(value_total, 0) AS value_total,
  coalesce(value_90d, 0) AS value_90d,
  tenure_days,
  referrer_id IS NOT NULL AS is_referred,
  -- for each number
  coalesce("number {attribute}", 0) AS "{attribute}",
  "number {attribute}" IS NULL AS "{attribute}_is_missing",
  -- end
  -- for each level
  "level {attribute}" = '{level}' AS "{attribute}={level}",
  -- end
  lead_id
FROM described LEFT JOIN sums USING (lead_id)
