package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import io.warmlead.report.NightView.HalfLife;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How conversion chance falls with time and with silence. */
final class DecaySection {
  private static final String TITLE = "Decay";

  private DecaySection() {}

  static Section of(NightView night) {
    return Section.of(
        "decay",
        TITLE,
        night.curves().isEmpty()
            ? p("No survival curve was drawn: no lead has been watched long enough.")
            : each(
                h3("How long leads take to convert"),
                SurvivalFigure.of(night.curves(), segmentSizes(night.halfLives()))),
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

  /** Curves come without their sizes, half-lives of the same segments with them. */
  private static Map<String, Long> segmentSizes(List<HalfLife> lives) {
    return lives.stream()
        .filter(life -> life.dimension().equals("segment"))
        .collect(Collectors.toMap(HalfLife::value, HalfLife::n, Math::max));
  }
}
