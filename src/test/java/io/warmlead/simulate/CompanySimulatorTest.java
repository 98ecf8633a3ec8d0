package io.warmlead.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompanySimulatorTest {
  @TempDir private Path folder;

  private SimulationResult simulate(String name, long events, long seed, int threads) {
    String to = folder.resolve(name).toString();
    return CompanySimulator.run(new SimulationPlan(to, 1_100, 100, events, seed), threads);
  }

  private Map<String, byte[]> contents(String name) {
    return new SimulatedFiles(folder.resolve(name)).contents();
  }

  @Test
  void thePlanAloneDecidesTheBytesNotTheThreads() {
    simulate("company", 30_000, 3, 1);
    Map<String, byte[]> alone = contents("company");
    simulate("company", 30_000, 3, 3);
    Map<String, byte[]> together = contents("company");

    assertThat(together.keySet()).isEqualTo(alone.keySet());
    together.forEach((file, bytes) -> assertThat(bytes).as(file).isEqualTo(alone.get(file)));
  }

  @Test
  void anotherSeedIsAnotherCompany() {
    simulate("one", 30_000, 3, 2);
    simulate("other", 30_000, 4, 2);

    assertThat(contents("one").get("leads/leads.csv.gz"))
        .isNotEqualTo(contents("other").get("leads/leads.csv.gz"));
  }

  @Test
  void theWantedNumberOfRowsIsReachedAndTheTruthStaysTheSame() {
    for (long events : new long[] {14_000, 30_000, 60_000}) {
      SimulationResult result = simulate("rows-" + events, events, 5, 2);

      assertThat((double) result.engagements() / events).isCloseTo(1, within(0.04));
      assertThat(result.leads()).isEqualTo(1_100);
    }
    for (String truth : new String[] {"truth/leads.csv.gz", "truth/probabilities.csv.gz"}) {
      assertThat(contents("rows-60000").get(truth)).isEqualTo(contents("rows-14000").get(truth));
    }
  }

  @Test
  void theResultTellsWhatStandsInTheFiles() {
    SimulationResult result = simulate("company", 30_000, 3, 2);
    SimulatedFiles files = new SimulatedFiles(folder.resolve("company"));

    long engagements =
        files.engagementFiles().stream().mapToLong(file -> files.rows(file).size()).sum();
    var outcomes = files.rows("outcomes/outcomes.csv.gz");
    assertThat(result.engagements()).isEqualTo(engagements);
    assertThat(result.outcomes()).isEqualTo(outcomes.size());
    assertThat(result.conversions())
        .isEqualTo(outcomes.stream().filter(row -> row.get(1).equals("won")).count())
        .isPositive();
    assertThat(result.files()).containsExactlyInAnyOrderElementsOf(files.contents().keySet());
    assertThat(result.firstDay()).isEqualTo(LocalDate.of(2026, 3, 23));
    assertThat(result.lastDay()).isEqualTo(LocalDate.of(2026, 6, 30));
  }

  @Test
  void aFolderWithAnythingElseIsLeftAlone() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken/engagements"));
    Files.writeString(taken.resolve("real.csv"), "precious");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulate("taken", 30_000, 3, 1))
        .withMessageContaining("taken: is not empty and was not written by a simulation");
    assertThat(taken.resolve("real.csv")).hasContent("precious");
  }
}
