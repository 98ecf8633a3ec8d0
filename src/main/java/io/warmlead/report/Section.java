package io.warmlead.report;

import static j2html.TagCreator.code;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;

/**
 * A part of the report under its own heading.
 *
 * @param identifier what the contents link to
 */
record Section(String identifier, String title, DomContent content) {

  static Section of(String identifier, String title, DomContent... parts) {
    String heading = identifier + "-title";
    return new Section(
        identifier,
        title,
        section(h2(title).withId(heading), each(parts))
            .withId(identifier)
            .attr("aria-labelledby", heading));
  }

  /** A sentence, and the table it was read from. */
  static DomContent sentence(String sentence, String table) {
    return p(text(sentence + " "), source(table));
  }

  /** How to read a chart. */
  static DomContent legend(String legend) {
    return span(legend + " ").withClass("fine");
  }

  /** The table behind numbers, so that an analyst can go and ask it more. */
  static DomContent source(String table) {
    return span(text("Table: "), code(table)).withClass("source");
  }
}
