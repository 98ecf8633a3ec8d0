package io.warmlead.bench;

import com.sun.management.OperatingSystemMXBean;
import io.warmlead.bench.Engine.Cost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What this process takes from now on. */
final class Meter {
  /** Linux counts here what is read from files, whether from a disk or from memory. */
  private static final Path READ = Path.of("/proc/self/io");

  private final long started = System.nanoTime();
  private final long processor = processorNanos();
  private final OptionalLong read = bytesRead();

  /** What was taken since, with the most memory that was held, which somebody else has to tell. */
  Cost cost(OptionalLong peakBytes) {
    double seconds = (System.nanoTime() - started) / 1e9;
    OptionalLong now = bytesRead();
    return new Cost(
        seconds,
        (processorNanos() - processor) / 1e9,
        peakBytes,
        now.isPresent() && read.isPresent()
            ? OptionalLong.of(now.getAsLong() - read.getAsLong())
            : OptionalLong.empty());
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static OptionalLong bytesRead() {
    if (!Files.isReadable(READ)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(READ).stream()
          .filter(line -> line.startsWith("rchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
