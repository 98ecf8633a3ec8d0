package io.warmlead.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.TestSession;
import org.junit.jupiter.api.Test;

/** Which of two files tells of an earlier day, and where their names do not say. */
final class DatedFileTest {
  @Test
  void datesThatBeginWithTheYearAreCompared() {
    assertThat(isOlder("/in/leads-2026-03-01.csv", "/in/leads-2026-03-02.csv")).isTrue();
    assertThat(isOlder("/in/leads-2026-03-02.csv", "/in/leads-2026-03-01.csv")).isFalse();
    assertThat(isOlder("/in/leads_20260301.csv.gz", "/in/leads_20260302.csv")).isTrue();
    assertThat(isOlder("/in/leads-2026-03-01.csv", "/in/leads-20260302.csv")).isTrue();
    assertThat(isOlder("/in/2026/03/01/a1f.csv", "/in/2026/03/02/07b.csv")).isTrue();
    assertThat(isOlder("/run9/leads-2026-03-01.csv", "/run10/leads-2026-03-02.csv")).isTrue();
    assertThat(isOlder("/in/leads-2026-03-01.csv", "/in/leads-2026-03-01.csv")).isFalse();
  }

  @Test
  void otherNamesSayNothingAboutTime() {
    assertThat(isOlder("/in/leads-10.csv", "/in/leads-9.csv")).isFalse();
    assertThat(isOlder("/in/leads-1.csv", "/in/leads-2.csv")).isFalse();
    assertThat(isOlder("/in/01.04.2026.csv", "/in/31.03.2026.csv")).isFalse();
    assertThat(isOlder("/in/01042026.csv", "/in/20032026.csv")).isFalse();
    assertThat(isOlder("/in/04-01-2026.csv", "/in/12-31-2025.csv")).isFalse();
    assertThat(isOlder("/in/part-0-3f20260301.csv", "/in/part-0-9e20260302.csv")).isFalse();
    assertThat(isOlder("/in/contacts-2026-03-01.csv", "/in/firms-2026-03-02.csv")).isFalse();
    assertThat(isOlder("/in/leads-2026-03-01.csv", "/in/leads.csv")).isFalse();
    assertThat(isOlder("/in/leads.csv", "/in/leads-2026-03-01.csv")).isFalse();
  }

  private static boolean isOlder(String file, String than) {
    return TestSession.get()
        .range(1)
        .select(DatedFile.isOlder(lit(file), lit(than)))
        .head()
        .getBoolean(0);
  }
}
