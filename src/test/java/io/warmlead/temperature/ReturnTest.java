package io.warmlead.temperature;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.SettingsLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has come back, from engagements: windows of 14 and 30 days; page views do not count. */
final class ReturnTest {
  private final EngagedLeads leads = new EngagedLeads();

  @Test
  void aLeadComesBackAfterThirtyDaysOfSilence() {
    engaged("after a long silence", "webinar_attended", 90, 3);
    engaged("on the last day of the window", "webinar_attended", 90, 14);
    engaged("a day too late", "webinar_attended", 90, 15);
    engaged("silent for too short a time", "webinar_attended", 90, 40, 11);
    engaged("silent for just long enough", "webinar_attended", 90, 40, 10);
    engaged("back last night", "webinar_attended", 90, 31, 1);
    engaged("back for good", "webinar_attended", 90, 13, 9, 5, 1);
    engaged("back and gone on", "webinar_attended", 90, 17, 9, 5, 1);
    engaged("for the first time", "webinar_attended", 10, 3);
    engaged("with pages alone", "page_view", 90, 3, 2);
    engaged("with a page in between", "webinar_attended", 90, 3);
    engaged("with a page in between", "page_view", 30);
    assertThat(returned())
        .containsExactlyInAnyOrder(
            "after a long silence",
            "on the last day of the window",
            "silent for just long enough",
            "back last night",
            "back for good",
            "with a page in between");
  }

  @Test
  void whatWeSendBringsNobodyBack() {
    engaged("written to", "webinar_attended", 90);
    leads.add("written to", "outreach_sent", "web", "outreach", "outbound", "low", before(3));
    assertThat(returned()).isEmpty();
  }

  private void engaged(String lead, String signal, int... daysAgo) {
    for (int days : daysAgo) {
      leads.inbound(lead, signal, before(days));
    }
  }

  /** Early on the day. */
  private static Duration before(int days) {
    return Duration.ofDays(days).minusHours(1);
  }

  private List<String> returned() {
    Behaviour behaviour =
        Behaviour.of(SettingsLoader.load(List.of(), List.of()), List.of(), Map.of());
    return leads
        .sums(behaviour)
        .where(behaviour.hasComeBack())
        .select("lead_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
