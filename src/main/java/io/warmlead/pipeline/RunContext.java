package io.warmlead.pipeline;

import io.warmlead.config.Settings;
import io.warmlead.lake.Artefacts;
import io.warmlead.lake.Lake;
import java.time.Clock;

/**
 * What every stage of one run shares.
 *
 * @param clock for run times only; no result depends on it
 */
public record RunContext(
    String runId,
    Lake lake,
    Artefacts artefacts,
    Settings settings,
    Clock clock,
    Progress progress) {}
