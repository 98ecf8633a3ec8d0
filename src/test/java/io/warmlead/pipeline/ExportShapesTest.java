package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import io.warmlead.config.SettingsLoader;
import io.warmlead.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example overlays read what the systems they are written for export. */
final class ExportShapesTest {
  private static final String SAMPLES = "src/test/resources/exports/";

  @BeforeAll
  static void openSession() {
    TestSession.get();
  }

  @Test
  void hubspotsEventsContactsAndDeals() {
    List<String> told =
        told("hubspot", "hubspot/events.jsonl", "hubspot/contacts.csv", "hubspot/deals.csv");

    assertThat(told)
        .contains(
            "engagements: 26 rows: 24 good, 0 to quarantine, 2 ignored",
            "  from 2026-01-05T08:12:11.077Z to 2026-01-12T02:11:11.077Z",
            "  6 x e_visited_page -> page_view, inbound",
            "  3 x e_v2_form_submission -> form_submit, inbound",
            "  3 x e_mta_delivered_email_v2 -> outreach_sent, outbound",
            "  3 x e_mta_opened_email_v2 -> email_open, inbound",
            "  3 x e_mta_clicked_link_in_email_v2 -> email_click, inbound",
            "  3 x e_mta_unsubscribed_email_v2 -> unsubscribe, negative",
            "  3 x pe4711_requested_demo -> demo_request, inbound",
            "leads: 6 rows: 6 good, 0 to quarantine, 0 ignored",
            "  attributes: Number of Employees",
            "outcomes: 4 rows: 2 good, 0 to quarantine, 2 ignored",
            "  1 x Closed Won -> conversion",
            "  1 x Closed Lost -> lost");
  }

  @Test
  void salesforcesTasksAndLeads() {
    List<String> told =
        told("salesforce", "salesforce/Task.csv", "salesforce/Lead.csv", "salesforce/Lead.csv");

    assertThat(told)
        .contains(
            "engagements: 24 rows: 16 good, 0 to quarantine, 8 ignored",
            "  3 x Call -> call, inbound",
            "  3 x Call -> call, outbound",
            "  6 x Email -> outreach_sent, outbound",
            "  4 x ListEmail -> outreach_sent, outbound",
            "leads: 6 rows: 6 good, 0 to quarantine, 0 ignored",
            "  attributes: NumberOfEmployees",
            "outcomes: 6 rows: 2 good, 0 to quarantine, 4 ignored",
            "  1 x Closed - Converted -> conversion",
            "  1 x Qualified -> conversion");
  }

  @Test
  void activitiesLeadsAndOpportunitiesOfDynamics() {
    List<String> told =
        told(
            "dynamics365",
            "dynamics365/activities.csv",
            "dynamics365/lead.csv",
            "dynamics365/opportunity.csv");

    assertThat(told)
        .contains(
            "engagements: 24 rows: 18 good, 0 to quarantine, 6 ignored",
            "  4 x phonecall -> call, outbound",
            "  3 x phonecall -> call, inbound",
            "  3 x email -> outreach_sent, outbound",
            "  2 x email -> email_reply, inbound",
            "  3 x appointment -> meeting, outbound",
            "  3 x letter -> outreach_sent, outbound",
            "leads: 6 rows: 6 good, 0 to quarantine, 0 ignored",
            "  attributes: numberofemployees",
            "outcomes: 4 rows: 2 good, 0 to quarantine, 2 ignored",
            "  1 x Won -> conversion",
            "  1 x Lost -> lost");
  }

  @Test
  void marketosBulkExtracts() {
    List<String> told =
        told("marketo", "marketo/activities.csv", "marketo/leads.csv", "marketo/activities.csv");

    assertThat(told)
        .contains(
            "engagements: 32 rows: 20 good, 0 to quarantine, 12 ignored",
            "  2 x 1 -> page_view, inbound",
            "  2 x 2 -> form_submit, inbound",
            "  2 x 6 -> outreach_sent, outbound",
            "  2 x 9 -> unsubscribe, negative",
            "  2 x 10 -> email_open, inbound",
            "  2 x 27 -> bounce, negative",
            "  2 x 45 -> outreach_reply, inbound",
            "leads: 6 rows: 6 good, 0 to quarantine, 0 ignored",
            "  attributes: numberOfEmployees",
            "outcomes: 32 rows: 2 good, 0 to quarantine, 30 ignored",
            "  2 x 21 -> conversion");
  }

  @Test
  void eventsOfGoogleAnalyticsWhoseTimesAreMicroseconds() {
    List<String> told = told("ga4", "ga4/events.jsonl", "crm/leads.csv", "crm/deals.csv");

    assertThat(told)
        .contains(
            "engagements: 24 rows: 13 good, 0 to quarantine, 11 ignored",
            "  from 2026-01-05T08:12:11.123456Z to 2026-01-11T11:45:11.123477Z",
            "  3 x page_view -> page_view, inbound",
            "  2 x file_download -> content_download, inbound",
            "  3 x generate_lead -> form_submit, inbound",
            "  3 x view_search_results -> page_view, inbound",
            "  2 x sign_up -> signup, inbound",
            "  1 x won -> conversion",
            "  1 x lost -> lost");
  }

  @Test
  void anEventStreamInTheShapeOfSegment() {
    List<String> told = told("segment", "segment/events.jsonl", "crm/leads.csv", "crm/deals.csv");

    assertThat(told)
        .contains(
            "engagements: 24 rows: 19 good, 0 to quarantine, 5 ignored",
            "  3 x Viewed Pricing Page -> pricing_view, inbound",
            "  3 x Viewed Home Page -> page_view, inbound",
            "  2 x Demo Requested -> demo_request, inbound",
            "  2 x Whitepaper Downloaded -> content_download, inbound",
            "  2 x Feature Used -> product_use, inbound");
  }

  /** What check says of the samples, without their sizes. */
  private static List<String> told(
      String example, String engagements, String leads, String outcomes) {
    Settings settings =
        SettingsLoader.load(
            List.of("conf/examples/" + example + ".conf"),
            List.of(
                "inputs.engagements.path=" + SAMPLES + engagements,
                "inputs.leads.path=" + SAMPLES + leads,
                "inputs.outcomes.path=" + SAMPLES + outcomes));
    List<String> said = new ArrayList<>();
    InputCheck.run(settings, said::add);
    List<String> lines =
        said.stream()
            .map(line -> line.replaceFirst("^(\\w+): 1 files \\(\\d+ bytes\\), ", "$1: "))
            .toList();
    assertThat(lines).noneMatch(line -> line.contains("unmapped") || line.contains("neither"));
    return lines;
  }
}
