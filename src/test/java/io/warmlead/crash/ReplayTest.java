package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.IngestedFiles;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night gives the same rows wherever and however it runs. */
final class ReplayTest {
  /** Its lower case of I is not that of English. */
  private static final Locale TURKISH = Locale.forLanguageTag("tr-TR");

  @TempDir private Path folder;

  private SmallCompany company;

  @BeforeEach
  void export() {
    company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    company.exportSecond();
  }

  /**
   * Where and how a night runs.
   *
   * @param partitions of every shuffle
   */
  private record Machine(Locale locale, String zone, int partitions) {}

  @Test
  @Tag("night")
  void aNightInIndiaInTurkishInSevenPartitionsIsTheSame() throws IOException {
    Map<String, List<String>> usual = night(new Machine(Locale.ENGLISH, "UTC", 2));
    assertThat(usual.keySet()).contains("engagements", "lead_features", "lead_scores", "funnel");
    assertSame(usual, night(new Machine(TURKISH, "Asia/Kolkata", 7)));
  }

  @Test
  @Tag("proof")
  void neitherZoneNorLanguageNorPartitionsNorTheOrderOfRowsChangeANight() throws IOException {
    Map<String, List<String>> usual = night(new Machine(Locale.ENGLISH, "UTC", 2));
    assertSame(usual, night(new Machine(TURKISH, "America/St_Johns", 1)));
    assertSame(usual, night(new Machine(TURKISH, "Pacific/Kiritimati", 7)));
    assertSame(usual, night(new Machine(Locale.GERMANY, "Pacific/Pago_Pago", 200)));
    shuffle();
    Map<String, List<String>> shuffled = night(new Machine(Locale.ENGLISH, "UTC", 2));
    // It knows a file by its time of change too.
    usual.remove(IngestedFiles.TABLE.name());
    shuffled.remove(IngestedFiles.TABLE.name());
    assertSame(usual, shuffled);
  }

  @Test
  @Tag("proof")
  void aMachineWithOtherDigitsReadsTheSame() throws Exception {
    Path lake = folder.resolve("lake-in-cairo");
    ChildRun.End end =
        ChildRun.start(
                folder,
                Map.of(
                    "user.language", "ar", "user.country", "EG", "user.timezone", "Africa/Cairo"),
                arguments("ingest", lake))
            .end();
    assertThat(end.exitCode()).as(end.output()).isZero();
    Path usual = folder.resolve("lake-in-greenwich");
    assertThat(Invocation.of(arguments("ingest", usual)).exitCode()).isZero();
    assertSame(SmallCompany.rows(usual), SmallCompany.rows(lake));
  }

  private List<String> arguments(String command, Path lake) {
    List<String> arguments = new ArrayList<>(List.of(command, "--as-of", "2026-01-09"));
    for (String setting : company.settings(lake.toString())) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  private Map<String, List<String>> night(Machine machine) throws IOException {
    Path lake = Files.createTempDirectory(folder, "lake");
    RuntimeConfig conf = TestSession.get().conf();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String partitions = conf.get("spark.sql.shuffle.partitions");
    Invocation audit;
    try {
      Locale.setDefault(machine.locale());
      TimeZone.setDefault(TimeZone.getTimeZone(machine.zone()));
      conf.set("spark.sql.session.timeZone", machine.zone());
      conf.set("spark.sql.shuffle.partitions", machine.partitions());
      Invocation run = Invocation.of(arguments("nightly", lake));
      assertThat(run.exitCode()).as("%s: %s", machine, run.err()).isZero();
      audit = Invocation.of("audit", "--digests", "--lake", lake.toString());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      conf.set("spark.sql.session.timeZone", "UTC");
      conf.set("spark.sql.shuffle.partitions", partitions);
    }
    Map<String, List<String>> rows = SmallCompany.rows(lake);
    List<String> digests =
        audit.lines().stream().filter(line -> line.startsWith("digest ")).toList();
    assertThat(digests).hasSizeGreaterThan(10);
    rows.put("digests", digests);
    return rows;
  }

  /** Writes the rows of all exports in another order. */
  private void shuffle() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("exports"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.shuffle(lines.subList(1, lines.size()), new Random(7));
        Files.write(file, lines);
      }
    }
  }

  private static void assertSame(Map<String, List<String>> usual, Map<String, List<String>> other) {
    assertThat(other.keySet()).isEqualTo(usual.keySet());
    usual.forEach((table, rows) -> assertThat(other.get(table)).as(table).isEqualTo(rows));
  }
}
