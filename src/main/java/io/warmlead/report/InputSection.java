package io.warmlead.report;

import static j2html.TagCreator.bdi;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.warmlead.report.NightView.Account;
import io.warmlead.report.NightView.Counted;
import j2html.tags.DomContent;
import java.util.List;

/** What was read, and what became of every row. */
final class InputSection {
  private static final String TITLE = "What was read";

  private InputSection() {}

  static Section of(NightView night) {
    if (night.accounts().isEmpty()) {
      return Section.of("input", TITLE, p("This run read no input."));
    }
    return Section.of(
        "input",
        TITLE,
        p(balance(night.accounts())),
        accounts(night.accounts()),
        div(
                names("Why rows were refused", "Reason", "rejects", night.rejectReasons()),
                names("Events without a signal", "Event", "engagements", night.unmapped()))
            .withClass("beside"),
        unmapped(night.unmapped()));
  }

  private static String balance(List<Account> accounts) {
    long rows = accounts.stream().mapToLong(Account::rowsIn).sum();
    if (rows == 0) {
      return "No new rows since the run before.";
    }
    long refused = accounts.stream().mapToLong(Account::rejected).sum();
    long told =
        accounts.stream()
            .mapToLong(a -> a.accepted() + a.duplicates() + a.rejected() + a.ignored())
            .sum();
    String read =
        String.format(
            "%s read, %s refused (%s). ",
            Numbers.counted(rows, "row"),
            Numbers.count(refused),
            Numbers.percent((double) refused / rows));
    return told == rows
        ? read + "Every row is accepted, a duplicate, refused or ignored; the columns add up."
        : read
            + "The columns do not add up: "
            + Numbers.counted(Math.abs(rows - told), "row")
            + " of difference. Please report this.";
  }

  private static DomContent accounts(List<Account> accounts) {
    ReportTable table =
        ReportTable.captioned("Rows by input", "ingested_files")
            .words("Input")
            .numbers("New files")
            .numbers("Rows")
            .numbers("Accepted")
            .numbers("Duplicates")
            .numbers("Refused")
            .numbers("Ignored")
            .numbers("Waiting for their lead")
            .stacked();
    for (Account account : accounts) {
      table.row(
          bdi(account.input()),
          text(Numbers.count(account.files())),
          text(Numbers.count(account.rowsIn())),
          text(Numbers.count(account.accepted())),
          text(Numbers.count(account.duplicates())),
          text(Numbers.count(account.rejected())),
          text(Numbers.count(account.ignored())),
          text(Numbers.count(account.unknownLeads())));
    }
    return table.build();
  }

  private static DomContent names(String title, String name, String source, List<Counted> names) {
    if (names.isEmpty()) {
      return each();
    }
    ReportTable table = ReportTable.captioned(title, source).words(name).numbers("Rows");
    names.forEach(counted -> table.row(bdi(counted.name()), text(Numbers.count(counted.count()))));
    return table.build();
  }

  private static DomContent unmapped(List<Counted> unmapped) {
    return unmapped.isEmpty()
        ? each()
        : p(
            "An event without a signal is kept, but means nothing to the score until the settings"
                + " map it to one.");
  }
}
