package io.warmlead.bench;

import io.warmlead.bench.Engine.Cost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Two engines at the same work, in turns, so that a machine that slows down slows both.
 *
 * @param warmUps rounds that do not count
 * @param rounds rounds that count
 */
record Race(int warmUps, int rounds) {

  Race {
    if (warmUps < 0 || rounds < 1) {
      throw new IllegalArgumentException(
          "at least one round has to count: " + warmUps + " warm-ups, " + rounds + " rounds");
    }
  }

  /**
   * What the rounds of one engine took.
   *
   * @param engine name
   * @param seconds of every round that counts
   * @param processorSeconds of every round that counts
   * @param peakBytes the most in any of them
   * @param bytesRead the most in any of them
   */
  record Laps(
      String engine,
      List<Double> seconds,
      List<Double> processorSeconds,
      OptionalLong peakBytes,
      OptionalLong bytesRead) {

    double median() {
      return median(seconds);
    }

    double processorMedian() {
      return median(processorSeconds);
    }

    private static double median(List<Double> numbers) {
      List<Double> sorted = numbers.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

  /**
   * Runs.
   *
   * @param folder where every engine leaves what it computed last, in a folder of its name
   */
  List<Laps> run(List<Engine> engines, FeaturePass pass, Path folder) {
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int round = 0; round < warmUps + rounds; round++) {
      for (Engine engine : engines) {
        Path output = folder.resolve(engine.name());
        delete(output);
        Cost cost = engine.compute(pass, output);
        List<Cost> counted = costs.computeIfAbsent(engine.name(), name -> new ArrayList<>());
        if (round >= warmUps) {
          counted.add(cost);
        }
      }
    }
    return costs.entrySet().stream()
        .map(
            one ->
                new Laps(
                    one.getKey(),
                    one.getValue().stream().map(Cost::seconds).toList(),
                    one.getValue().stream().map(Cost::processorSeconds).toList(),
                    most(one.getValue().stream().map(Cost::peakBytes)),
                    most(one.getValue().stream().map(Cost::bytesRead))))
        .toList();
  }

  private static OptionalLong most(Stream<OptionalLong> numbers) {
    return numbers.flatMapToLong(OptionalLong::stream).max();
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
