package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How old the engagement is that levels of weak signals hang on, from engagements. */
final class EngagementLevelsTest {
  private static final EngagementLevels LEVELS =
      new EngagementLevels(Map.of("page_view", 2, "email_open", 3), 30, 42);

  private final EngagedLeads leads = new EngagedLeads();

  @Test
  void theNewestEngagementsThatReachALevelDecide() {
    engaged("twice on a day", "page_view", "web", 5, 5);
    engaged("on two channels", "page_view", "web", 5);
    engaged("on two channels", "page_view", "app", 5);
    engaged("on three days", "page_view", "web", 1, 20, 41);
    engaged("once", "page_view", "web", 1);
    engaged("too long ago", "page_view", "web", 1, 43);
    engaged("just in time", "page_view", "web", 1, 42);
    engaged("views and opens", "page_view", "web", 2, 30);
    engaged("views and opens", "email_open", "email", 3, 4, 6);
    engaged("one of each", "page_view", "web", 2);
    engaged("one of each", "email_open", "email", 2, 2);
    engaged("by a strong one", "webinar_attended", "web", 1, 1, 1);
    assertThat(ages())
        .containsOnly(
            Map.entry("twice on a day", 5),
            Map.entry("on two channels", 5),
            Map.entry("on three days", 20),
            Map.entry("just in time", 42),
            Map.entry("views and opens", 6));
  }

  private void engaged(String lead, String signal, String channel, int... daysAgo) {
    for (int days : daysAgo) {
      leads.add(lead, signal, channel, "site", "inbound", "low", Duration.ofDays(days));
    }
  }

  private Map<String, Integer> ages() {
    Map<String, Integer> ages = new HashMap<>();
    LEVELS
        .ages(leads.activity())
        .collectAsList()
        .forEach(row -> ages.put(row.getString(0), row.getInt(1)));
    return ages;
  }
}
