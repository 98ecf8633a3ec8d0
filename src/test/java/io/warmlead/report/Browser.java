package io.warmlead.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, where it is installed. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  private static final Pattern EXTENT = Pattern.compile("<title>extent (\\d+) (\\d+)</title>");

  private static final long PATIENCE_SECONDS = 120;

  /** No window is narrower; narrower pages stand in a frame. */
  private static final int NARROWEST_WINDOW = 500;

  private final Path program;
  private final Path folder;

  private Browser(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The first one on the path. */
  static Optional<Browser> find(Path folder) {
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(place -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Browser(program, folder));
  }

  /** Width and height that a page takes in a frame of some width, pixels. */
  record Extent(int width, int height) {}

  /** How much room a page takes where it is offered so much width. */
  Extent extent(Path page, int width) throws IOException, InterruptedException {
    Path frame =
        frame(
            page,
            width,
            900,
            "onload=\"const d=this.contentDocument.documentElement;"
                + "document.title='extent '+d.scrollWidth+' '+d.scrollHeight\"");
    String found = run(width, 900, List.of("--dump-dom"), frame);
    Matcher extent = EXTENT.matcher(found);
    if (!extent.find()) {
      throw new IOException("the page was not loaded: " + found);
    }
    return new Extent(Integer.parseInt(extent.group(1)), Integer.parseInt(extent.group(2)));
  }

  /** A picture of a whole page. */
  void screenshot(Path page, int width, boolean isDark, Path picture)
      throws IOException, InterruptedException {
    int height = extent(page, width).height();
    List<String> options = new ArrayList<>(List.of("--screenshot=" + picture.toAbsolutePath()));
    if (isDark) {
      options.add("--blink-settings=preferredColorScheme=0");
    }
    run(width, height, options, frame(page, width, height, ""));
  }

  /** The page on paper. */
  void print(Path page, Path pdf) throws IOException, InterruptedException {
    run(
        NARROWEST_WINDOW,
        900,
        List.of("--no-pdf-header-footer", "--print-to-pdf=" + pdf.toAbsolutePath()),
        page);
  }

  private Path frame(Path page, int width, int height, String attributes) throws IOException {
    return Files.writeString(
        folder.resolve("frame.html"),
        "<html><head><title></title></head><body style=\"margin:0\"><iframe src=\""
            + page.toAbsolutePath().toUri()
            + "\" style=\"border:0;display:block;width:"
            + width
            + "px;height:"
            + height
            + "px\" "
            + attributes
            + "></iframe></body></html>");
  }

  private String run(int width, int height, List<String> options, Path page)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile").toAbsolutePath(),
                "--window-size=" + Math.max(width, NARROWEST_WINDOW) + "," + height));
    command.addAll(options);
    command.add(page.toAbsolutePath().toUri().toString());
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the browser did not end: " + String.join(" ", command));
    }
    return Files.readString(out);
  }
}
