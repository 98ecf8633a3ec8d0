package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.warmlead.report.Insights.Estimate;
import io.warmlead.report.NightView.HalfLife;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fitted half-lives by dimension, and apart from them those the data did not allow. */
final class HalfLifeTables {
  private static final String TABLE = "decay_half_lives";
  private static final List<String> ORDER =
      List.of("overall", "segment", "source", "channel", "signal");

  private HalfLifeTables() {}

  static DomContent of(List<HalfLife> lives) {
    List<HalfLife> fitted = lives.stream().filter(life -> life.days().isPresent()).toList();
    List<HalfLife> withheld = lives.stream().filter(life -> life.days().isEmpty()).toList();
    return each(
        p(sentence(fitted)),
        each(touches(fitted).stream().map(TagCreator::p)),
        fitted.isEmpty() ? each() : fitted(fitted),
        withheld.isEmpty() ? each() : withheld(withheld));
  }

  static String sentence(List<HalfLife> fitted) {
    String overall =
        fitted.stream()
            .filter(life -> life.dimension().equals("overall"))
            .findFirst()
            .map(HalfLifeTables::overall)
            .orElse("No half-life could be fitted over all leads.");
    List<HalfLife> segments =
        fitted.stream()
            .filter(life -> life.dimension().equals("segment"))
            .sorted(Comparator.comparingDouble(life -> life.days().get()))
            .toList();
    if (segments.size() < 2) {
      return overall;
    }
    HalfLife fastest = segments.get(0);
    HalfLife slowest = segments.get(segments.size() - 1);
    return overall
        + String.format(
            " %s the half-life runs from %s days (%s) to %s (%s)%s.",
            fastest.ofAll() > segments.size()
                ? "Among the " + segments.size() + " largest segments"
                : "By segment",
            Numbers.days(fastest.days().get()),
            Numbers.words(fastest.value()),
            Numbers.days(slowest.days().get()),
            Numbers.words(slowest.value()),
            Verdict.onFall(estimate(slowest), estimate(fastest), segments.size()));
  }

  /** How long what a touch adds lasts; empty where nobody can tell. */
  static Optional<String> touches(List<HalfLife> fitted) {
    List<HalfLife> signals =
        fitted.stream()
            .filter(life -> life.dimension().equals("signal") && !isOfAll(life))
            .sorted(Comparator.comparingDouble(life -> life.days().get()))
            .toList();
    return fitted.stream()
        .filter(life -> life.dimension().equals("signal") && isOfAll(life))
        .findFirst()
        .map(
            life ->
                String.format(
                    "What a touch adds to the chance to convert has halved after %s days (95\u00a0%%"
                        + " interval %s)%s.",
                    Numbers.days(life.days().get()),
                    interval(life),
                    signals.size() < 2 ? "" : fastestAndSlowest(signals)));
  }

  private static String fastestAndSlowest(List<HalfLife> signals) {
    HalfLife fastest = signals.get(0);
    HalfLife slowest = signals.get(signals.size() - 1);
    return String.format(
        "; of the signals that can be told apart, %s fades fastest (%s) and %s slowest (%s)%s",
        Numbers.words(fastest.value()),
        Numbers.days(fastest.days().get()),
        Numbers.words(slowest.value()),
        Numbers.days(slowest.days().get()),
        Verdict.onFall(estimate(slowest), estimate(fastest), signals.size()));
  }

  private static boolean isOfTouches(String dimension) {
    return dimension.equals("signal") || dimension.equals("channel");
  }

  private static boolean isOfAll(HalfLife life) {
    return isOfTouches(life.dimension()) && life.value().equals("all");
  }

  private static String overall(HalfLife life) {
    return String.format(
        "Of the leads that will ever convert, half do so within %s days of their creation (95\u00a0%%"
            + " interval %s)%s.",
        Numbers.days(life.days().get()),
        interval(life),
        life.neverConverts()
            .map(share -> "; " + Numbers.percent(share) + " never will")
            .orElse(""));
  }

  private static Estimate estimate(HalfLife life) {
    return new Estimate(life.days().get(), life.ciLow().orElse(null), life.ciHigh().orElse(null));
  }

  private static String interval(HalfLife life) {
    return life.ciLow().map(Numbers::days).orElse("?")
        + life.ciHigh().map(high -> " to " + Numbers.days(high)).orElse(" or more");
  }

  private static DomContent fitted(List<HalfLife> fitted) {
    ReportTable table =
        ReportTable.captioned("Half-lives, largest groups first", TABLE)
            .words("Group")
            .numbers("Days")
            .numbers("95\u00a0% interval")
            .numbers("Never converts")
            .numbers("Leads or touches")
            .words("Method")
            .stacked();
    byDimension(fitted)
        .forEach(
            (dimension, lives) -> {
              table.group(heading(dimension, lives));
              lives.forEach(
                  life ->
                      table.row(
                          name(life),
                          text(Numbers.days(life.days().get())),
                          text(interval(life)),
                          text(Numbers.percent(life.neverConverts())),
                          text(Numbers.count(life.n())),
                          method(life)));
            });
    return table.build();
  }

  private static String heading(String dimension, List<HalfLife> lives) {
    String name = dimension.equals("overall") ? "Overall" : "By " + Numbers.words(dimension);
    long ofAll = lives.get(0).ofAll();
    String all =
        ofAll > lives.size()
            ? name + " (the " + lives.size() + " largest of " + Numbers.count(ofAll) + ")"
            : name;
    return isOfTouches(dimension) ? all + ": days until what a touch adds has halved" : all;
  }

  private static Map<String, List<HalfLife>> byDimension(List<HalfLife> lives) {
    return lives.stream()
        .sorted(
            Comparator.comparingInt((HalfLife life) -> rank(life.dimension()))
                .thenComparing(life -> !isOfAll(life))
                .thenComparing(Comparator.comparingLong(HalfLife::n).reversed()))
        .collect(
            Collectors.groupingBy(HalfLife::dimension, LinkedHashMap::new, Collectors.toList()));
  }

  private static int rank(String dimension) {
    int known = ORDER.indexOf(dimension);
    return known < 0 ? ORDER.size() : known;
  }

  private static DomContent name(HalfLife life) {
    if (isOfAll(life)) {
      return bdi("all " + life.dimension() + "s together");
    }
    return bdi(life.dimension().equals("overall") ? "all leads" : Numbers.words(life.value()));
  }

  private static DomContent method(HalfLife life) {
    return div(text(Numbers.words(life.shape())), span("; " + life.method()).withClass("fine"));
  }

  private static DomContent withheld(List<HalfLife> withheld) {
    ReportTable table =
        ReportTable.captioned("Half-lives withheld", TABLE)
            .words("Group")
            .numbers("Leads or touches")
            .words("Why");
    byDimension(withheld)
        .forEach(
            (dimension, lives) -> {
              table.group(heading(dimension, lives));
              lives.forEach(
                  life ->
                      table.row(name(life), text(Numbers.count(life.n())), text(life.method())));
            });
    return details(
        summary(
            Numbers.counted(all(withheld), "half-life").replace("half-lifes", "half-lives")
                + " withheld, with the reason"),
        table.build());
  }

  /** Those that are not here too. */
  private static long all(List<HalfLife> lives) {
    return byDimension(lives).values().stream().mapToLong(alike -> alike.get(0).ofAll()).sum();
  }
}
