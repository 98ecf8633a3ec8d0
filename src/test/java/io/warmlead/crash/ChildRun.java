package io.warmlead.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as a scheduler starts it. */
public final class ChildRun {
  private static final long MINUTES = 10;

  private final Process process;
  private final Path output;

  private ChildRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How it ended: exit code, and standard output and error together. */
  public record End(int exitCode, String output) {}

  /**
   * Starts a command.
   *
   * @param properties of the child, over those that every child has
   */
  static ChildRun start(Path folder, Map<String, String> properties, List<String> arguments)
      throws IOException {
    return start(folder, properties, "io.warmlead.Main", arguments);
  }

  /**
   * Starts another program.
   *
   * @param main its class
   */
  public static ChildRun start(
      Path folder, Map<String, String> properties, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    for (String flag :
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("--add-opens")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-Xmx1g", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + folder,
            "-Dspark.master=local[1]",
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=1",
            "-Dspark.databricks.delta.snapshotPartitions=1",
            "-Dspark.driver.host=localhost",
            "-Dspark.hadoop.fs.faulty.impl=" + FaultyFileSystem.class.getName(),
            "-Dspark.delta.logStore.faulty.impl=io.delta.storage.LocalLogStore"));
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "child", ".log");
    return new ChildRun(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Its process. */
  long pid() {
    return process.pid();
  }

  /** Waits until it has ended. */
  public End end() throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new End(process.exitValue(), Files.readString(output));
  }
}
