package io.warmlead.report;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TbodyTag;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that can be read aloud: a caption, headings with their scope, and in every row a first
 * cell that names it. A table wider than the screen scrolls in its own frame, which the keyboard
 * reaches; with {@link #stacked} each row becomes a card there instead.
 */
final class ReportTable {
  private final String title;
  private final String source;
  private final List<Column> columns = new ArrayList<>();
  private final List<TbodyTag> bodies = new ArrayList<>();
  private String classes = "";

  private ReportTable(String title, String source) {
    this.title = title;
    this.source = source;
  }

  /** Starts a table with a caption that names the table of the lake behind it. */
  static ReportTable captioned(String title, String source) {
    return new ReportTable(title, source);
  }

  ReportTable words(String heading) {
    columns.add(new Column(heading, "words"));
    return this;
  }

  ReportTable numbers(String heading) {
    columns.add(new Column(heading, "numbers"));
    return this;
  }

  /** Turns rows into cards on narrow screens: for few rows with long texts. */
  ReportTable stacked() {
    classes = "stacked";
    return this;
  }

  /** Starts a group of rows with a heading of its own. */
  ReportTable group(String heading) {
    bodies.add(
        tbody(
            tr(
                th(heading)
                    .withScope("rowgroup")
                    .withColspan(String.valueOf(columns.size()))
                    .withClass("group"))));
    return this;
  }

  /** Adds a row; its cells stand in the order of the columns. */
  ReportTable row(DomContent... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns of: " + title);
    }
    if (bodies.isEmpty()) {
      bodies.add(tbody());
    }
    List<DomContent> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      row.add(
          i == 0
              ? th(cells[i]).withScope("row").withClass(column.kind())
              : td(cells[i]).withClass(column.kind()).withData("heading", column.heading()));
    }
    bodies.get(bodies.size() - 1).with(tr(each(row, cell -> cell)));
    return this;
  }

  DomContent build() {
    return div(table(
                caption(text(title + " "), Section.source(source)),
                thead(
                    tr(
                        each(
                            columns,
                            column ->
                                th(column.heading()).withScope("col").withClass(column.kind())))),
                each(bodies, rows -> rows))
            .withClass(classes))
        .withClass("frame")
        .attr("role", "region")
        .attr("aria-label", title)
        .withTabindex(0);
  }

  private record Column(String heading, String kind) {}
}
