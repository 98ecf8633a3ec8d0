package io.warmlead;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.table.Runs;
import io.warmlead.testing.Invocation;
import io.warmlead.testing.TestSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong: each failure says what, where and what to do, and leaves no table. */
final class BadInputTest {
  private static final String ENGAGEMENTS =
      """
      lead_id,occurred_at,event
      ada,2026-01-01T08:00:00Z,page_view
      ada,2026-01-02T08:00:00Z,demo_request
      bob,2026-01-03T08:00:00Z,page_view
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeGoodInputs() throws IOException {
    write("engagements.csv", ENGAGEMENTS);
    write("leads.csv", "lead_id,created_at\nada,2026-01-01\nbob,2026-01-01\n");
    write("outcomes.csv", "lead_id,outcome,occurred_at\nada,won,2026-01-05\n");
  }

  @Test
  void aMissingPathIsNamedWithItsSetting() {
    assertRefused(
        3,
        ingest("inputs.engagements.path=" + folder + "/nowhere.csv"),
        "inputs.engagements.path",
        "nowhere.csv",
        "there is no such file",
        "Check the path");
  }

  @Test
  void aFirstBatchOfWhichEveryRowIsLeftOutIsRefused() {
    String where = "inputs.engagements.where=event = 'Abgeschlossen'";
    assertRefused(3, ingest(where), "every row that could be used is left out", ".where");
    assertThat(command("check", where).out()).contains("every row is left out");
  }

  @Test
  void anEmptyFileAloneIsRefused() throws IOException {
    write("engagements.csv", "");
    assertRefused(3, ingest(), "inputs.engagements.path", "holds no rows", "Check that the export");
  }

  @Test
  void aHeaderWithoutRowsIsRefused() throws IOException {
    write("leads.csv", "lead_id,created_at\n");
    assertRefused(3, ingest(), "inputs.leads.path", "holds no rows");
  }

  @Test
  void aMissingColumnIsNamedWithTheNearestOne() throws IOException {
    write("engagements.csv", ENGAGEMENTS.replace("occurred_at", "ocurred_at"));
    assertRefused(
        3,
        ingest(),
        "inputs.engagements.columns.occurred_at = occurred_at: there is no such column",
        "Did you mean ocurred_at?",
        "engagements.csv",
        "The file has: lead_id, ocurred_at, event");
  }

  @Test
  void columnsInAnotherOrderAreReadRight() throws IOException {
    StringBuilder swapped = new StringBuilder();
    for (String line : ENGAGEMENTS.lines().toList()) {
      String[] cells = line.split(",", -1);
      swapped.append(String.join(",", cells[2], cells[0], cells[1])).append('\n');
    }
    write("engagements-swapped.csv", swapped.toString());
    Invocation run = ingest("inputs.engagements.path=" + folder + "/engagements*.csv");
    assertThat(run.exitCode()).as(run.err()).isZero();
    // Equal rows in another order of columns are the same engagements.
    assertThat(run.out()).contains("6 rows in 2 new files: 3 accepted, 3 duplicates, 0 refused");
    List<String> rows =
        TestSession.get()
            .read()
            .format("delta")
            .load(lake().resolve("engagements").toString())
            .orderBy("occurred_at")
            .select(col("lead_id"), col("event"), col("occurred_at").cast("string"))
            .collectAsList()
            .stream()
            .map(Row::mkString)
            .toList();
    assertThat(rows)
        .containsExactly(
            "adapage_view2026-01-01 08:00:00",
            "adademo_request2026-01-02 08:00:00",
            "bobpage_view2026-01-03 08:00:00");
  }

  @Test
  void datesThatNobodyCanReadAreShownWithAnExample() throws IOException {
    write("engagements.csv", ENGAGEMENTS.replaceAll("2026-01-0.T08:00:00Z", "the day before"));
    assertRefused(
        3,
        ingest(),
        "none of 3 rows can be used",
        "3 x unreadable_time",
        "the day before",
        "timestampFormat",
        "Nothing was written");
  }

  @Test
  void aBinaryFileIsNotReadAsText() throws IOException {
    byte[] bytes = new byte[4_000];
    new Random(1).nextBytes(bytes);
    Files.write(folder.resolve("engagements.csv"), bytes);
    assertRefused(3, ingest(), "engagements.csv", "is not UTF-8 text", "inputs.engagements.format");
  }

  @Test
  void aGzipFileThatIsCutOffIsRefusedWhole() throws IOException {
    StringBuilder text = new StringBuilder(ENGAGEMENTS);
    Random random = new Random(2);
    for (int row = 0; row < 3_000; row++) {
      text.append("lead-" + random.nextInt() + ",2026-01-04T08:00:00Z,page_view\n");
    }
    byte[] whole = gzip(text.toString());
    Files.write(folder.resolve("events.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertRefused(
        3,
        ingest("inputs.engagements.path=" + folder + "/events.csv.gz"),
        "events.csv.gz",
        "damaged or cut off",
        "Nothing was written");
  }

  @Test
  void anUnknownSettingIsNamedWithTheNearestOne() {
    assertRefusedBeforeTheLake(
        ingest("conversion.horizons=30 days"),
        "Unknown setting conversion.horizons",
        "Did you mean conversion.horizon?");
    assertRefusedBeforeTheLake(
        ingest("inputs.engagements.columns.lead=Contact"),
        "Unknown setting inputs.engagements.columns.lead");
  }

  @Test
  void aNegativeHorizonIsRefused() {
    assertRefusedBeforeTheLake(
        ingest("conversion.horizon=-5 days"), "conversion.horizon = -5 days", "at least 1 day");
  }

  @Test
  void aCommandLineThatCannotBeReadIsRefused() {
    assertRefusedBeforeTheLake(
        run("score", "--as-of", "yesterday", "--lake", lake().toString()),
        "--as-of yesterday",
        "2026-03-01");
    Invocation unknown = run("score", "--asof", "2026-01-01");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("Unknown options: '--asof'", "Possible solutions: --as-of");
    assertThat(run("skore").exitCode()).isEqualTo(2);
    assertThat(run("backfill", "--from", "2026-01-01").err()).contains("--to");
  }

  @Test
  void aLakeThatIsNotGivenIsAskedFor() {
    assertRefusedBeforeTheLake(run("score"), "lake.path is not given", "--lake");
  }

  @Test
  void anOutcomeThatNeverOccursIsNamedWithThoseThatDo() {
    assertRefused(
        2,
        ingest("conversion.outcomes=[wonn]"),
        "conversion.outcomes names wonn, which never occurs",
        "won",
        "Did you mean won?");
  }

  @Test
  void aLakeBelowAFileCannotBeWritten() {
    Invocation run = run("score", "--lake", folder.resolve("leads.csv/lake").toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains("lake.path = ", "leads.csv/lake", "cannot be written", "Give a folder")
        .doesNotContain("\tat ");
  }

  @Test
  void whoOnlyReadsMakesNoFolder() {
    for (String[] reading :
        new String[][] {{"sql", "SELECT * FROM leads"}, {"models"}, {"explain", "--lead", "a"}}) {
      List<String> words = new ArrayList<>(List.of(reading));
      words.addAll(List.of("--lake", lake().toString()));
      Invocation run = run(words.toArray(String[]::new));
      assertThat(run.err()).as(run.err()).doesNotContain("\tat ");
      assertThat(lake()).doesNotExist();
    }
  }

  @Test
  void scoringAnEmptyLakeSaysWhatToRunFirst() {
    assertRefused(3, run("score", "--lake", lake().toString()), "warmlead ingest");
  }

  @Test
  void aFailedRunIsWrittenIntoTheLedger() throws IOException {
    write("leads.csv", "name\nada\n");
    Invocation run = ingest();
    assertRefused(3, run, "inputs.leads.columns.lead_id", "inputs.leads.columns.created_at");
    Row whole =
        TestSession.get()
            .read()
            .format("delta")
            .load(lake().resolve(Runs.TABLE.name()).toString())
            .where("stage = 'run'")
            .head();
    assertThat(whole.<String>getAs("status")).isEqualTo("failed");
    assertThat(whole.<String>getAs("message")).contains("inputs.leads.columns.lead_id");
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Invocation run(String... arguments) {
    return Invocation.of(arguments);
  }

  @Test
  void anotherSeparatorIsGuessedFromTheHeader() throws IOException {
    write("engagements.csv", ENGAGEMENTS.replace(',', ';'));
    assertRefused(
        3,
        ingest(),
        "The file has: lead_id;occurred_at;event.",
        "separated by semicolons, say so: inputs.engagements.options { sep = \";\" }");
  }

  @Test
  void aCheckNamesEveryInputThatCannotBeUsed() throws IOException {
    write("engagements.csv", ENGAGEMENTS.replace("occurred_at", "ocurred_at"));
    write("outcomes.csv", "lead_id,outcome,occurred_at\nada,won,soon\n");
    Invocation check = command("check");
    assertRefused(
        3,
        check,
        "inputs.engagements.columns.occurred_at = occurred_at: there is no such column",
        "inputs.outcomes: none of 1 rows can be used");
    assertThat(check.out())
        .contains("leads: 1 files", "2 rows: 2 good", "outcomes: cannot be used");
  }

  @Test
  void aCheckProposesTheMarkOfAmountsWrittenInAnotherWay() throws IOException {
    write(
        "outcomes.csv",
        "lead_id;outcome;occurred_at;value\nada;won;2026-01-05;1.250,50\nbob;won;2026-01-06;999,00\n");
    String separator = "inputs.outcomes.options={ sep = \";\" }";
    Invocation check = command("check", separator);
    assertRefused(3, check, "2 x unreadable_value", "decimal = \",\": as in 1.250,50");
    assertThat(check.out()).contains("outcomes: proposal: inputs.outcomes.decimal = \",\"");
    Invocation mended = command("check", separator, "inputs.outcomes.decimal=,");
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(mended.out()).contains("2 rows: 2 good").doesNotContain("decimal");
  }

  private Invocation ingest(String... assignments) {
    return command("ingest", assignments);
  }

  private Invocation command(String command, String... assignments) {
    List<String> arguments = new ArrayList<>(List.of(command, "--lake", lake().toString()));
    List<String> all = new ArrayList<>();
    for (String input : List.of("engagements", "leads", "outcomes")) {
      all.add("inputs." + input + ".path=" + folder + "/" + input + ".csv");
    }
    all.add("conversion.outcomes=[won]");
    all.addAll(List.of(assignments));
    all.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
    return Invocation.of(arguments);
  }

  private void assertRefused(int exitCode, Invocation run, String... said) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).contains(said).doesNotContain("\tat ").doesNotContain("this is a bug");
    assertThat(run.err().lines().count()).as("one screen").isLessThan(25);
    assertThat(namesIn(lake())).isSubsetOf("_warmlead", Runs.TABLE.name());
  }

  private void assertRefusedBeforeTheLake(Invocation run, String... said) {
    assertRefused(2, run, said);
    assertThat(namesIn(lake())).doesNotContain(Runs.TABLE.name());
  }

  private static List<String> namesIn(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
