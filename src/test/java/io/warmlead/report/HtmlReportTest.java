package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.report.NightView.Curve;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {
  private static final Pattern LOADS =
      Pattern.compile("https?://|\\bsrc=|\\burl\\(|@import|<script|<link|href=\"[^#]");

  @Test
  void rendersAFullNight() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.full()));

    assertThat(texts(page, "h1")).containsExactly("Monday 2 March 2026");
    assertThat(texts(page, "h2"))
        .containsExactly(
            "Tiers",
            "Moves",
            "Hot list",
            "Save today",
            "What was read",
            "The model",
            "Promised and come",
            "Whom to call first",
            "Drift",
            "Decay",
            "Speed of answers",
            "How often to touch",
            "Sources",
            "Funnel",
            "Run time");
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(page.getDocumentElement().getTextContent())
        .contains(
            "37 of 3,000\u00a0leads are hot (1.2\u00a0%) and 412 warm (13.7\u00a0%); since the"
                + " scoring before 41 heated up, 9 came back and 30 cooled down.")
        .contains("Another silent week costs L-000311 most: from 8.7\u00a0% to 6.3\u00a0%.")
        .contains("Training changed nothing: m-20250202 stays challenger")
        .contains("later than all dates the model learned from")
        .contains("After a silence of up to 1 day, 11.8\u00a0% of leads convert")
        .contains("half do so within 34.2 days of their creation");
  }

  @Test
  void escapesEveryTextOfTheNight() throws Exception {
    String html = HtmlReport.render(SampleNight.hostile());

    assertThat(html).doesNotContainIgnoringCase("<script");
    Document page = parsed(html);
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(page, "bdi")).contains(SampleNight.HOSTILE);
  }

  @Test
  void saysWhatIsAbsentInsteadOfDrawingIt() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.empty()));

    assertThat(texts(page, "h2")).containsExactly("What was read", "The model", "Decay");
    assertThat(page.getElementsByTagName("table").getLength()).isZero();
    assertThat(page.getElementsByTagName("svg").getLength()).isZero();
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Nothing was scored in this run.")
        .contains("This run read no input.")
        .contains("No model: tiers come from behaviour rules alone")
        .contains("No curve was drawn")
        .contains("No half-life was fitted.")
        .contains("no horizon has passed");
  }

  @Test
  void doesNotSpeakOfProbabilitiesThatNobodyHas() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.byNewRules()));

    assertThat(page.getDocumentElement().getTextContent())
        .contains("No lead is hot tonight. The ")
        .contains("412\u00a0warm leads with the highest intent.")
        .doesNotContain("most likely to convert")
        .doesNotContain("raises the probability")
        .contains("since the scoring before 40 changed tier by the rules, the model or its level.");
    assertThat(TextSummary.of(SampleNight.byNewRules(), Optional.empty()))
        .anyMatch(line -> line.startsWith("warm      "))
        .noneMatch(line -> line.startsWith("hot       "));
  }

  @Test
  void loadsNothingAndStaysSmall() {
    String html = HtmlReport.render(SampleNight.full());

    assertThat(LOADS.matcher(html).results().map(found -> found.group())).isEmpty();
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
  }

  @Test
  void canBeReadAloud() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.full()));

    for (Element table : elements(page, "table")) {
      assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
    }
    assertThat(elements(page, "th")).allMatch(heading -> heading.hasAttribute("scope"));
    assertThat(elements(page, "svg"))
        .allMatch(
            image -> image.getAttribute("role").equals("img") && image.hasAttribute("aria-label"));
    assertThat(elements(page, "figure"))
        .hasSize(15)
        .allMatch(figure -> figure.getElementsByTagName("figcaption").getLength() == 1);
  }

  @Test
  void saysBesideEveryPictureWhatItShowsAndWhereFrom() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.full()));

    for (Element figure : elements(page, "figure")) {
      String caption =
          ((Element) figure.getElementsByTagName("figcaption").item(0)).getTextContent();
      assertThat(caption).containsPattern("[.] ").contains("Table: ");
    }
  }

  @Test
  void saysSoWhereTablesHaveNothingToDraw() throws Exception {
    NightView full = SampleNight.full();

    Document page = parsed(HtmlReport.render(SampleNight.with(full, Insights.none())));

    assertThat(elements(page, "figure")).hasSize(3);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("No test dates of the model have enough leads to compare.")
        .contains("Nothing published can be judged yet")
        .contains("No measures of the ranking are stored for this model.")
        .contains("Nothing was measured tonight.")
        .contains("No lead has asked so long ago")
        .contains("No touch of ours is old enough")
        .contains("No lead is old enough to judge")
        .contains("No week's entry window is over yet.");
  }

  @Test
  void showsTheLargestSegmentsOnly() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.full()));

    List<String> titles = new ArrayList<>();
    for (Element paragraph : elements(page, "p")) {
      if (paragraph.getAttribute("class").equals("panel-title")) {
        titles.add(paragraph.getTextContent());
      }
    }
    assertThat(titles)
        .containsExactly("All leads", "small business", "mid market", "enterprise", "public");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("The 4 largest of 5\u00a0segments are shown.");
  }

  @Test
  void ofManySourcesItSaysHowManyAreLeftOut() {
    assertThat(HtmlReport.render(SampleNight.full()))
        .contains("What leads of the 4 largest of 9\u00a0sources came to");
  }

  @Test
  void whatTheTableDoesNotSayOfATouchIsNotShownAsNone() throws Exception {
    Document page = parsed(HtmlReport.render(SampleNight.full()));

    List<String> rows =
        elements(page, "tr").stream()
            .map(Element::getTextContent)
            .filter(text -> text.startsWith("content") || text.startsWith("e-mail"))
            .toList();
    assertThat(rows).containsExactly("content61.541.3\u2013\u2013", "e-mail\u2013\u2013\u201311.3");
  }

  @Test
  void drawsCurvesOfOnePointOrWithoutConversions() throws Exception {
    String html =
        HtmlReport.render(
            with(
                List.of(
                    new Curve(
                        "overall", "all", 1, List.of(new NightView.Point(0, 0, null, null, 0))),
                    SampleDecay.segment(
                        "smb", List.of(new NightView.Point(0.5, 1, null, null, 0))))));

    parsed(html);
    assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void namesRowsThatDoNotAddUp() {
    NightView night = SampleNight.hostile();

    assertThat(HtmlReport.render(night)).contains("The columns do not add up: 1\u00a0row");
  }

  private static NightView with(List<Curve> curves) {
    NightView empty = SampleNight.empty();
    return new NightView(
        empty.runId(),
        empty.asOf(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        curves,
        List.of(),
        List.of(),
        Optional.empty(),
        Insights.none(),
        empty.lake());
  }

  /** Fails unless every tag is closed in order and every sign is escaped. */
  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<String> texts(Document page, String tag) {
    return elements(page, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document page, String tag) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
