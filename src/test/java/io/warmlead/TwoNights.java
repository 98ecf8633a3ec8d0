package io.warmlead;

import static io.warmlead.testing.SimulatedCompany.requireSuccess;

import io.warmlead.lake.Lake;
import io.warmlead.table.Engagements;
import io.warmlead.table.IngestedFiles;
import io.warmlead.table.Leads;
import io.warmlead.table.TableContract;
import io.warmlead.table.Tables;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.SimulatedCompany;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A lake after a night and the same night again, each part of the way by a command: check, ingest,
 * train and score the day before, the two nights, the day before alone, and a file that came late.
 *
 * @param check said before anything was read
 * @param oldDateAlone scoring of the day before, after the nights
 * @param withNewFile an ingest of two new engagements of an unknown event, one of them twice
 */
record TwoNights(
    SimulatedCompany company,
    Lake lake,
    Invocation check,
    Invocation firstNight,
    Map<String, Long> versionsAfterFirstNight,
    Invocation secondNight,
    long engagementsAfterSecondNight,
    long filesAfterSecondNight,
    Invocation oldDateAlone,
    Invocation withNewFile) {
  static final String LATE_FILE = "zz-late.csv";

  private static final String LAKE = "main";

  /** Simulates a company below a folder, and runs all commands. */
  static TwoNights below(Path folder) {
    SimulatedCompany company = SimulatedCompany.below(folder);
    String dayBefore = company.today().minusDays(1).toString();
    Invocation check = company.over(LAKE, "check");
    requireSuccess(company.over(LAKE, "ingest"));
    requireSuccess(company.over(LAKE, "train", "--as-of", dayBefore));
    requireSuccess(company.over(LAKE, "score", "--as-of", dayBefore));
    Invocation firstNight = company.over(LAKE, "nightly");
    Lake lake = company.lake(LAKE);
    Map<String, Long> versions = new HashMap<>();
    for (TableContract table : Tables.ALL) {
      versions.put(table.name(), lake.version(table));
    }
    Invocation secondNight = company.over(LAKE, "nightly", "--json", "--quiet");
    long engagements = lake.read(Engagements.TABLE).count();
    long files = lake.read(IngestedFiles.TABLE).count();
    Invocation oldDateAlone = company.over(LAKE, "score", "--as-of", dayBefore);
    writeLateFile(company, lake.read(Leads.TABLE).orderBy("lead_id").head().getAs("lead_id"));
    return new TwoNights(
        company,
        lake,
        check,
        firstNight,
        versions,
        secondNight,
        engagements,
        files,
        oldDateAlone,
        company.over(LAKE, "ingest"));
  }

  private static void writeLateFile(SimulatedCompany company, String lead) {
    String day = company.today().minusDays(1).toString();
    String first = "late-1,%s,%sT09:00:00Z,%sT09:00:05Z,Chatbot Opened,web,,,\n";
    String second = "late-2,%s,%sT09:05:00Z,%sT09:05:05Z,Chatbot Opened,web,,,\n";
    try {
      Files.writeString(
          company.exports().resolve("engagements").resolve(LATE_FILE),
          "Event ID,Contact,Timestamp,Received,Activity,Channel,Asset,Value,Cost\n"
              + first.formatted(lead, day, day)
              + second.formatted(lead, day, day).repeat(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a further command over the lake. */
  Invocation over(String... command) {
    return company.over(LAKE, command);
  }

  /** Folder of the lake. */
  Path place() {
    return company.place(LAKE);
  }

  /** A table as the first night left it. */
  Dataset<Row> asFirstNightLeft(TableContract table) {
    return TestSession.get()
        .read()
        .format("delta")
        .option("versionAsOf", versionsAfterFirstNight.get(table.name()))
        .load(place().resolve(table.name()).toString());
  }
}
