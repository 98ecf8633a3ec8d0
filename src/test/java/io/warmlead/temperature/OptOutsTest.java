package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.SettingsLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What takes an unsubscribe or a bounce back, from engagements. */
final class OptOutsTest {
  private static final Behaviour BEHAVIOUR =
      Behaviour.of(SettingsLoader.load(List.of(), List.of()), List.of(), Map.of());

  private final EngagedLeads leads = new EngagedLeads();

  @Test
  void anUnsubscribeStandsUntilTheLeadAsksForUs() {
    after("looked at the confirmation", "unsubscribe", "page_view", "site", "inbound", "low");
    after("mail was opened", "unsubscribe", "email_open", "email", "inbound", "low");
    after("read on", "unsubscribe", "content_download", "content", "inbound", "medium");
    after("did something", "unsubscribe", "Whatever", "unmapped", "unknown", "low");
    after("was called", "unsubscribe", "call", "outreach", "outbound", "low");
    after("was asked for", "unsubscribe", "demo", "outreach", "outbound", "high");
    after("asked for a demo", "unsubscribe", "demo_request", "site", "inbound", "high");
    after("signed up again", "unsubscribe", "newsletter_signup", "content", "inbound", "low");
    after("answered", "unsubscribe", "outreach_reply", "outreach", "inbound", "medium");
    after("complained and looked", "Spam Report", "page_view", "site", "inbound", "low");
    assertThat(stand())
        .containsExactlyInAnyOrder(
            "looked at the confirmation",
            "mail was opened",
            "read on",
            "did something",
            "was called",
            "was asked for",
            "complained and looked");
  }

  @Test
  void aBounceStandsUntilAnActThatIsKnownToBeOne() {
    after("mail was opened", "bounce", "email_open", "email", "inbound", "low");
    after("did something", "bounce", "Whatever", "unmapped", "unknown", "low");
    after("was called", "bounce", "call", "outreach", "outbound", "low");
    after("read on", "bounce", "content_download", "content", "inbound", "medium");
    after("clicked", "Email Bounced", "email_click", "email", "inbound", "low");
    assertThat(stand()).containsExactlyInAnyOrder("mail was opened", "did something", "was called");
  }

  @Test
  void ofTwoWordsTheLaterOneCountsAndAtOneInstantTheRefusal() {
    leads.add("first asked", "demo_request", "web", "site", "inbound", "high", Duration.ofDays(3));
    refused("first asked", "unsubscribe", Duration.ofDays(2));
    leads.add("at once", "demo_request", "web", "site", "inbound", "high", Duration.ofDays(2));
    refused("at once", "unsubscribe", Duration.ofDays(2));
    leads.inbound("never refused", "page_view", Duration.ofDays(2));
    assertThat(stand()).containsExactlyInAnyOrder("first asked", "at once");
  }

  private void after(
      String lead, String word, String signal, String family, String direction, String intent) {
    leads.inbound(lead, "demo_request", Duration.ofDays(9));
    refused(lead, word, Duration.ofDays(5));
    leads.add(lead, signal, "web", family, direction, intent, Duration.ofDays(5).minusSeconds(1));
  }

  private void refused(String lead, String word, Duration before) {
    leads.add(lead, word, "email", "email", "negative", "low", before);
  }

  private List<String> stand() {
    return leads.sums(BEHAVIOUR).where(OptOuts.stand()).select("lead_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
