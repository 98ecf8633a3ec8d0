package io.warmlead.report;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.Counted;
import io.warmlead.report.NightView.TierCount;
import j2html.tags.DomContent;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the night comes to, in one sentence. */
final class Headline {
  private Headline() {}

  static DomContent of(NightView night) {
    List<DomContent> facts = new ArrayList<>();
    facts.add(fact("Known up to", Numbers.instant(night.asOf())));
    night.scoreDate().ifPresent(date -> facts.add(fact("Score date", date.toString())));
    night.model().ifPresent(model -> facts.add(fact("Model", model.version())));
    return header(
        p("Warmlead, nightly report").withClass("kicker"),
        h1(title(night)),
        p(summary(night)).withClass("summary"),
        each(night.warnings(), warning -> p(text("Warning: " + warning)).withClass("warning")),
        dl(each(facts, fact -> fact)).withClass("facts"));
  }

  static String title(NightView night) {
    return night
        .scoreDate()
        .map(
            date ->
                date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                    + " "
                    + Numbers.date(date))
        .orElseGet(() -> "As of " + Numbers.instant(night.asOf()));
  }

  private static DomContent fact(String name, String value) {
    return div(dt(name), dd(text(value)));
  }

  static String summary(NightView night) {
    if (night.scoreDate().isEmpty()) {
      return "Nothing was scored in this run.";
    }
    long leads = night.tiers().stream().mapToLong(TierCount::leads).sum();
    if (leads == 0) {
      return "No lead was open to be scored.";
    }
    return String.format(
        "%s of %s %s hot (%s) and %s warm (%s); %s.",
        Numbers.count(in("hot", night)),
        Numbers.counted(leads, "lead"),
        in("hot", night) == 1 ? "is" : "are",
        Numbers.percent((double) in("hot", night) / leads),
        Numbers.count(in("warm", night)),
        Numbers.percent((double) in("warm", night) / leads),
        moves(night, leads));
  }

  private static String moves(NightView night, long leads) {
    if (moved("new", night) == leads) {
      return leads == 1 ? "it was scored for the first time" : "all were scored for the first time";
    }
    List<String> moves = new ArrayList<>();
    add(moves, moved("heated", night), "heated up");
    add(moves, moved("rewarmed", night), "came back");
    add(moves, moved("cooled", night), "cooled down");
    add(moves, moved("policy", night), "changed tier by the rules, the model or its level");
    if (moves.isEmpty()) {
      return "none changed its tier since the scoring before";
    }
    String last = moves.remove(moves.size() - 1);
    String first = moves.isEmpty() ? "" : String.join(", ", moves) + " and ";
    return "since the scoring before " + first + last;
  }

  private static void add(List<String> moves, long leads, String verb) {
    if (leads > 0) {
      moves.add(Numbers.count(leads) + " " + verb);
    }
  }

  private static long in(String tier, NightView night) {
    return night.tiers().stream()
        .filter(count -> count.tier().equals(tier))
        .mapToLong(TierCount::leads)
        .sum();
  }

  private static long moved(String kind, NightView night) {
    return night.moves().stream()
        .filter(move -> move.name().equals(kind))
        .mapToLong(Counted::count)
        .sum();
  }
}
