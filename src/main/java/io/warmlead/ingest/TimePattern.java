package io.warmlead.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A pattern of times in Spark's letters, and whether it names a zone. What stands between single
 * quotes is text, what stands between brackets need not be there.
 */
record TimePattern(String text) {
  private static final String ZONE_LETTERS = "vVzOXxZ";
  private static final Pattern UTC_IN_QUOTES = Pattern.compile("' *(Z|UTC|GMT|[+-]00:?00) *'");

  /** Whether texts of this pattern may have a zone: a letter for one, or UTC between quotes. */
  boolean namesZone() {
    if (UTC_IN_QUOTES.matcher(text).find()) {
      return true;
    }
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      isQuoted ^= letter == '\'';
      if (!isQuoted && ZONE_LETTERS.indexOf(letter) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The pattern of texts that leave out every zone which need not be there. */
  TimePattern withoutOptionalZones() {
    StringBuilder kept = new StringBuilder();
    Deque<Integer> starts = new ArrayDeque<>();
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      isQuoted ^= letter == '\'';
      if (!isQuoted && letter == '[') {
        starts.push(kept.length());
      }
      kept.append(letter);
      if (!isQuoted && letter == ']' && !starts.isEmpty()) {
        int start = starts.pop();
        if (new TimePattern(kept.substring(start)).namesZone()) {
          kept.setLength(start);
        }
      }
    }
    return new TimePattern(kept.toString());
  }
}
