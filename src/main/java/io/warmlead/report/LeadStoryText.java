package io.warmlead.report;

import io.warmlead.report.LeadStory.Change;
import io.warmlead.report.LeadStory.Move;
import io.warmlead.report.LeadStory.Newest;
import io.warmlead.report.LeadStory.Outcome;
import io.warmlead.report.LeadStory.Reason;
import io.warmlead.report.LeadStory.Score;
import io.warmlead.report.LeadStory.Touch;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One lead's story on a terminal: at most 50 lines. */
public final class LeadStoryText {
  private static final int MOST_REASONS = 5;
  private static final int LONGEST_ASSET = 48;

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final LeadStory story;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  private LeadStoryText(LeadStory story, ZoneId zone) {
    this.story = story;
    this.zone = zone;
  }

  /**
   * The lines.
   *
   * @param zone in which instants are told
   */
  public static List<String> of(LeadStory story, ZoneId zone) {
    return new LeadStoryText(story, zone).told();
  }

  private String minute(Instant instant) {
    return MINUTE.format(instant.atZone(zone));
  }

  private List<String> told() {
    lines.add(headline());
    listed("who", List.of(who()));
    listed("outcomes", story.outcomes().stream().map(this::outcome).toList());
    listed("timeline", timeline());
    listed("scores", scores());
    listed("reasons", reasons());
    listed("change", story.change().map(LeadStoryText::change).stream().toList());
    listed("moves", story.moves().stream().map(this::move).toList());
    listed("forecast", story.newest().map(LeadStoryText::forecast).orElse(List.of()));
    listed("to do", List.of(LeadAdvice.of(story)));
    listed("tables", List.of(story.place()));
    return List.copyOf(lines);
  }

  /** The first line carries the label, the others stand below it. */
  private void listed(String label, List<String> entries) {
    for (int i = 0; i < entries.size(); i++) {
      lines.add(format("%-10s%s", i == 0 ? label : "", entries.get(i)));
    }
  }

  private String headline() {
    if (story.score().isEmpty()) {
      return story.leadId() + ": never scored in a published night";
    }
    Score score = story.score().get();
    Newest newest = story.newest().orElseThrow();
    String chance =
        score
            .probability()
            .map(
                p ->
                    plain(Numbers.percent(p))
                        + " chance of a conversion within "
                        + newest
                            .horizonDays()
                            .map(days -> format("%.0f days", days))
                            .orElse("the horizon"))
            .orElse("no probability (behaviour rules alone)");
    String closed =
        story.isScoredInNewestNight()
            ? ""
            : ", not open in the newest night"
                + story.newestNight().map(date -> " (" + date + ")").orElse("");
    return format(
        "%s: %s, %s, %s, as of %s %s%s",
        story.leadId(),
        score.tier(),
        chance,
        score.trend(),
        minute(newest.scoredAsOf()),
        zone.getId(),
        closed);
  }

  private String who() {
    if (story.lead().isEmpty()) {
      return "not in the leads table: its engagements wait for that";
    }
    LeadStory.Attributes lead = story.lead().get();
    return Stream.of(
            named("segment", lead.segment()),
            named("source", lead.source()),
            named("owner", lead.owner()),
            named("account", lead.accountId()),
            named("country", lead.country()),
            Optional.of("created " + minute(lead.createdAt())))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> named(String name, Optional<String> value) {
    return value.map(text -> name + " " + text);
  }

  private String outcome(Outcome outcome) {
    return minute(outcome.occurredAt())
        + "  "
        + outcome.outcome()
        + (outcome.isConversion() ? " (a conversion)" : "")
        + unlessScored(outcome.occurredAt());
  }

  private List<String> timeline() {
    if (story.timeline().isEmpty()) {
      return List.of("no engagement");
    }
    List<String> told = new ArrayList<>();
    long shown = story.timeline().stream().mapToLong(Touch::times).sum();
    if (story.engagements() > shown) {
      told.add(plain(Numbers.counted(story.engagements() - shown, "earlier engagement")));
    }
    story.timeline().forEach(touch -> told.add(touch(touch)));
    return told;
  }

  private String touch(Touch touch) {
    return minute(touch.lastAt())
        + "  "
        + touch.signal()
        + (touch.times() > 1 ? format(" (%,d that day)", touch.times()) : "")
        + (touch.direction().equals("outbound") ? ", by us" : "")
        + (touch.channel().equals("unknown") ? "" : ", " + touch.channel())
        + touch.asset().map(asset -> ", " + shortened(asset)).orElse("")
        + unlessScored(touch.knownAt());
  }

  /** A mark for what the newest score cannot know. */
  private String unlessScored(Instant known) {
    return story.newest().filter(newest -> !known.isBefore(newest.scoredAsOf())).isPresent()
        ? "  (not in the score yet)"
        : "";
  }

  private static String shortened(String asset) {
    return asset.length() <= LONGEST_ASSET ? asset : asset.substring(0, LONGEST_ASSET - 1) + "…";
  }

  private List<String> scores() {
    List<String> told = new ArrayList<>();
    if (!story.scores().isEmpty()) {
      told.add(
          format(
              "%-10s  %11s  %11s  %-4s  %s",
              "date", "probability", "temperature", "tier", "trend"));
    }
    story
        .scores()
        .forEach(
            score ->
                told.add(
                    format(
                        "%s  %11s  %11s  %-4s  %s",
                        score.scoreDate(),
                        score.probability().map(p -> plain(Numbers.percent(p))).orElse("none"),
                        score.temperature().map(t -> format("%.1f", t)).orElse("none"),
                        score.tier(),
                        score.trend())));
    return told;
  }

  /** First which rule set the tier, then the strongest reasons of the probability. */
  private List<String> reasons() {
    if (story.newest().isEmpty()) {
      return List.of();
    }
    Newest newest = story.newest().get();
    List<String> told = new ArrayList<>();
    told.add(
        story.score().orElseThrow().tier()
            + " since "
            + newest.tierSince()
            + " ("
            + newest.tierReason()
            + (newest.isRewarmed() ? ", after a cold spell" : "")
            + ")");
    newest.reasons().stream()
        .filter(reason -> reason.value().isPresent())
        .sorted(
            Comparator.comparingDouble((Reason reason) -> -Math.abs(reason.contribution()))
                .thenComparing(Reason::feature))
        .limit(MOST_REASONS)
        .forEach(
            reason ->
                told.add(format("%s (%+.2f log-odds)", reason.text(), reason.contribution())));
    return told;
  }

  private static String change(Change change) {
    String parts =
        Stream.of(
                part("late corrections", change.byCorrections()),
                part("time passing", change.byDecay()),
                part("attributes", change.byAttributes()),
                part("new engagements", change.byNewEvents()),
                part("the model", change.byModel()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return format(
        "%s points of probability since %s%s",
        points(change.delta()), change.previousScoreDate(), parts.isEmpty() ? "" : ": " + parts);
  }

  private static Optional<String> part(String name, double probability) {
    return probability == 0 ? Optional.empty() : Optional.of(name + " " + points(probability));
  }

  /** A difference of probabilities in points of a hundred; small ones keep two digits. */
  static String points(double probability) {
    double points = 100 * probability;
    return points == 0 ? "0" : format(Math.abs(points) < 1 ? "%+.2g" : "%+.1f", points);
  }

  private String move(Move move) {
    String tiers =
        Stream.of(move.fromTier(), move.toTier())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" to "));
    return move.scoreDate()
        + "  "
        + move.kind()
        + (tiers.isEmpty() ? "" : ": " + tiers)
        + move.dwellDays()
            .map(days -> " after " + Numbers.counted(days, "day"))
            .map(LeadStoryText::plain)
            .orElse("")
        + move.triggerSignal().map(signal -> ", set off by " + signal).orElse("")
        + move.triggerAt().map(at -> " at " + minute(at)).orElse("");
  }

  private static List<String> forecast(Newest newest) {
    return Stream.of(
            newest
                .daysToCold()
                .map(
                    days ->
                        plain("cold in " + Numbers.counted(days, "day") + " if it stays silent")),
            newest
                .probabilityAtRisk()
                .map(risk -> points(-risk) + " points of probability in 7 more silent days"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
