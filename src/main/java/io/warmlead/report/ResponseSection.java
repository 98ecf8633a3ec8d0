package io.warmlead.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.DotChart.Mark;
import io.warmlead.report.Insights.Response;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a fast answer to a lead that asks is worth. */
final class ResponseSection {
  private static final String TITLE = "Speed of answers";
  private static final String TABLE = "response_time";
  private static final String NEVER = "never";

  private ResponseSection() {}

  static Optional<Section> of(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return Optional.empty();
    }
    List<Response> responses = night.insights().responses();
    return Optional.of(
        responses.isEmpty()
            ? Section.of(
                "response",
                TITLE,
                Section.sentence(
                    "No lead has asked so long ago that its answer can be judged.", TABLE))
            : Section.of(
                "response", TITLE, div(chart(responses), table(responses)).withClass("silence")));
  }

  private static DomContent chart(List<Response> responses) {
    DotChart chart =
        DotChart.ofShares(
            responses.stream()
                .map(
                    response ->
                        new Mark(
                            response.bucket(),
                            "",
                            (double) response.leads(),
                            response.adjusted(),
                            OptionalDouble.of(response.raw())))
                .toList(),
            "convert within the horizon");
    String sentence = sentence(responses);
    return figure(
        figcaption(
            text(sentence + " "),
            Section.legend(
                "Solid: as if all buckets held leads alike; hollow: raw. Good leads get faster"
                    + " answers, and what nobody recorded can still differ. Who converts before a late"
                    + " answer is never answered, so both are judged together. "
                    + chart.legend()),
            Section.source(TABLE)),
        chart.draw(sentence));
  }

  /** Compares the fastest answers with the slowest; who was never answered has no speed. */
  static String sentence(List<Response> responses) {
    List<Response> answered =
        responses.stream()
            .filter(response -> !response.bucket().equals(NEVER))
            .filter(response -> response.leads() >= DotChart.FEWEST)
            .toList();
    if (answered.size() < 2) {
      return "Too few leads were answered at different speeds to compare them.";
    }
    Response fast = answered.get(0);
    Response slow = answered.get(answered.size() - 1);
    return String.format(
        "Answered within %s, %s of the leads that asked convert, %s %s%s.",
        fast.bucket(),
        Numbers.percent(fast.adjusted().value()),
        slow.bucket().equals("longer")
            ? "not answered within a day"
            : "answered within " + slow.bucket(),
        Numbers.percent(slow.adjusted().value()),
        Verdict.onFall(fast.adjusted(), slow.adjusted()));
  }

  private static DomContent table(List<Response> responses) {
    ReportTable table =
        ReportTable.captioned("Conversion by time to the first answer", TABLE)
            .words("Answered")
            .numbers("Leads")
            .numbers("Adjusted rate")
            .numbers("95\u00a0% interval")
            .numbers("Raw rate");
    for (Response response : responses) {
      table.row(
          text(response.bucket()),
          text(Numbers.count(response.leads())),
          text(Numbers.percent(response.adjusted().value())),
          text(Numbers.interval(response.adjusted())),
          text(Numbers.percent(response.raw())));
    }
    return table.build();
  }
}
