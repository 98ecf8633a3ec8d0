package io.warmlead.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every command over a lake has. */
final class CommonOptions {
  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings (HOCON). May be given more than once; later files win.")
  List<String> conf = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "One setting; stronger than files. May be given more than once.")
  List<String> set = new ArrayList<>();

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description = "Folder of the tables; same as --set lake.path=URI.")
  String lake;

  @Option(names = "--wait", description = "Wait for another run that holds the lake.")
  boolean wait;

  @Mixin QuietOption quiet = new QuietOption();

  /** All assignments, the lake among them. */
  List<String> assignments() {
    List<String> all = new ArrayList<>(set);
    if (lake != null) {
      all.add("lake.path=" + lake);
    }
    return all;
  }
}
