package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.DotChart.Mark;
import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.Insights.Touches;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How often is too often: replies and opt-outs by the touches before. */
final class CadenceSection {
  private static final String TITLE = "How often to touch";
  private static final String TABLE = "cadence";

  private CadenceSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    List<Touches> before = of(night, "touches");
    List<Touches> spacing = of(night, "spacing");
    if (before.isEmpty()) {
      return Optional.of(
          Section.of(
              "cadence",
              TITLE,
              Section.sentence("No touch of ours is old enough to be judged.", TABLE)));
    }
    return Optional.of(
        Section.of(
            "cadence",
            TITLE,
            p(
                "Within seven days of a touch, adjusted for what the lead had done by itself: leads"
                    + " that show interest are touched more, and answer more."),
            div(
                    panel(
                        "Replies by touches in the 14 days before",
                        replies(before),
                        before,
                        Touches::replies,
                        before.get(0).usualReply()),
                    panel(
                        "Opt-outs by touches in the 14 days before",
                        optOuts(before),
                        before,
                        Touches::optOuts,
                        before.get(0).usualOptOut()),
                    spacing.isEmpty()
                        ? TagCreator.each()
                        : panel(
                            "Replies by time since the touch before",
                            spacing(spacing),
                            spacing,
                            Touches::replies,
                            spacing.get(0).usualReply()))
                .withClass("panels figures")));
  }

  private static List<Touches> of(NightView night, String dimension) {
    return night.insights().touches().stream()
        .filter(touches -> touches.dimension().equals(dimension))
        .toList();
  }

  private static DomContent panel(
      String title,
      String sentence,
      List<Touches> rows,
      Function<Touches, Estimate> rate,
      double usual) {
    DotChart chart =
        DotChart.ofShares(
                rows.stream()
                    .map(row -> Mark.of(row.bucket(), (double) row.touches(), rate.apply(row)))
                    .toList(),
                "of the touches")
            .guidedBy(usual, "usual");
    return TagCreator.figure(
        p(title).withClass("figure-title"),
        figcaption(text(sentence + " "), Section.legend(chart.legend()), Section.source(TABLE)),
        chart.draw(title + ". " + sentence));
  }

  static String replies(List<Touches> before) {
    return compared(before, Touches::replies, "are answered", "is any answered");
  }

  static String optOuts(List<Touches> before) {
    return compared(before, Touches::optOuts, "end in an opt-out", "did any end in an opt-out");
  }

  private static String compared(
      List<Touches> rows, Function<Touches, Estimate> rate, String what, String none) {
    List<Touches> told = rows.stream().filter(row -> row.touches() >= DotChart.FEWEST).toList();
    if (told.size() < 2) {
      return "Too few touches to compare.";
    }
    Touches first = told.get(0);
    Touches last = told.get(told.size() - 1);
    Estimate few = rate.apply(first);
    Estimate many = rate.apply(last);
    if (few.value() + many.value() == 0) {
      return String.format(
          "Neither after %s touches nor after %s %s.",
          first.bucket().equals("0") ? "no" : first.bucket(), last.bucket(), none);
    }
    boolean isSure = Verdict.isBelow(few, many) || Verdict.isBelow(many, few);
    return String.format(
        "After %s touches %s %s, after %s %s%s.",
        first.bucket().equals("0") ? "no" : first.bucket(),
        Numbers.percent(few.value()),
        what,
        last.bucket(),
        Numbers.percent(many.value()),
        isSure ? "" : "; the intervals overlap, so the difference may be chance");
  }

  static String spacing(List<Touches> rows) {
    return rows.stream()
        .filter(Touches::isBest)
        .findFirst()
        .map(
            best ->
                String.format(
                    "The shortest rest that pays is %s after the touch before: %s are answered, usually"
                        + " %s, without more opt-outs than usual.",
                    best.bucket(),
                    Numbers.percent(best.replies().value()),
                    Numbers.percent(best.usualReply())))
        .orElse("No time between touches is surely better than usual.");
  }
}
