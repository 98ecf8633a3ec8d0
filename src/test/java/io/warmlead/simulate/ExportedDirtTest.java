package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of planted dirt are those that a stranger counts in the files. */
final class ExportedDirtTest {
  @TempDir private static Path folder;
  private static final Map<Dirt, Long> FOUND = new HashMap<>();
  private static Config truth;

  @BeforeAll
  static void countWhatStandsInTheFiles() {
    CompanySimulator.run(new SimulationPlan(folder.toString(), 1_200, 150, 45_000, 11), 2);
    SimulatedFiles files = new SimulatedFiles(folder);
    truth = ConfigFactory.parseString(files.text("truth/parameters.json"));
    Set<String> contacts = new HashSet<>();
    files.rows("leads/leads.csv.gz").forEach(row -> contacts.add(row.get(0)));
    Map<String, String> fileOfEvent = new HashMap<>();
    for (String file : files.engagementFiles()) {
      for (List<String> row : files.rows(file)) {
        count(row, file, contacts, fileOfEvent);
      }
    }
  }

  private static void count(
      List<String> row, String file, Set<String> contacts, Map<String, String> fileOfEvent) {
    if (row.size() == 1) {
      found(Dirt.GARBAGE);
      return;
    }
    String first = fileOfEvent.putIfAbsent(row.get(0), file);
    if (first != null) {
      found(first.equals(file) ? Dirt.DUPLICATE : Dirt.REEXPORTED);
    } else if (row.size() != 9) {
      found(Dirt.RAGGED);
    } else if (row.get(2).startsWith("32.")) {
      found(Dirt.BROKEN_TIMESTAMP);
    } else if (row.get(2).startsWith("2099")) {
      found(Dirt.FUTURE_CLOCK);
    } else if (row.get(1).isEmpty()) {
      found(Dirt.MISSING_CONTACT);
    } else if (row.get(4).isEmpty()) {
      found(Dirt.MISSING_ACTIVITY);
    } else {
      countProper(row, contacts);
    }
  }

  private static void countProper(List<String> row, Set<String> contacts) {
    if (!contacts.contains(row.get(1))) {
      found(Dirt.UNKNOWN_LEAD);
    }
    if (row.get(4).equals("Chatbot Opened")) {
      found(Dirt.UNMAPPED);
    }
    if (row.get(4).equals("Health Check Ping")) {
      found(Dirt.IGNORED);
    }
    Duration lag = Duration.between(instant(row.get(2)), instant(row.get(3)));
    if (lag.isNegative()) {
      throw new AssertionError("received before it took place: " + row);
    }
    if (lag.compareTo(Duration.ofDays(1)) > 0) {
      found(Dirt.LATE);
    }
  }

  private static OffsetDateTime instant(String text) {
    boolean hasZone = text.endsWith("Z") || text.indexOf('+') > 0;
    return hasZone
        ? OffsetDateTime.parse(text)
        : LocalDateTime.parse(text.replace(' ', 'T'))
            .atZone(ZoneId.of("Europe/Berlin"))
            .toOffsetDateTime();
  }

  private static void found(Dirt kind) {
    FOUND.merge(kind, 1L, Long::sum);
  }

  @Test
  void everyKindOccursAsOftenAsTheTruthSays() {
    for (Dirt kind : Dirt.values()) {
      assertThat(FOUND.get(kind))
          .as(kind.label())
          .isPositive()
          .isEqualTo(truth.getLong("dirt_events." + kind.label()));
    }
  }

  @Test
  void rowsByFileAreThoseOfTheTruth() {
    SimulatedFiles files = new SimulatedFiles(folder);
    for (String file : files.engagementFiles()) {
      long rows =
          truth.getConfig("rows").root().get(file).unwrapped() instanceof Number n
              ? n.longValue()
              : -1;
      assertThat(rows).as(file).isEqualTo(files.rows(file).size());
    }
  }
}
