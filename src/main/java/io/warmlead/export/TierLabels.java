package io.warmlead.export;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.SettingsException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * What people call the tiers in one language; the tables themselves keep the English names.
 *
 * @param labels tier to label
 */
public record TierLabels(Map<String, String> labels) {
  private static final List<String> TIERS = List.of("cold", "warm", "hot");

  public TierLabels {
    labels = new TreeMap<>(labels);
    if (!labels.keySet().equals(new TreeSet<>(TIERS))) {
      throw new IllegalArgumentException("labels of tiers " + labels.keySet() + ", not " + TIERS);
    }
  }

  /**
   * The labels of a language.
   *
   * @param language two letters as in ISO 639-1, in either case
   * @throws SettingsException when there are none; names the languages that there are
   */
  public static TierLabels of(String language) {
    Properties all = all();
    String wanted = language.toLowerCase(Locale.ROOT);
    Map<String, String> labels = new TreeMap<>();
    TreeSet<String> languages = new TreeSet<>();
    for (String key : all.stringPropertyNames()) {
      String[] parts = key.split("\\.", 2);
      languages.add(parts[0]);
      if (parts[0].equals(wanted)) {
        labels.put(parts[1], all.getProperty(key));
      }
    }
    if (labels.isEmpty()) {
      throw new SettingsException(
          "--language " + language + ": must be one of " + String.join(", ", languages) + ".");
    }
    return new TierLabels(labels);
  }

  /** The label of a tier; NULL for none. */
  Column label(Column tier) {
    Column label = lit(null).cast("string");
    for (Map.Entry<String, String> entry : labels.entrySet()) {
      label = when(tier.equalTo(entry.getKey()), lit(entry.getValue())).otherwise(label);
    }
    return label;
  }

  private static Properties all() {
    Properties all = new Properties();
    try (InputStreamReader text =
        new InputStreamReader(
            Objects.requireNonNull(TierLabels.class.getResourceAsStream("tiers.properties")),
            StandardCharsets.UTF_8)) {
      all.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
