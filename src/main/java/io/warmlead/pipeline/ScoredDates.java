package io.warmlead.pipeline;

import io.warmlead.lake.Lake;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The dates for which there are scores, oldest first: few, so that what reads scores of the past
 * reads some of them and not all.
 */
record ScoredDates(List<LocalDate> dates) {

  ScoredDates {
    dates = List.copyOf(new TreeSet<>(dates));
  }

  /**
   * A week that scorings tell of.
   *
   * @param monday its first day
   * @param from scoring that it begins with
   * @param to scoring that it ends with, or for now
   */
  record Week(LocalDate monday, LocalDate from, LocalDate to) {}

  /** Dates after one date and up to another that were published, or that a run has just scored. */
  static ScoredDates between(RunContext run, LocalDate after, LocalDate upTo) {
    PublishedRuns counting = PublishedRuns.and(run);
    List<LocalDate> dates = new ArrayList<>(counting.dates(after.plusDays(1), upTo));
    if (counting.hasScores(upTo)) {
      dates.add(upTo);
    }
    return new ScoredDates(dates);
  }

  /**
   * The newest weeks, oldest first. The scores of a Monday are those of the week that ended with
   * it. A week begins with the newest scoring before it, the first of all with its own first.
   */
  List<Week> weeks(int most) {
    Map<LocalDate, LocalDate> first = new TreeMap<>();
    TreeMap<LocalDate, LocalDate> last = new TreeMap<>();
    for (LocalDate date : dates) {
      first.putIfAbsent(monday(date), date);
      last.put(monday(date), date);
    }
    List<Week> weeks = new ArrayList<>();
    last.forEach(
        (monday, to) -> {
          Map.Entry<LocalDate, LocalDate> before = last.lowerEntry(monday);
          LocalDate from = before == null ? first.get(monday) : before.getValue();
          if (from.isBefore(to)) {
            weeks.add(new Week(monday, from, to));
          }
        });
    return weeks.subList(Math.max(0, weeks.size() - most), weeks.size());
  }

  /** The last scoring of each week. */
  List<LocalDate> weekly() {
    TreeMap<LocalDate, LocalDate> last = new TreeMap<>();
    dates.forEach(date -> last.put(monday(date), date));
    return List.copyOf(last.values());
  }

  /** Going back from the newest, dates at least so many days apart; newest first. */
  List<LocalDate> apart(int days) {
    List<LocalDate> chosen = new ArrayList<>();
    for (int index = dates.size() - 1; index >= 0; index--) {
      LocalDate date = dates.get(index);
      if (chosen.isEmpty() || !date.plusDays(days).isAfter(chosen.get(chosen.size() - 1))) {
        chosen.add(date);
      }
    }
    return chosen;
  }

  /** The newest; there must be one. */
  LocalDate newest() {
    return dates.get(dates.size() - 1);
  }

  /** The oldest after a date, or where there is none the newest of all; there must be one. */
  LocalDate firstAfter(LocalDate date) {
    return dates.stream().filter(scored -> scored.isAfter(date)).findFirst().orElse(newest());
  }

  /** Those up to a date. */
  ScoredDates upTo(LocalDate newest) {
    return new ScoredDates(dates.stream().filter(date -> !date.isAfter(newest)).toList());
  }

  /** Weeks as rows: {@code week DATE, from_date DATE, to_date DATE}. */
  static Dataset<Row> rows(Lake lake, List<Week> weeks) {
    StructType schema =
        new StructType()
            .add("week", DataTypes.DateType, false)
            .add("from_date", DataTypes.DateType, false)
            .add("to_date", DataTypes.DateType, false);
    return lake.spark()
        .createDataFrame(
            weeks.stream()
                .map(
                    week ->
                        RowFactory.create(
                            Date.valueOf(week.monday()),
                            Date.valueOf(week.from()),
                            Date.valueOf(week.to())))
                .toList(),
            schema);
  }

  private static LocalDate monday(LocalDate scoreDate) {
    return scoreDate.minusDays(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
