package io.warmlead.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.config.UserFailure;
import io.warmlead.lake.Artefacts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A note beside the tables of the run that is under way, for whoever holds the lake next: a run
 * whose note is found and which is not in {@code runs} was cut off.
 */
final class RunNote {
  private static final String NAME = "run-under-way.json";

  /** What a note is called for a moment while it takes the place of the one before. */
  private static final String NEXT = NAME + ".part";

  private final Artefacts artefacts;
  private Content content;

  RunNote(Artefacts artefacts, Content content) {
    this.artefacts = artefacts;
    this.content = content;
  }

  /**
   * What the note says; instants and dates as ISO texts.
   *
   * @param stage the one that began last; null before the first
   * @param range dates that a backfill has still to score, this run's first; null for other runs
   * @param writesResults whether the run may have written scores and analyses
   */
  record Content(Run run, Stage stage, Range range, boolean writesResults) {

    /** Of a run that begins. */
    Content(Run run) {
      this(run, null, null, /* writesResults= */ false);
    }

    /** The stage that began last; empty before the first. */
    Optional<Stage> lastStage() {
      return Optional.ofNullable(stage);
    }

    /** When it was alive for the last time, as far as this says. */
    Instant lastHeard() {
      return Instant.parse(lastStage().map(Stage::startedAt).orElse(run.startedAt()));
    }

    Content in(Stage next) {
      return new Content(run, next, range, writesResults);
    }

    Content within(Range dates) {
      return new Content(run, stage, dates, writesResults);
    }

    Content withResults() {
      return new Content(run, stage, range, /* writesResults= */ true);
    }
  }

  /**
   * A run, as {@code runs} will name it.
   *
   * @param versions table to version at the start; a table that was not there yet is not in it
   */
  record Run(
      String id,
      String command,
      String startedAt,
      Map<String, Long> versions,
      String codeVersion,
      String settingsDigest) {}

  /**
   * A stage of a run.
   *
   * @param asOf as-of instant, as far as it was known then; null where it was not
   */
  record Stage(String name, String startedAt, String asOf) {
    Optional<Instant> asOfInstant() {
      return Optional.ofNullable(asOf).map(Instant::parse);
    }
  }

  /** Dates, both included. */
  record Range(String from, String to) {}

  /** The note that is there, of whatever run. */
  static Optional<RunNote> find(Artefacts artefacts) {
    return artefacts
        .find(NAME)
        .map(RunNote::parse)
        .or(() -> artefacts.find(NEXT).flatMap(RunNote::tryParse))
        .map(content -> new RunNote(artefacts, content));
  }

  Content content() {
    return content;
  }

  /** Says something else from now on, and writes it. */
  void write(Content now) {
    try {
      artefacts.write(NAME, new ObjectMapper().writeValueAsString(now));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot write " + NAME, impossible);
    }
    content = now;
  }

  /** Says something else from the next writing on. */
  void change(Content now) {
    content = now;
  }

  /** Takes the note away, unless it is that of another run by now. */
  void forget() {
    if (find(artefacts).filter(this::isOfTheSameRun).isPresent()) {
      artefacts.delete(NAME);
    }
  }

  /** The same, of a run that is no more: what it had begun to write goes too. */
  void clear() {
    artefacts.delete(NAME);
    artefacts.delete(NEXT);
  }

  private boolean isOfTheSameRun(RunNote other) {
    return other.content().run().id().equals(content.run().id());
  }

  private static Content parse(String text) {
    return tryParse(text)
        .orElseThrow(
            () ->
                UserFailure.refused(
                    "_warmlead/"
                        + NAME
                        + " in the lake is not a note of this version, so that nobody can put back"
                        + " what the run before was writing. Delete the file, and score the date of"
                        + " that run again: `warmlead nightly --as-of DATE`. Nothing was written."));
  }

  /** Empty where it is half a note. */
  private static Optional<Content> tryParse(String text) {
    try {
      return Optional.of(new ObjectMapper().readValue(text, Content.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
