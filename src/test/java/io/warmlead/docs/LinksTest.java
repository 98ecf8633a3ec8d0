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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Links between pages lead somewhere, where they are written and in the site that is built of them.
 */
final class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern MENU = Pattern.compile("href=\"([^\"]+)[.]html\"");

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
  void everyLinkOfThePagesLeadsSomewhereInTheBuiltSiteToo() {
    List<String> broken = new ArrayList<>();
    for (Path page : Pages.files(Pages.SITE, ".md")) {
      for (String link : links(Pages.lines(page))) {
        faultOfTheSite(page, link).ifPresent(broken::add);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyEntryOfTheMenuIsAPage() {
    Matcher entry = MENU.matcher(Pages.text(Path.of("src/site/site.xml")));
    List<String> pages = new ArrayList<>();
    while (entry.find()) {
      pages.add(entry.group(1));
    }
    assertThat(pages).isNotEmpty().allMatch(page -> Files.exists(Pages.SITE.resolve(page + ".md")));
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
    assertThat(anchorsOfTheSite(List.of("## Two words", "<a id=\"what\"></a>", "## What")))
        .containsExactlyInAnyOrder("Two_words", "what", "What");
    assertThat(links(List.of("see [a](b.md#c)", "```", "[x](y)", "```", "![p](q.png)")))
        .containsExactly("b.md#c", "q.png");
  }

  private static Optional<String> fault(Path page, String link) {
    if (isElsewhere(link)) {
      return Optional.empty();
    }
    Path target = target(page, link);
    if (!Files.exists(target)) {
      return Optional.of(page + ": " + link + " (no such file)");
    }
    boolean isKnown =
        heading(link).map(name -> anchors(Pages.lines(target)).contains(name)).orElse(true);
    return isKnown ? Optional.empty() : Optional.of(page + ": " + link + " (no such heading)");
  }

  /** The site has the pages and their images, and names a heading in its own way. */
  private static Optional<String> faultOfTheSite(Path page, String link) {
    if (isElsewhere(link)) {
      return Optional.empty();
    }
    Path target = target(page, link);
    boolean isPage = target.startsWith(Pages.SITE) && target.toString().endsWith(".md");
    if (!isPage && !target.startsWith(Pages.SITE.resolve("images"))) {
      return Optional.of(page + ": " + link + " (not in the site: write it as a path)");
    }
    boolean isKnown =
        heading(link)
            .map(name -> anchorsOfTheSite(Pages.lines(target)).contains(name))
            .orElse(true);
    return isKnown
        ? Optional.empty()
        : Optional.of(page + ": " + link + " (write <a id=\"…\"></a> above the heading)");
  }

  private static boolean isElsewhere(String link) {
    return link.matches("[a-z]+:.*");
  }

  private static Path target(Path page, String link) {
    String file = link.split("#", 2)[0];
    return file.isEmpty()
        ? page
        : (page.getParent() == null ? Path.of("") : page.getParent()).resolve(file).normalize();
  }

  private static Optional<String> heading(String link) {
    String[] parts = link.split("#", 2);
    return parts.length == 1 ? Optional.empty() : Optional.of(parts[1]);
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

  /** The site's generator keeps the case of a heading; what is written as an anchor stays. */
  private static Set<String> anchorsOfTheSite(List<String> lines) {
    Set<String> anchors = new HashSet<>();
    for (String line : outsideFences(lines)) {
      if (line.matches("#{1,6} .*")) {
        anchors.add(line.replaceFirst("#+ ", "").replace(' ', '_'));
      }
      Matcher anchor = ANCHOR.matcher(line);
      while (anchor.find()) {
        anchors.add(anchor.group(1));
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
