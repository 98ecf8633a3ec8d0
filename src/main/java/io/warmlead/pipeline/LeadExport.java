package io.warmlead.pipeline;

import static org.apache.spark.sql.functions.max;

import io.warmlead.config.SettingsException;
import io.warmlead.config.UserFailure;
import io.warmlead.export.ExportLists;
import io.warmlead.export.RowText;
import io.warmlead.export.TierLabels;
import io.warmlead.lake.Lake;
import io.warmlead.lake.TextFolder;
import io.warmlead.table.LeadScores;
import io.warmlead.temperature.LeadList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Writes the lists of the newest published night as files for CRM and marketing tools. */
public final class LeadExport {
  private final Lake lake;
  private final Progress progress;

  public LeadExport(RunContext run) {
    this.lake = run.lake();
    this.progress = run.progress();
  }

  /** How a file is written; its name ends accordingly. */
  public enum Format {
    CSV,
    JSONL
  }

  /**
   * What is wanted.
   *
   * @param folder URI of the folder
   * @param changedSince only what has changed since the newest scored date not after this one
   * @param night date that the newest published night must have; empty: any
   * @param language of the labels of tiers
   */
  public record Request(
      String folder,
      Format format,
      Optional<LocalDate> night,
      Optional<LocalDate> changedSince,
      String language) {}

  /**
   * A file.
   *
   * @param rows without the header
   */
  public record Written(String list, String uri, long rows) {}

  /**
   * Writes one file a list. All lists come from {@code lead_scores_current}, which is replaced in
   * one commit: they are lists of one night, also while the next one is being published.
   *
   * @throws UserFailure when no night was published yet, or the request cannot be met
   */
  public List<Written> write(Request request) {
    TierLabels labels = TierLabels.of(request.language());
    try (TextFolder folder = TextFolder.open(lake.spark(), "--to", request.folder())) {
      ExportLists lists = lists(request, labels);
      lists.leads().persist(StorageLevel.MEMORY_AND_DISK());
      List<Written> written = new ArrayList<>();
      try {
        for (LeadList list : LeadList.values()) {
          progress.stage("export", list.listName());
          written.add(write(list, lists, request.format(), folder));
        }
      } finally {
        lists.leads().unpersist();
      }
      folder.publish();
      return written;
    }
  }

  private ExportLists lists(Request request, TierLabels labels) {
    Dataset<Row> night = lake.read(LeadScores.CURRENT);
    Row newest = night.agg(max("score_date")).head();
    if (newest.isNullAt(0)) {
      throw UserFailure.input(
          "No night was published in this lake yet ("
              + lake.describe(LeadScores.CURRENT)
              + " has no rows), so there is nothing to export. Run `warmlead nightly` first.");
    }
    LocalDate today = newest.getDate(0).toLocalDate();
    if (request.night().filter(date -> !date.equals(today)).isPresent()) {
      throw UserFailure.input(
          "--as-of "
              + request.night().get()
              + ": the newest published night is that of "
              + today
              + ", and only its lists can be exported. Run the night of that date first, or leave"
              + " --as-of out.");
    }
    if (request.changedSince().isEmpty()) {
      return ExportLists.of(night, labels);
    }
    LocalDate since = request.changedSince().get();
    if (since.isAfter(today)) {
      throw new SettingsException(
          "--changed-since "
              + since
              + ": is after the newest published night, "
              + today
              + ". Give that date or an earlier one.");
    }
    Optional<Dataset<Row>> before = new PublishedRuns(lake).newestScores(since);
    if (before.isEmpty()) {
      progress.note("No night on or before " + since + " was scored: every lead is new.");
    }
    return ExportLists.since(night, before.orElseGet(() -> night.limit(0)), labels);
  }

  private static Written write(LeadList list, ExportLists lists, Format format, TextFolder folder) {
    String name = list.listName() + "." + format.name().toLowerCase(Locale.ROOT);
    long lines = folder.write(name, lines(list, lists, format));
    return new Written(list.listName(), folder.uri(name), format == Format.CSV ? lines - 1 : lines);
  }

  /** Partition after partition: the driver never holds a whole list. */
  private static Iterator<String> lines(LeadList list, ExportLists lists, Format format) {
    return switch (format) {
      case JSONL -> each(RowText.asJson(lists.rows(list)), row -> row.getString(0)).iterator();
      case CSV ->
          Stream.concat(
                  Stream.of(RowText.csv(ExportLists.columns())),
                  each(
                      RowText.asText(lists.spreadsheetRows(list)),
                      row -> RowText.csv(RowText.cells(row))))
              .iterator();
    };
  }

  private static Stream<String> each(Dataset<Row> rows, Function<Row, String> text) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(rows.toLocalIterator(), Spliterator.ORDERED), false)
        .map(text);
  }
}
