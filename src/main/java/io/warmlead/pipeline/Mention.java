package io.warmlead.pipeline;

import static io.warmlead.ingest.PersonMentions.INSIDE_A_WORD;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;

/** How an id shows within a text: by itself, not as a part of a longer word or number. */
final class Mention {
  private Mention() {}

  /** A regular expression; the id as it stands, as JSON has it, and as HTML has it. */
  static String pattern(String id) {
    return pattern(List.of(id));
  }

  /** The same for any of several ids, the longest first. */
  static String pattern(List<String> ids) {
    Set<String> forms = new LinkedHashSet<>();
    for (String id : ids) {
      forms.add(id);
      forms.add(StringEscapeUtils.escapeJson(id));
      forms.add(id.replace("\\", "\\\\").replace("\"", "\\\""));
      forms.add(StringEscapeUtils.escapeHtml4(id));
      forms.add(StringEscapeUtils.escapeXml10(id));
    }
    return forms.stream()
        .sorted(Comparator.comparing(String::length).reversed())
        .map(Pattern::quote)
        .collect(
            Collectors.joining("|", "(?<!" + INSIDE_A_WORD + ")(?:", ")(?!" + INSIDE_A_WORD + ")"));
  }
}
