package io.warmlead.pipeline;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;

/** How an id shows within a text: by itself, not as a part of a longer word or number. */
final class Mention {
  private static final String INSIDE_A_WORD = "[\\p{L}\\p{N}_-]";

  private Mention() {}

  /** A regular expression; the id as it stands, as JSON has it, and as HTML has it. */
  static String pattern(String id) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(id);
    forms.add(StringEscapeUtils.escapeJson(id));
    forms.add(id.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(StringEscapeUtils.escapeHtml4(id));
    forms.add(StringEscapeUtils.escapeXml10(id));
    return forms.stream()
        .map(Pattern::quote)
        .collect(
            Collectors.joining("|", "(?<!" + INSIDE_A_WORD + ")(?:", ")(?!" + INSIDE_A_WORD + ")"));
  }
}
