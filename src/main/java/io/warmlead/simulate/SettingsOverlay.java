package io.warmlead.simulate;

import com.typesafe.config.ConfigUtil;
import java.util.List;

/** The settings that read the simulated exports: an overlay over the job's own defaults. */
final class SettingsOverlay {
  static final String FILE = "warmlead.conf";

  private SettingsOverlay() {}

  static String of(ExportFolder folder) {
    return TEMPLATE
        .replace("@engagements@", quoted(folder.location("engagements")))
        .replace("@leads@", quoted(folder.location("leads")))
        .replace("@outcomes@", quoted(folder.location("outcomes")))
        .replace("@zone@", quoted(CompanyCalendar.ZONE.getId()))
        .replace("@signals@", signals())
        .replace("@horizon@", PlantedTruth.HORIZON_DAYS + " days");
  }

  private static String quoted(String value) {
    return ConfigUtil.quoteString(value);
  }

  /** One entry per name; names that differ in their end share a pattern. */
  private static String signals() {
    StringBuilder entries = new StringBuilder();
    for (Activity activity : Activity.ALL) {
      if (activity == Activity.UNMAPPED) {
        continue;
      }
      String signal = activity == Activity.IGNORED ? "ignore" : activity.signal();
      entries
          .append("  { event = ")
          .append(quoted(pattern(activity.rawNames)))
          .append(", signal = ")
          .append(signal)
          .append(" }\n");
    }
    return entries.toString();
  }

  private static String pattern(List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    String first = names.get(0);
    int common = first.length();
    for (String name : names) {
      while (!name.startsWith(first.substring(0, common))) {
        common--;
      }
    }
    int prefix = first.lastIndexOf(' ', common) + 1;
    List<String> endings = names.stream().map(name -> name.substring(prefix)).toList();
    return "/^" + first.substring(0, prefix) + "(" + String.join("|", endings) + ")$/";
  }

  private static final String TEMPLATE =
      """
      # Reads the exports of a simulated company. Planted truth stands in truth/ and is not an input.

      inputs.engagements {
        path = @engagements@
        format = csv
        options { header = "true" }
        zone = @zone@
        columns {
          event_id = "Event ID"
          lead_id = "Contact"
          occurred_at = "Timestamp"
          received_at = "Received"
          event = "Activity"
          channel = "Channel"
          asset = "Asset"
          value = "Value"
          cost = "Cost"
        }
      }

      inputs.leads {
        path = @leads@
        format = csv
        options { header = "true" }
        zone = @zone@
        columns {
          lead_id = "Contact ID"
          created_at = "Created"
          source = "Lead Source"
          segment = "Company Size"
          country = "Country"
          language = "Language"
          account_id = "Account"
          referrer_id = "Referred By"
          owner = "Owner"
          budget = "Budget"
          authority = "Authority"
          need = "Need"
          timeline = "Timeline"
        }
        # Industry and Employees stay attributes; addresses are nobody's feature.
        exclude = ["Email"]
      }

      inputs.outcomes {
        path = @outcomes@
        format = csv
        options { header = "true" }
        zone = @zone@
        columns {
          lead_id = "Contact"
          outcome = "Result"
          occurred_at = "Closed"
          value = "Amount"
        }
      }

      # The company also logs "Chatbot Opened", which nobody has mapped yet.
      signals.map = [
      @signals@]

      conversion {
        outcomes = ["won"]
        lost = ["lost"]
        closes_lead = true
        horizon = @horizon@
      }
      """;
}
