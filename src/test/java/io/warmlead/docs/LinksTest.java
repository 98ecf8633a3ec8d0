package io.warmlead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links between pages lead somewhere. */
final class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  @Test
  void everyRelativeLinkNamesAFileAndAHeadingThatAreThere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : Pages.all()) {
      for (String link : links(Pages.lines(page))) {
        links++;
        fault(page, link).ifPresent(broken::add);
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  @Test
  void everyPageIsReachedFromTheMenuOfTheSite() {
    String menu = Pages.text(Path.of("src/site/site.xml"));
    assertThat(Pages.files(Pages.SITE, ".md"))
        .extracting(page -> page.getFileName().toString().replace(".md", ".html"))
        .allMatch(page -> menu.contains("href=\"" + page + "\""));
  }

  @Test
  void headingsAreCalledAsGitHubAndTheSiteCallThem() {
    assertThat(anchors(List.of("# Data, and `more`", "## lead_scores", "## Why?", "## Why?")))
        .containsExactlyInAnyOrder("data-and-more", "lead_scores", "why", "why-1");
    assertThat(links(List.of("see [a](b.md#c)", "```", "[x](y)", "```", "![p](q.png)")))
        .containsExactly("b.md#c", "q.png");
  }

  private static java.util.Optional<String> fault(Path page, String link) {
    if (link.matches("[a-z]+:.*")) {
      return java.util.Optional.empty();
    }
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty()
            ? page
            : (page.getParent() == null ? Path.of("") : page.getParent())
                .resolve(parts[0])
                .normalize();
    if (!Files.exists(target)) {
      return java.util.Optional.of(page + ": " + link + " (no such file)");
    }
    boolean isKnown = parts.length == 1 || anchors(Pages.lines(target)).contains(parts[1]);
    return isKnown
        ? java.util.Optional.empty()
        : java.util.Optional.of(page + ": " + link + " (no such heading)");
  }

  private static List<String> links(List<String> lines) {
    List<String> links = new ArrayList<>();
    for (String line : outsideFences(lines)) {
      Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
      while (link.find()) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  private static Set<String> anchors(List<String> lines) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : outsideFences(lines)) {
      if (line.matches("#{1,6} .*")) {
        String name =
            line.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int earlier = seen.merge(name, 1, Integer::sum) - 1;
        anchors.add(earlier == 0 ? name : name + "-" + earlier);
      }
    }
    return anchors;
  }

  private static List<String> outsideFences(List<String> lines) {
    List<String> outside = new ArrayList<>();
    boolean isInside = false;
    for (String line : lines) {
      if (line.strip().startsWith("```")) {
        isInside = !isInside;
      } else if (!isInside) {
        outside.add(line);
      }
    }
    return outside;
  }
}
