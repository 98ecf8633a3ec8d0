package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.col;

import io.warmlead.config.NearestName;
import io.warmlead.config.Settings;
import io.warmlead.config.SettingsException;
import io.warmlead.ingest.RawRows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Finds names of {@code conversion.outcomes} that are misspelt: nobody would ever convert. */
final class ConversionNames {
  private static final int MOST_NAMES = 100;

  private final Settings settings;
  private final Dataset<Row> known;
  private final Consumer<String> notes;

  /**
   * Names that the settings have.
   *
   * @param known {@code outcomes} that are stored
   * @param notes takes what a person should know
   */
  ConversionNames(Settings settings, Dataset<Row> known, Consumer<String> notes) {
    this.settings = settings;
    this.known = known;
    this.notes = notes;
  }

  /**
   * Tells of names that no outcome has.
   *
   * @throws SettingsException when no conversion is known and the names are wrong, as far as can be
   *     told: one that occurs is spelt nearly so, or the settings know none of those that occur.
   *     Otherwise nobody may have converted yet.
   */
  void require(InputBatch outcomes) {
    List<String> wanted = settings.conversion().outcomes();
    if (outcomes.rows().isEmpty() || wanted.isEmpty()) {
      return;
    }
    List<String> found =
        names(outcomes.rows().get().where(RawRows.isGood())).stream().sorted().toList();
    if (found.isEmpty() || found.containsAll(wanted)) {
      return;
    }
    List<String> stored = names(known.where(col("outcome").isin(wanted.toArray())));
    boolean isNoneKnown = wanted.stream().noneMatch(found::contains) && stored.isEmpty();
    Set<String> otherwise = new HashSet<>(settings.conversion().lost());
    otherwise.addAll(settings.handoff().accepted());
    otherwise.addAll(settings.handoff().rejected());
    List<String> strange = found.stream().filter(name -> !otherwise.contains(name)).toList();
    for (String name : wanted) {
      if (!found.contains(name) && !stored.contains(name)) {
        String message =
            "conversion.outcomes names "
                + name
                + ", which never occurs among the outcomes: "
                + String.join(", ", found)
                + "."
                + NearestName.hint(name, strange);
        if (isNoneKnown && strange.size() == found.size()) {
          throw new SettingsException(
              message
                  + " If nobody has converted yet, name what occurs in conversion.lost,"
                  + " handoff.accepted or handoff.rejected.");
        }
        if (isNoneKnown && NearestName.of(name, strange).isPresent()) {
          throw new SettingsException(message);
        }
        notes.accept(message);
      }
    }
  }

  private static List<String> names(Dataset<Row> outcomes) {
    return outcomes
        .select("outcome")
        .distinct()
        .limit(MOST_NAMES)
        .as(Encoders.STRING())
        .collectAsList();
  }
}
