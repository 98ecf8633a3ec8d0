package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.warmlead.report.Browser.Extent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in a real browser, on a phone, a laptop and on paper; pictures to look at stay. */
@Tag("proof")
final class ReportInBrowserTest {
  private static final Path PICTURES = Path.of("target/screenshots");

  @TempDir private Path folder;

  private Browser browser;

  @BeforeEach
  void findTheBrowser() throws IOException {
    Browser found = Browser.find(folder).orElse(null);
    assumeTrue(found != null, "no Chromium on the path: install the package chromium to look");
    browser = found;
    Files.createDirectories(PICTURES);
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1280})
  void nothingIsWiderThanTheScreen(int width) throws Exception {
    for (NightView night :
        new NightView[] {SampleNight.full(), SampleNight.hostile(), SampleNight.empty()}) {
      Extent extent = browser.extent(page(night), width);
      assertThat(extent.width()).isEqualTo(width);
      assertThat(extent.height()).isGreaterThan(400);
    }
  }

  @Test
  void whatIsTooWideIsFound() throws Exception {
    Path wide =
        Files.writeString(folder.resolve("wide.html"), "<p style=\"width:500px\">too wide</p>");
    assertThat(browser.extent(wide, 390).width()).isGreaterThan(390);
  }

  @Test
  void itIsShownByLightAndInTheDarkOnAPhoneOnALaptopAndOnPaper() throws Exception {
    Path page = page(SampleNight.full());
    for (int width : new int[] {390, 1280}) {
      browser.screenshot(page, width, false, PICTURES.resolve("report-" + width + ".png"));
      browser.screenshot(page, width, true, PICTURES.resolve("report-" + width + "-dark.png"));
      assertThat(Files.readAllBytes(PICTURES.resolve("report-" + width + ".png")))
          .as("a picture, other than the one of the dark")
          .startsWith(0x89, 'P', 'N', 'G')
          .isNotEqualTo(Files.readAllBytes(PICTURES.resolve("report-" + width + "-dark.png")));
    }
    browser.print(page, PICTURES.resolve("report.pdf"));
    assertThat(Files.readString(PICTURES.resolve("report.pdf"), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-")
        .contains("/Type /Page");
  }

  private Path page(NightView night) throws IOException {
    return Files.writeString(folder.resolve("report.html"), HtmlReport.render(night));
  }
}
