package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsOverlayTest {
  private static final Set<String> CATALOGUE =
      Set.of(
          "page_view",
          "pricing_view",
          "case_study_download",
          "content_download",
          "newsletter_signup",
          "email_open",
          "email_click",
          "email_reply",
          "webinar_attended",
          "event_attended",
          "social_engagement",
          "referral",
          "signup",
          "product_use",
          "form_submit",
          "outreach_sent",
          "outreach_reply",
          "call",
          "meeting",
          "demo_request",
          "quote_request",
          "unsubscribe",
          "bounce",
          "ad_click");

  @TempDir private static Path folder;
  private static SimulatedFiles files;
  private static Config settings;

  @BeforeAll
  static void simulate() {
    CompanySimulator.run(new SimulationPlan(folder.toString(), 1_200, 150, 30_000, 13), 2);
    files = new SimulatedFiles(folder);
    settings = ConfigFactory.parseString(files.text("warmlead.conf")).resolve();
  }

  @Test
  void everyInputIsAFolderWhoseColumnsAreMapped() {
    for (String name : List.of("engagements", "leads", "outcomes")) {
      Config input = settings.getConfig("inputs." + name);
      Path path = Path.of(URI.create(input.getString("path")));
      assertThat(path).isEqualTo(folder.resolve(name));
      assertThat(Files.isDirectory(path)).isTrue();
      assertThat(input.getString("format")).isEqualTo("csv");
      assertThat(input.getString("zone")).isEqualTo("Europe/Berlin");
      String header =
          switch (name) {
            case "engagements" -> EngagementRow.HEADER;
            case "leads" -> CrmExport.LEADS_HEADER;
            default -> CrmExport.OUTCOMES_HEADER;
          };
      List<String> columns = new ArrayList<>();
      input
          .getConfig("columns")
          .entrySet()
          .forEach(column -> columns.add(column.getValue().unwrapped().toString()));
      assertThat(Arrays.asList(header.split(","))).containsAll(columns);
    }
    assertThat(settings.getStringList("conversion.outcomes")).containsExactly("won");
    assertThat(settings.getStringList("conversion.lost")).containsExactly("lost");
    assertThat(settings.getBoolean("conversion.closes_lead")).isTrue();
    assertThat(settings.getDuration("conversion.horizon")).isEqualTo(Duration.ofDays(30));
    assertThat(settings.hasPath("lake")).isFalse();
  }

  @Test
  void theWholeCatalogueOccursAndOnlyOneNameIsUnmapped() {
    Set<String> signals = new TreeSet<>();
    Set<String> unmapped = new TreeSet<>();
    Map<String, String> bySignal = new HashMap<>();
    for (String name : names()) {
      List<String> mapped = signalsOf(name);
      assertThat(mapped).as(name).hasSizeLessThanOrEqualTo(1);
      signals.addAll(mapped);
      mapped.forEach(signal -> bySignal.put(signal, name));
      if (mapped.isEmpty()) {
        unmapped.add(name);
      }
    }
    assertThat(signals).containsAll(CATALOGUE).hasSize(CATALOGUE.size() + 1).contains("ignore");
    assertThat(bySignal).containsEntry("ignore", "Health Check Ping");
    assertThat(unmapped).containsExactly("Chatbot Opened");
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String file : files.engagementFiles()) {
      for (List<String> row : files.rows(file)) {
        if (row.size() == 9 && !row.get(4).isEmpty()) {
          names.add(row.get(4));
        }
      }
    }
    return names;
  }

  private static List<String> signalsOf(String name) {
    List<String> signals = new ArrayList<>();
    for (Config entry : settings.getConfigList("signals.map")) {
      String event = entry.getString("event");
      boolean isPattern = event.startsWith("/");
      if (isPattern
          ? Pattern.compile(event.substring(1, event.length() - 1)).matcher(name).find()
          : event.equals(name)) {
        signals.add(entry.getString("signal"));
      }
    }
    return signals;
  }
}
