package io.warmlead.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads {@code reference.conf}, overlays and single keys into {@link Settings}. */
public final class SettingsLoader {
  private SettingsLoader() {}

  /**
   * Loads settings.
   *
   * @param files HOCON overlays, later wins; paths or Hadoop URIs
   * @param assignments {@code key=value}, stronger than files
   * @throws SettingsException naming key, value and what to write instead
   */
  public static Settings load(List<String> files, List<String> assignments) {
    Config reference = ConfigFactory.parseResources(SettingsLoader.class, "/reference.conf");
    Config chosen = ConfigFactory.empty();
    for (String assignment : assignments) {
      chosen = assignment(assignment).withFallback(chosen);
    }
    Config overlays = ConfigFactory.empty();
    for (String file : files) {
      overlays = parse(file).withFallback(overlays);
    }
    chosen = chosen.withFallback(overlays);
    try {
      chosen = chosen.resolve();
      UnknownKeys.check(chosen, reference);
      return new SettingsReader(chosen.withFallback(reference).resolve()).settings();
    } catch (ConfigException e) {
      throw new SettingsException("Settings cannot be read: " + e.getMessage());
    }
  }

  private static Config parse(String file) {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem(new Configuration()).open(path);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(
          reader, ConfigParseOptions.defaults().setOriginDescription(file));
    } catch (java.io.FileNotFoundException e) {
      throw new SettingsException("--conf " + file + ": there is no such file.");
    } catch (IOException e) {
      throw new SettingsException("--conf " + file + " cannot be read: " + e.getMessage());
    } catch (UncheckedIOException | ConfigException e) {
      throw new SettingsException("--conf " + file + " is not valid HOCON: " + e.getMessage());
    }
  }

  private static Config assignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new SettingsException("--set " + assignment + ": write it as key=value.");
    }
    String key = assignment.substring(0, equals).trim();
    String value = assignment.substring(equals + 1).trim();
    try {
      // Lists and objects are HOCON; anything else is taken as it stands, so that paths with
      // colons, stars or dollar signs need no quotes.
      if (value.startsWith("[") || value.startsWith("{") || value.startsWith("\"")) {
        return ConfigFactory.parseString(
            key + " = " + value, ConfigParseOptions.defaults().setOriginDescription("--set"));
      }
      return ConfigFactory.parseMap(
          Collections.singletonMap(key, value.equals("null") ? null : value), "--set");
    } catch (ConfigException e) {
      throw new SettingsException("--set " + key + "=…: " + e.getMessage());
    }
  }
}
