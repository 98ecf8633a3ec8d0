package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.report.LeadStory.Attributes;
import io.warmlead.report.LeadStory.Change;
import io.warmlead.report.LeadStory.Move;
import io.warmlead.report.LeadStory.Newest;
import io.warmlead.report.LeadStory.Outcome;
import io.warmlead.report.LeadStory.Reason;
import io.warmlead.report.LeadStory.Score;
import io.warmlead.report.LeadStory.Touch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LeadStoryTextTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final LocalDate DATE = LocalDate.of(2026, 3, 3);
  private static final Instant AS_OF = Instant.parse("2026-03-03T00:00:00Z");

  @Test
  void aStoryIsToldFromWhoToWhatToDo() {
    assertThat(LeadStoryText.of(ordinary(), UTC))
        .containsExactly(
            "L-1: hot, 34.5 % chance of a conversion within 30 days, heating, as of"
                + " 2026-03-03 00:00 UTC",
            "who       segment smb, source webinar, owner anna, created 2026-01-05 08:30",
            "timeline  1 earlier engagement",
            "          2026-03-01 10:00  outreach_sent, by us, email",
            "          2026-03-02 11:15  pricing_view (3 that day), web, /pricing",
            "          2026-03-03 09:00  page_view, web, /blog  (not in the score yet)",
            "scores    date        probability  temperature  tier  trend",
            "          2026-03-02       12.4 %         40.0  warm  steady",
            "          2026-03-03       34.5 %         61.2  hot   heating",
            "reasons   hot since 2026-03-03 (probability)",
            "          looked at prices 3 times in 7 days: raises (+1.40 log-odds)",
            "          one touch by us in 7 days: lowers (-0.20 log-odds)",
            "change    +22.1 points of probability since 2026-03-02: time passing -0.50, new"
                + " engagements +22.6",
            "moves     2026-03-03  heated: warm to hot after 1 day, set off by pricing_view at"
                + " 2026-03-02 11:15",
            "to do     sales: get in touch now (mostly active through web)",
            "tables    /data/lake");
  }

  @Test
  void theFullestStoryFitsFiftyLines() {
    LeadStory story = ordinary();
    List<Touch> touches = IntStream.range(0, 20).mapToObj(i -> story.timeline().get(0)).toList();
    List<Score> scores = IntStream.range(0, 10).mapToObj(i -> story.scores().get(1)).toList();
    List<Move> moves = IntStream.range(0, 3).mapToObj(i -> story.moves().get(0)).toList();
    List<Reason> reasons =
        IntStream.range(0, 12)
            .mapToObj(i -> new Reason("f" + i, Optional.of("1"), i, "text " + i))
            .toList();
    Outcome won = new Outcome("won", AS_OF, true, false);
    LeadStory full =
        new LeadStory(
            "L-1",
            story.lead(),
            List.of(won, won),
            900,
            touches,
            scores,
            Optional.of(forecast(reasons, Optional.of("send_case_study"))),
            story.change(),
            moves,
            Optional.of(DATE),
            "/data/lake");
    assertThat(LeadStoryText.of(full, UTC))
        .hasSizeLessThanOrEqualTo(50)
        .contains(
            "outcomes  2026-03-03 00:00  won (a conversion)  (not in the score yet)",
            "forecast  cold in 18 days if it stays silent",
            "          -3.1 points of probability in 7 more silent days",
            "          text 11 (+11.00 log-odds)",
            "to do     do not touch before 2026-03-10; send case study, about /case, then /demo (mostly active through web);"
                + " nurture is expected to pay until 2026-06-01")
        .doesNotContain("          text 6 (+6.00 log-odds)");
  }

  @Test
  void timesAreThoseOfTheCompany() {
    assertThat(LeadStoryText.of(ordinary(), ZoneId.of("Europe/Kyiv")))
        .contains("          2026-03-02 13:15  pricing_view (3 that day), web, /pricing")
        .first()
        .asString()
        .endsWith("as of 2026-03-03 02:00 Europe/Kyiv");
  }

  @Test
  void whatWasNotForecastIsNotTold() {
    assertThat(LeadStoryText.of(ordinary(), UTC)).noneMatch(line -> line.startsWith("forecast"));
  }

  @Test
  void aLeadThatOnlyItsEngagementsKnowIsTold() {
    LeadStory story =
        new LeadStory(
            "L-9",
            Optional.empty(),
            List.of(),
            3,
            List.of(pricing()),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(DATE),
            "/data/lake");
    assertThat(LeadStoryText.of(story, UTC))
        .containsExactly(
            "L-9: never scored in a published night",
            "who       not in the leads table: its engagements wait for that",
            "timeline  2026-03-02 11:15  pricing_view (3 that day), web, /pricing",
            "to do     look for its row in the export of leads: its engagements wait for that",
            "tables    /data/lake");
  }

  @Test
  void aClosedLeadNeedsNothing() {
    LeadStory open = ordinary();
    LeadStory closed =
        new LeadStory(
            "L-1",
            open.lead(),
            List.of(new Outcome("won", AS_OF, true, true)),
            open.engagements(),
            open.timeline(),
            open.scores(),
            open.newest(),
            open.change(),
            open.moves(),
            Optional.of(DATE.plusDays(1)),
            open.place());
    assertThat(LeadStoryText.of(closed, UTC))
        .contains("to do     nothing: won has closed the lead")
        .first()
        .asString()
        .endsWith(", not open in the newest night (2026-03-04)");
  }

  @Test
  void withoutARecommendationTheTierSaysWhoseTurnItIs() {
    assertThat(advice("warm", "engaged"))
        .isEqualTo("marketing: help it on (mostly active through web), no sales call yet");
    assertThat(advice("cold", "faded"))
        .isEqualTo("nothing now: wait until it acts by itself again");
    assertThat(advice("cold", "never acted by itself")).startsWith("no sales call");
    assertThat(advice("warm", "opted out")).startsWith("leave it alone");
  }

  @Test
  void pointsKeepTheirSignAndSmallOnesTwoDigits() {
    assertThat(LeadStoryText.points(0.2214)).isEqualTo("+22.1");
    assertThat(LeadStoryText.points(-0.0005)).isEqualTo("-0.050");
    assertThat(LeadStoryText.points(0)).isEqualTo("0");
  }

  @Test
  void programsGetOneObjectWithTheNamesOfTheColumns() throws Exception {
    String line = LeadStoryJson.of(ordinary());
    assertThat(line).doesNotContain("\n");
    JsonNode told = new ObjectMapper().readTree(line);
    assertThat(told.get("lead_id").asText()).isEqualTo("L-1");
    assertThat(told.get("scores").get(1).get("score_date").asText()).isEqualTo("2026-03-03");
    assertThat(told.get("scores").get(1).get("probability").asDouble()).isEqualTo(0.345);
    assertThat(told.get("newest").get("scored_as_of").asText()).isEqualTo("2026-03-03T00:00:00Z");
    assertThat(told.get("newest").get("days_to_cold").isNull()).isTrue();
    assertThat(told.get("change").get("by_new_events").asDouble()).isEqualTo(0.226);
    assertThat(told.get("to_do").asText())
        .isEqualTo("sales: get in touch now (mostly active through web)");
  }

  private static String advice(String tier, String tierReason) {
    return LeadAdvice.of(
        new LeadStory(
            "L-1",
            ordinary().lead(),
            List.of(),
            0,
            List.of(),
            List.of(new Score(DATE, Optional.empty(), Optional.empty(), tier, "steady")),
            Optional.of(newest(tierReason, List.of())),
            Optional.empty(),
            List.of(),
            Optional.of(DATE),
            "/data/lake"));
  }

  private static LeadStory ordinary() {
    return new LeadStory(
        "L-1",
        Optional.of(
            new Attributes(
                Instant.parse("2026-01-05T08:30:00Z"),
                Optional.of("smb"),
                Optional.of("webinar"),
                Optional.of("anna"),
                Optional.empty(),
                Optional.empty())),
        List.of(),
        6,
        List.of(
            touch("outreach_sent", "email", "outbound", null, 1, "2026-03-01T10:00:00Z"),
            pricing(),
            touch("page_view", "web", "inbound", "/blog", 1, "2026-03-03T09:00:00Z")),
        List.of(
            new Score(DATE.minusDays(1), Optional.of(0.124), Optional.of(40D), "warm", "steady"),
            new Score(DATE, Optional.of(0.345), Optional.of(61.2), "hot", "heating")),
        Optional.of(
            newest(
                "probability",
                List.of(
                    new Reason("base", Optional.empty(), -3, "where every lead starts"),
                    new Reason(
                        "touches", Optional.of("1"), -0.2, "one touch by us in 7 days: lowers"),
                    new Reason(
                        "pricing",
                        Optional.of("3"),
                        1.4,
                        "looked at prices 3 times in 7 days: raises")))),
        Optional.of(new Change(DATE.minusDays(1), 0.221, 0, -0.005, 0, 0.226, 0)),
        List.of(
            new Move(
                DATE,
                "heated",
                Optional.of("warm"),
                Optional.of("hot"),
                Optional.of("pricing_view"),
                Optional.of(Instant.parse("2026-03-02T11:15:00Z")),
                Optional.of(1))),
        Optional.of(DATE),
        "/data/lake");
  }

  private static Touch pricing() {
    return touch("pricing_view", "web", "inbound", "/pricing", 3, "2026-03-02T11:15:00Z");
  }

  private static Touch touch(
      String signal, String channel, String direction, String asset, long times, String at) {
    Instant instant = Instant.parse(at);
    return new Touch(
        signal, channel, direction, Optional.ofNullable(asset), times, instant, instant);
  }

  private static Newest newest(String tierReason, List<Reason> reasons) {
    return new Newest(
        AS_OF,
        tierReason,
        DATE,
        false,
        Optional.of("SQL"),
        "sales engagement",
        Optional.of("m-20260201"),
        Optional.of(30D),
        reasons,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("web"),
        Optional.empty(),
        Optional.empty());
  }

  private static Newest forecast(List<Reason> reasons, Optional<String> action) {
    return new Newest(
        AS_OF,
        "probability",
        DATE,
        true,
        Optional.of("SQL"),
        "sales engagement",
        Optional.of("m-20260201"),
        Optional.of(30D),
        reasons,
        Optional.of(18),
        Optional.of(0.031),
        action,
        Optional.of("/case"),
        Optional.of("/demo"),
        Optional.of("web"),
        Optional.of(DATE.plusDays(7)),
        Optional.of(LocalDate.of(2026, 6, 1)));
  }
}
