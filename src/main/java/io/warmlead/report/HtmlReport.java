package io.warmlead.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;
import static j2html.TagCreator.ul;

import j2html.Config;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.HeadTag;
import j2html.tags.specialized.HtmlTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A night as one HTML file that a person likes to read: on a phone, on a desk, on paper, by light
 * and in the dark. The file loads nothing and runs nothing, so it can be mailed or archived as it
 * is; a content policy inside it holds browsers to that.
 *
 * <p>Every text of the night passes through j2html, which escapes it. Empty tags are closed, so the
 * file is well-formed XML too and other programs can take it apart. Charts are SVG in the page;
 * {@link Svg} says why no chart library draws them.
 */
public final class HtmlReport {
  private static final String STYLE_SHEET = "report.css";

  private HtmlReport() {}

  /** The file's text, to be written as UTF-8. */
  public static String render(NightView night) {
    Config closed = Config.defaults().withEmptyTagsClosed(true);
    try {
      return "<!DOCTYPE html>\n" + page(night).render(FlatHtml.inMemory(closed));
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }

  private static HtmlTag page(NightView night) {
    List<Section> sections = sections(night);
    return html(
            headOf(night),
            body(
                Headline.of(night),
                contents(sections),
                main(each(sections, Section::content)),
                footer(
                    p(
                        "Tables in "
                            + night.lake().replaceFirst("/[^/]*$", "")
                            + ", written by run "
                            + night.runId()
                            + ". This file names leads: keep it as you keep them."))))
        .withLang("en");
  }

  /** The sections that have something to say, in the order of a reader's morning. */
  private static List<Section> sections(NightView night) {
    return Stream.of(
            TierSection.of(night),
            MoveSection.of(night),
            HotSection.of(night),
            SaveSection.of(night),
            Optional.of(InputSection.of(night)),
            Optional.of(ModelSection.of(night)),
            CalibrationSection.of(night),
            RankingSection.of(night),
            DriftSection.of(night),
            Optional.of(DecaySection.of(night)),
            ResponseSection.of(night),
            CadenceSection.of(night),
            SourceSection.of(night),
            FunnelSection.of(night),
            RunTimeSection.of(night))
        .flatMap(Optional::stream)
        .toList();
  }

  private static HeadTag headOf(NightView night) {
    return head(
        meta().withCharset("utf-8"),
        meta()
            .attr("http-equiv", "Content-Security-Policy")
            .withContent("default-src 'none'; style-src 'unsafe-inline'"),
        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
        meta().withName("color-scheme").withContent("light dark"),
        meta().withName("robots").withContent("noindex"),
        title("Warmlead: " + Headline.title(night)),
        style(rawHtml(styleSheet())));
  }

  private static DomContent contents(List<Section> sections) {
    return nav(ul(
            each(sections, section -> li(a(section.title()).withHref("#" + section.identifier())))))
        .attr("aria-label", "Contents");
  }

  private static String styleSheet() {
    try (InputStream css = HtmlReport.class.getResourceAsStream(STYLE_SHEET)) {
      return new String(
          Objects.requireNonNull(css, STYLE_SHEET).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + STYLE_SHEET, e);
    }
  }
}
