package io.warmlead.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.warmlead.config.LakeSettings;
import io.warmlead.lake.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exports of a simulated company of 700 leads, and lakes beside them that commands fill with
 * the settings of so small a company.
 */
public final class SimulatedCompany {
  private final Path folder;
  private final Config truth;

  private SimulatedCompany(Path folder, Config truth) {
    this.folder = folder;
    this.truth = truth;
  }

  /** Simulates the company below a folder. */
  public static SimulatedCompany below(Path folder) {
    Path exports = folder.resolve("company");
    requireSuccess(
        Invocation.of(
            "simulate",
            "--to",
            exports.toString(),
            "--leads",
            "700",
            "--days",
            "150",
            "--events",
            "18000",
            "--seed",
            "5"));
    try {
      String parameters = Files.readString(exports.resolve("truth/parameters.json"));
      return new SimulatedCompany(folder, ConfigFactory.parseString(parameters));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder with what the company exported. */
  public Path exports() {
    return folder.resolve("company");
  }

  /** What was planted. */
  public Config truth() {
    return truth;
  }

  /** The day after the last of which the exports tell. */
  public LocalDate today() {
    return LocalDate.parse(truth.getString("plan.last_day")).plusDays(1);
  }

  /** Runs a command over the exports and a lake. */
  public Invocation over(String lake, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--conf",
            exports().resolve("warmlead.conf").toString(),
            "--lake",
            place(lake).toString(),
            "--set",
            "model.families=[logistic_regression]",
            "--set",
            "model.min_conversions=10",
            "--set",
            "model.min_non_conversions=10",
            "--set",
            "decay.forecast_days=[7,60]"));
    return Invocation.of(arguments);
  }

  /** Where a lake is. */
  public Path place(String lake) {
    return folder.resolve(lake);
  }

  /** A lake that a command has filled. */
  public Lake lake(String lake) {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(place(lake).toString()), Optional.empty(), Optional.empty()));
  }

  /** Fails with what the command said, unless it ended well. */
  public static void requireSuccess(Invocation invocation) {
    assertThat(invocation.exitCode()).as(invocation.err() + invocation.out()).isZero();
  }
}
