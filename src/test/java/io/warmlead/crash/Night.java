package io.warmlead.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.pipeline.Nightly.Part;
import io.warmlead.table.LeadScores;
import io.warmlead.table.TableContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.commons.io.FileUtils;

/**
 * A night over a lake, which may end anywhere.
 *
 * @param parts that are run
 * @param before the lake before it
 * @param published what readers see before it
 * @param clean all tables after it, where nothing disturbs it
 * @param operations on files of which each may fail
 */
record Night(
    SmallCompany company,
    String asOf,
    Set<Part> parts,
    Path before,
    Map<String, List<String>> published,
    Map<String, List<String>> clean,
    long operations) {
  private static final List<TableContract> PUBLISHED =
      List.of(
          LeadScores.CURRENT,
          LeadScores.HOT,
          LeadScores.COOLING,
          LeadScores.SAVE_TODAY,
          LeadScores.REWARMED);

  /** The night as it should be; its lake stays in {@code after}. */
  static Night undisturbed(
      SmallCompany company, String asOf, Set<Part> parts, Path before, Path after) {
    SmallCompany.copy(before, after);
    FaultyFileSystem.breakAt(Long.MAX_VALUE);
    company.night("undisturbed", after, asOf, parts);
    long operations = FaultyFileSystem.mend();
    return new Night(
        company,
        asOf,
        parts,
        before,
        SmallCompany.rows(before, PUBLISHED),
        SmallCompany.rows(after),
        operations);
  }

  /** Lets the night end at each of some points, and runs it again. */
  void assertMadeGood(LongStream points) throws IOException {
    List<String> wrong = new ArrayList<>();
    int crashes = 0;
    for (long point : points.toArray()) {
      Path lake = before.resolveSibling("ended-at-" + point);
      SmallCompany.copy(before, lake);
      crashes += endsAt(point, lake) ? 1 : 0;
      addHalfNights(point, lake, wrong);
      company.night("again", lake, asOf, parts);
      addDifferences(point, SmallCompany.rows(lake), wrong);
      FileUtils.deleteDirectory(lake.toFile());
    }
    System.out.printf(
        "%d crashes at %d operations on files: %d differences%n",
        crashes, operations, wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(crashes).as("points at which the night did end").isGreaterThan(1);
  }

  /** Whether the night ended there; the last operations tidy up what Delta can do without. */
  private boolean endsAt(long point, Path lake) {
    FaultyFileSystem.breakAt(point);
    try {
      company.night("broken", lake, asOf, parts);
      return false;
    } catch (Exception e) {
      // Spark throws checked exceptions undeclared.
      assertThat(e).hasStackTraceContaining("the power is lost");
      return true;
    } finally {
      FaultyFileSystem.mend();
    }
  }

  /** Each published table is wholly of the one night or wholly of the other. */
  private void addHalfNights(long point, Path lake, List<String> wrong) {
    Map<String, List<String>> found = SmallCompany.rows(lake, PUBLISHED);
    for (TableContract table : PUBLISHED) {
      List<String> rows = found.get(table.name());
      if (!Objects.equals(rows, published.get(table.name()))
          && !Objects.equals(rows, clean.get(table.name()))) {
        wrong.add("ended at " + point + ": " + table.name() + " is of no night: " + rows);
      }
    }
  }

  private void addDifferences(long point, Map<String, List<String>> found, List<String> wrong) {
    assertThat(found.keySet()).isSubsetOf(clean.keySet());
    clean.forEach(
        (table, rows) -> {
          List<String> others = found.getOrDefault(table, List.of());
          if (!others.equals(rows)) {
            wrong.add("ended at " + point + ": " + table + " is " + others + ", not " + rows);
          }
        });
  }
}
