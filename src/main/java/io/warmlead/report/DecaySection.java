package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

/** How conversion chance falls with time and with silence. */
final class DecaySection {
  private static final String TITLE = "Decay";

  private DecaySection() {}

  static Section of(NightView night) {
    return Section.of(
        "decay",
        TITLE,
        night.curves().isEmpty()
            ? p("No curve was drawn: no lead has been watched long enough.")
            : each(h3("How long leads take to convert"), ConversionFigure.of(night.curves())),
        night.halfLives().isEmpty()
            ? p("No half-life was fitted.")
            : each(h3("Half-lives"), HalfLifeTables.of(night.halfLives())),
        night.silence().isEmpty()
            ? p("Conversion by silence is not known yet: no horizon has passed.")
            : each(
                h3("What silence costs"),
                div(SilenceFigure.of(night.silence()), SilenceFigure.table(night.silence()))
                    .withClass("silence")));
  }
}
