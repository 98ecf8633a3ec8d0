package io.warmlead.feature;

import java.util.Map;

/** What a lead did, in the past tense, for every signal of the catalogue, and where. */
final class SignalWords {
  private static final Map<String, String> DONE =
      Map.ofEntries(
          Map.entry("page_view", "visited the site"),
          Map.entry("pricing_view", "viewed pricing"),
          Map.entry("form_submit", "filled in a form"),
          Map.entry("signup", "signed up"),
          Map.entry("demo_request", "requested a demo"),
          Map.entry("quote_request", "requested a quote"),
          Map.entry("content_download", "downloaded content"),
          Map.entry("case_study_download", "downloaded a case study"),
          Map.entry("newsletter_signup", "subscribed to the newsletter"),
          Map.entry("email_open", "opened an e-mail"),
          Map.entry("email_click", "clicked in an e-mail"),
          Map.entry("email_reply", "replied to an e-mail"),
          Map.entry("webinar_attended", "attended a webinar"),
          Map.entry("event_attended", "attended an event"),
          Map.entry("social_engagement", "reacted on social media"),
          Map.entry("ad_click", "clicked an ad"),
          Map.entry("referral", "received a referral"),
          Map.entry("product_use", "used the product"),
          Map.entry("outreach_sent", "received our outreach"),
          Map.entry("outreach_reply", "replied to our outreach"),
          Map.entry("call", "received a call"),
          Map.entry("meeting", "attended a meeting"),
          Map.entry("unsubscribe", "unsubscribed"),
          Map.entry("bounce", "bounced an e-mail"));

  private static final Map<String, String> WHERE =
      Map.of(
          "content", "with content",
          "referral", "by referral",
          "event", "with events",
          "outreach", "with our outreach",
          "email", "with e-mails",
          "social", "on social media",
          "ad", "with ads",
          "site", "on the site",
          "product", "with the product");

  private SignalWords() {}

  /** For example {@code viewed pricing}; raw names that nobody mapped are quoted. */
  static String done(String signal) {
    return DONE.getOrDefault(signal, "had \"" + signal + "\"");
  }

  /** Where a lead engaged, for every family of the catalogue; the others are of unmapped events. */
  static String where(String family) {
    return WHERE.getOrDefault(family, "in other ways");
  }
}
