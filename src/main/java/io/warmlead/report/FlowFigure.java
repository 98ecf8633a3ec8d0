package io.warmlead.report;

import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.text;

import io.warmlead.report.Insights.Flow;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Leads from tier to tier since the scoring before, as ribbons as thick as the number of leads. Who
 * stayed is not drawn: beside those many, no one who moved could be seen.
 */
final class FlowFigure {
  private static final String TABLE = "tier_transitions";
  private static final List<String> ORDER = List.of("new", "hot", "warm", "cold", "closed");

  private static final double WIDTH = 400;
  private static final double TOP = 26;
  private static final double FULL = 190;
  private static final double GAP = 10;
  private static final double LEFT = 92;
  private static final double RIGHT = WIDTH - 92;
  private static final double THICK = 8;

  /** A label needs so much height, however few leads it is about. */
  private static final double LABEL = 15;

  private FlowFigure() {}

  static DomContent of(List<Flow> flows) {
    String sentence = sentence(flows);
    return figure(
        figcaption(
            text(sentence + " "),
            Section.legend("Leads that kept their tier are not drawn."),
            Section.source(TABLE)),
        draw(sentence, flows));
  }

  static String sentence(List<Flow> flows) {
    long moved = flows.stream().mapToLong(Flow::leads).sum();
    Flow greatest =
        sorted(flows).stream()
            .max(Comparator.comparingLong(Flow::leads))
            .orElseThrow(() -> new IllegalArgumentException("no flow to tell of"));
    return String.format(
        "%s %s; the broadest stream, %s, %s.",
        Numbers.counted(moved, "lead"),
        flows.stream().allMatch(flow -> flow.from().equals("new"))
            ? "came"
            : "came, left or changed tier",
        Numbers.count(greatest.leads()),
        way(greatest));
  }

  private static String way(Flow flow) {
    if (flow.from().equals("new")) {
      return "came in " + flow.to();
    }
    return flow.to().equals("closed")
        ? "left from " + flow.from()
        : "went from " + flow.from() + " to " + flow.to();
  }

  /** Where a tier's ribbons lie on one side. */
  private static final class Place {
    final double top;
    final double height;
    double used;

    Place(double top, double height) {
      this.top = top;
      this.height = height;
    }

    /** Takes the next part and says where its middle lies. */
    double take(double thick) {
      used += thick;
      return top + used - thick / 2;
    }
  }

  private static Svg draw(String spoken, List<Flow> flows) {
    long moved = flows.stream().mapToLong(Flow::leads).sum();
    double perLead = FULL / moved;
    Map<String, Long> before = sums(flows, Flow::from);
    Map<String, Long> after = sums(flows, Flow::to);
    Map<String, Place> left = places(before, perLead);
    Map<String, Place> right = places(after, perLead);
    double bottom = Math.max(bottom(left), bottom(right));
    Svg image = Svg.image(spoken + " " + spoken(flows), WIDTH, bottom + 4).withClass("chart");
    image.with(Svg.label("end", LEFT, 10, "before"), Svg.label("start", RIGHT, 10, "now"));
    for (Flow flow : sorted(flows)) {
      double thick = flow.leads() * perLead;
      double from = left.get(flow.from()).take(thick);
      double to = right.get(flow.to()).take(thick);
      image.with(
          Svg.path("ribbon " + TierSection.colour(flow.to()), curve(from, to))
              .attr("stroke-width", Svg.place(Math.max(0.7, thick))));
    }
    left.forEach((tier, place) -> node(image, tier, place, LEFT - THICK, before, true));
    right.forEach((tier, place) -> node(image, tier, place, RIGHT, after, false));
    return image;
  }

  private static void node(
      Svg image, String tier, Place place, double x, Map<String, Long> leads, boolean isLeft) {
    double middle = place.top + Math.max(place.height, 1) / 2;
    image.with(
        Svg.shape("rect")
            .withClass("share " + TierSection.colour(tier))
            .attr("x", Svg.place(x))
            .attr("y", Svg.place(place.top))
            .attr("width", Svg.place(THICK))
            .attr("height", Svg.place(Math.max(place.height, 1))),
        Svg.label(
            isLeft ? "end" : "start",
            isLeft ? x - 6 : x + THICK + 6,
            middle + 4,
            tier + " " + Numbers.count(leads.get(tier))));
  }

  private static String curve(double from, double to) {
    double middle = (LEFT + RIGHT) / 2;
    return String.format(
        "M%s %sC%s %s %s %s %s %s",
        Svg.place(LEFT),
        Svg.place(from),
        Svg.place(middle),
        Svg.place(from),
        Svg.place(middle),
        Svg.place(to),
        Svg.place(RIGHT),
        Svg.place(to));
  }

  private static Map<String, Long> sums(List<Flow> flows, Function<Flow, String> side) {
    return sorted(flows).stream()
        .sorted(Comparator.comparingInt((Flow flow) -> rank(side.apply(flow))))
        .collect(
            Collectors.groupingBy(side, LinkedHashMap::new, Collectors.summingLong(Flow::leads)));
  }

  private static Map<String, Place> places(Map<String, Long> leads, double perLead) {
    Map<String, Place> places = new LinkedHashMap<>();
    double y = TOP;
    for (Map.Entry<String, Long> tier : leads.entrySet()) {
      double height = tier.getValue() * perLead;
      double slot = Math.max(height, LABEL);
      places.put(tier.getKey(), new Place(y + (slot - height) / 2, height));
      y += slot + GAP;
    }
    return places;
  }

  private static double bottom(Map<String, Place> places) {
    return places.values().stream()
        .mapToDouble(place -> place.top + Math.max(place.height, LABEL))
        .max()
        .orElse(TOP);
  }

  private static List<Flow> sorted(List<Flow> flows) {
    return flows.stream()
        .sorted(
            Comparator.comparingInt((Flow flow) -> rank(flow.from()))
                .thenComparingInt(flow -> rank(flow.to()))
                .thenComparing(Flow::from)
                .thenComparing(Flow::to))
        .toList();
  }

  private static int rank(String tier) {
    return Math.floorMod(ORDER.indexOf(tier), ORDER.size() + 1);
  }

  private static String spoken(List<Flow> flows) {
    return sorted(flows).stream()
        .map(flow -> flow.from() + " to " + flow.to() + ": " + Numbers.count(flow.leads()))
        .collect(Collectors.joining(", ", "", "."));
  }
}
