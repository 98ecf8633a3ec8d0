package io.warmlead.simulate;

import java.util.Optional;

/** Where leads come from, what they do first, and how well they convert, all else equal. */
enum LeadSource {
  WEBINAR("webinar", 0.16, 1.0, 1.0, Activity.WEBINAR_ATTENDED),
  REFERRAL("referral", 0.08, 1.1, 2.2, Activity.REFERRAL),
  PAID_SEARCH("paid search", 0.22, 0.9, 0.7, Activity.AD_CLICK),
  ORGANIC("organic", 0.24, 1.1, 1.0, Activity.FORM_SUBMIT),
  OUTBOUND_LIST("outbound list", 0.15, 0.15, 0.6, null),
  EVENT("event", 0.10, 0.8, 1.1, Activity.EVENT_ATTENDED),
  PARTNER("partner", 0.05, 1.0, 1.3, Activity.NEWSLETTER_SIGNUP);

  /** Name in the company's CRM. */
  final String label;

  /** Share of leads, 0 to 1. */
  final double share;

  /** Multiplies the project with which the lead arrives. */
  final double projectFactor;

  /** Multiplies the conversion hazard. */
  final double hazardFactor;

  private final Activity first;

  LeadSource(
      String label, double share, double projectFactor, double hazardFactor, Activity first) {
    this.label = label;
    this.share = share;
    this.projectFactor = projectFactor;
    this.hazardFactor = hazardFactor;
    this.first = first;
  }

  /** What the lead did when it was created; empty for bought addresses. */
  Optional<Activity> firstActivity() {
    return Optional.ofNullable(first);
  }

  static LeadSource at(double quantile) {
    double rest = quantile;
    for (LeadSource source : values()) {
      rest -= source.share;
      if (rest < 0) {
        return source;
      }
    }
    return ORGANIC;
  }
}
