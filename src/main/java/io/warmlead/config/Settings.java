package io.warmlead.config;

/**
 * Everything the operator chose, validated.
 *
 * @param digest sha-256 of all effective settings but where the lake and the key of erasures lie
 */
public record Settings(
    InputSettings engagements,
    InputSettings leads,
    InputSettings outcomes,
    SignalSettings signals,
    ConversionSettings conversion,
    TemperatureSettings temperature,
    HandoffSettings handoff,
    NurtureSettings nurture,
    ModelSettings model,
    DecaySettings decay,
    InsightSettings insight,
    QualitySettings quality,
    ReportSettings report,
    LakeSettings lake,
    RunSettings run,
    EraseSettings erase,
    String digest) {}
