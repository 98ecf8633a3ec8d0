package io.warmlead.pipeline;

import io.warmlead.config.NearestName;
import io.warmlead.config.SignalSettings.Meaning;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses from the words of an event which signal of the catalogue it is, for a person to judge.
 */
final class SignalGuess {
  /** Words that many events have: they decide only between signals that are alike otherwise. */
  private static final Set<String> COMMON = Set.of("page", "view", "click", "open", "use", "form");

  private static final double COMMON_WEIGHT = 0.4;

  /** What means that somebody wants no more, before anything else in the name. */
  private static final Set<String> REFUSALS =
      Set.of("unsubscribe", "unsubscribed", "optout", "opted");

  /** What somebody does who asks for something: to watch a demo is no request for one. */
  private static final List<String> ASKING =
      List.of("request", "book", "schedul", "asked", "order", "want");

  private final Map<String, Meaning> catalogue;

  SignalGuess(Map<String, Meaning> catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * A rule of signals.map; commented out where no word tells.
   *
   * @param direction of the event as far as known: an event of ours is no signal of a lead's
   */
  String rule(String event, String direction) {
    String quoted = "\"" + event.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return signal(event, direction)
        .map(signal -> "{ event = " + quoted + ", signal = " + signal + " }")
        .orElse("# { event = " + quoted + ", signal = page_view }   its name tells nothing");
  }

  private Optional<String> signal(String event, String direction) {
    List<String> words = List.of(event.toLowerCase(Locale.ROOT).split("[^a-z]+", -1));
    if (catalogue.containsKey("unsubscribe") && isRefusal(words)) {
      return Optional.of("unsubscribe");
    }
    List<String> possible =
        catalogue.keySet().stream()
            .filter(
                signal ->
                    !direction.equals("outbound")
                        || !catalogue.get(signal).direction().equals("inbound"))
            .filter(signal -> !signal.endsWith("_request") || isAsking(words))
            .sorted()
            .toList();
    return NearestName.of(event, possible)
        .or(
            () ->
                possible.stream()
                    .filter(signal -> alike(signal, words) > 0)
                    .max(
                        Comparator.comparingDouble((String signal) -> alike(signal, words))
                            .thenComparing(Comparator.reverseOrder())));
  }

  private static boolean isAsking(List<String> words) {
    return words.stream().anyMatch(word -> ASKING.stream().anyMatch(word::contains));
  }

  private static boolean isRefusal(List<String> words) {
    return words.stream().anyMatch(REFUSALS::contains)
        || (words.contains("opt") && words.contains("out"));
  }

  /** The share of a signal's words that the event has, common words counting less. */
  private static double alike(String signal, List<String> words) {
    double all = 0;
    double shared = 0;
    for (String part : signal.split("_", -1)) {
      double weight = COMMON.contains(part) ? COMMON_WEIGHT : 1;
      all += weight;
      shared += words.stream().anyMatch(word -> isSame(word, part)) ? weight : 0;
    }
    return shared / all;
  }

  /** {@code clicked} is a click, {@code mail} an e-mail, {@code homepage} a page. */
  private static boolean isSame(String word, String part) {
    return word.startsWith(part)
        || (part.length() > 3 && word.endsWith(part))
        || (word.length() > 3 && (part.startsWith(word) || part.endsWith(word)));
  }
}
