package io.warmlead.bench;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Something that computes features. */
interface Engine {
  String name();

  /**
   * Computes features and writes them as Parquet: {@code lead_id}, and {@code features}
   * ARRAY&lt;DOUBLE&gt; in the order of the plan's features.
   *
   * @param output a folder that is not there yet
   */
  Cost compute(FeaturePass pass, Path output);

  /**
   * What a pass took.
   *
   * @param seconds by the clock
   * @param processorSeconds of all threads together, those that compile and collect included
   * @param peakBytes the most memory that was held at once, as the engine counts it
   * @param bytesRead from files, those of its own between two steps included
   */
  record Cost(
      double seconds, double processorSeconds, OptionalLong peakBytes, OptionalLong bytesRead) {
    Cost withPeak(long bytes) {
      return new Cost(seconds, processorSeconds, OptionalLong.of(bytes), bytesRead);
    }
  }
}
