package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that ends anywhere leaves whole tables behind, and is made good by the next run. */
final class CrashTest {
  private static final List<TableContract> PUBLISHED =
      List.of(
          LeadScores.CURRENT,
          LeadScores.HOT,
          LeadScores.COOLING,
          LeadScores.SAVE_TODAY,
          LeadScores.REWARMED);

  @TempDir private static Path folder;

  private static Night first;
  private static Night second;

  /**
   * A night over what is there before it.
   *
   * @param published what readers see before
   * @param clean all tables after it, where nothing disturbs it
   * @param operations on files that may fail
   */
  private record Night(
      SmallCompany company,
      String asOf,
      Path before,
      Map<String, List<String>> published,
      Map<String, List<String>> clean,
      long operations) {

    static Night undisturbed(SmallCompany company, String asOf, Path before, Path after) {
      SmallCompany.copy(before, after);
      FaultyFileSystem.breakAt(Long.MAX_VALUE);
      company.night("undisturbed-" + asOf, after, asOf);
      long operations = FaultyFileSystem.mend();
      return new Night(
          company,
          asOf,
          before,
          SmallCompany.rows(before, PUBLISHED),
          SmallCompany.rows(after),
          operations);
    }

    /** Whether the night ended there; the last operations tidy up what Delta can do without. */
    boolean endsAt(long point, Path lake) {
      FaultyFileSystem.breakAt(point);
      try {
        company.night("broken", lake, asOf);
        return false;
      } catch (Exception e) {
        // Spark throws checked exceptions undeclared.
        assertThat(e).hasStackTraceContaining("the power is lost");
        return true;
      } finally {
        FaultyFileSystem.mend();
      }
    }
  }

  @BeforeAll
  static void runBothNightsUndisturbed() throws IOException {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    SmallCompany young = new SmallCompany(folder.resolve("young"));
    young.exportFirst();
    first = Night.undisturbed(young, "2026-01-07", nothing, folder.resolve("after-first"));
    SmallCompany grown = new SmallCompany(folder.resolve("grown"));
    grown.exportFirst();
    Path before = folder.resolve("before-second");
    grown.night("first", before, "2026-01-07");
    grown.exportSecond();
    second = Night.undisturbed(grown, "2026-01-09", before, folder.resolve("after-second"));
  }

  @Test
  void aNightThatEndsAtSomePointsIsMadeGood() throws IOException {
    assertMadeGood(second, LongStream.of(second.operations() / 4, second.operations() / 2));
  }

  @Test
  @Tag("proof")
  void aNightThatEndsAtAnyPointIsMadeGood() throws IOException {
    assertMadeGood(second, LongStream.rangeClosed(1, second.operations()));
  }

  @Test
  @Tag("proof")
  void theVeryFirstNightMayEndAtAnyPointToo() throws IOException {
    assertMadeGood(first, LongStream.rangeClosed(1, first.operations()));
  }

  private static void assertMadeGood(Night night, LongStream points) throws IOException {
    List<String> wrong = new ArrayList<>();
    int crashes = 0;
    for (long point : points.toArray()) {
      Path lake = folder.resolve("broken-" + night.asOf() + "-" + point);
      SmallCompany.copy(night.before(), lake);
      crashes += night.endsAt(point, lake) ? 1 : 0;
      addHalfNights(night, point, lake, wrong);
      night.company().night("again", lake, night.asOf());
      addDifferences(night, point, SmallCompany.rows(lake), wrong);
      FileUtils.deleteDirectory(lake.toFile());
      System.out.println(
          crashes + " crashes of " + night.operations() + ", " + wrong.size() + " differences");
    }
    assertThat(wrong).isEmpty();
    assertThat(crashes).as("points at which the night did end").isGreaterThan(1);
  }

  /** Each published table is wholly of the one night or wholly of the other. */
  private static void addHalfNights(Night night, long point, Path lake, List<String> wrong) {
    Map<String, List<String>> found = SmallCompany.rows(lake, PUBLISHED);
    for (TableContract table : PUBLISHED) {
      List<String> rows = found.get(table.name());
      if (!Objects.equals(rows, night.published().get(table.name()))
          && !Objects.equals(rows, night.clean().get(table.name()))) {
        wrong.add("ended at " + point + ": " + table.name() + " is of no night: " + rows);
      }
    }
  }

  private static void addDifferences(
      Night night, long point, Map<String, List<String>> found, List<String> wrong) {
    assertThat(found.keySet()).isSubsetOf(night.clean().keySet());
    night
        .clean()
        .forEach(
            (table, rows) -> {
              List<String> others = found.getOrDefault(table, List.of());
              if (!others.equals(rows)) {
                wrong.add("ended at " + point + ": " + table + " is " + others + ", not " + rows);
              }
            });
  }
}
