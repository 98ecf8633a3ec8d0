package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import io.warmlead.testing.Frames;
import io.warmlead.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names of events mean. */
final class SignalMappingTest {
  @Test
  void namesBecomeSignalsByRuleByTheirOwnNameOrStayUnmapped() {
    Settings settings =
        RawInput.settings(
            "signals.map=[{ event = Demo, signal = demo_request },"
                + " { event = \"/^Opened /\", channel = Email, signal = email_open },"
                + " { event = mail, direction = inbound, signal = email_reply },"
                + " { event = mail, signal = outreach_sent }]");
    List<Row> rows =
        List.of(
            row("Demo", "web", null),
            row("Opened newsletter", "email", null),
            row("Opened newsletter", "web", null),
            row("Pricing View", "web", null),
            row("Voicemail dropped", "phone", null),
            row("Postcard sent", "post", null),
            row("Call request", "phone", null),
            row("Chat", "web", null),
            row("Chat", "web", "Outgoing"),
            row("mail", null, "Incoming"),
            row("mail", null, "Sent"),
            row("mail", null, null),
            row("Unsubscribed from newsletter", "email", null),
            row("E-Mail Bounced", "email", "Outgoing"),
            row("Opt-out", "phone", "Incoming"),
            row("unsubscribe", "email", "Incoming"),
            row("Session Bounce", "web", null),
            row("emailBounced", null, null),
            row("ContactOptedOut", null, null),
            row("Cookie Opt Out", "web", null),
            row("Unsubscribe cancelled", "email", null));
    List<String> found = new ArrayList<>();
    for (Row one :
        SignalMapping.withSignal(
                TestSession.get()
                    .createDataFrame(
                        rows,
                        StructType.fromDDL(
                            "event STRING, channel STRING, stated_direction STRING")),
                settings.signals())
            .collectAsList()) {
      found.add(
          one.getAs("signal")
              + " "
              + one.getAs("is_mapped")
              + " "
              + one.getAs("family")
              + " "
              + one.getAs("direction")
              + " "
              + one.getAs("intent"));
    }
    assertThat(found)
        .containsExactly(
            "demo_request true site inbound high",
            "email_open true email inbound low",
            "Opened newsletter false unmapped unknown low",
            "pricing_view true site inbound medium",
            "Voicemail dropped false unmapped outbound low",
            "Postcard sent false unmapped outbound low",
            "Call request false unmapped unknown low",
            "Chat false unmapped unknown low",
            "Chat false unmapped outbound low",
            "email_reply true email inbound medium",
            "outreach_sent true outreach outbound low",
            "outreach_sent true outreach outbound low",
            "Unsubscribed from newsletter false unmapped negative low",
            "E-Mail Bounced false unmapped negative low",
            "Opt-out false unmapped negative low",
            "unsubscribe true email negative low",
            "Session Bounce false unmapped unknown low",
            "emailBounced false unmapped negative low",
            "ContactOptedOut false unmapped negative low",
            "Cookie Opt Out false unmapped unknown low",
            "Unsubscribe cancelled false unmapped unknown low");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EmailSent",
        "emailSent",
        "emailsent",
        "Email sent",
        "CallMade",
        "callLogged",
        "OutboundCall",
        "outboundEmail",
        "SMSDelivered",
        "LinkedInMessageSent",
        "phonecall",
        "email_out",
        "Reply sent",
        "email_reply_sent",
        "SMS1Sent",
        "Outgoing message",
        "Proposal sent"
      })
  void whatWeDidIsToldHoweverItsNameIsWritten(String event) {
    assertThat(direction(event)).isEqualTo("outbound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emailOpened",
        "OutreachEmailOpened",
        "linkClicked",
        "FormSubmitted",
        "SignedUp",
        "callRequested",
        "CallToActionClicked",
        "clickToCall",
        "sendButtonClicked",
        "CallBooked",
        "Form sent",
        "requestSent",
        "Application sent",
        "Request sent by customer",
        "IncomingCall",
        "call_in",
        "callAnswered",
        "Undelivered",
        "checkedOut",
        "timed_out",
        "LinkedIn",
        "Resent"
      })
  void whatTheLeadDidIsNotTakenForOurs(String event) {
    assertThat(direction(event)).isEqualTo("unknown");
  }

  private static String direction(String event) {
    return SignalMapping.withSignal(
            Frames.frame(
                "event STRING, channel STRING, stated_direction STRING", row(event, "x", null)),
            RawInput.settings().signals())
        .head()
        .getAs("direction");
  }
}
