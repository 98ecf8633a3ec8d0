package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warmlead.config.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class QueriesTest {
  @TempDir Path folder;

  @Test
  void aTableThatIsNotThereIsAnsweredWithTheNearestName() {
    assertThat(refusal("SELECT lead_id FROM hot_lead"))
        .contains("hot_lead", "Did you mean hot_leads?");
  }

  @Test
  void aMistakeIsNamedWithoutSparksPlan() {
    assertThat(refusal("SELECT lead_idd, tier FROM lead_scores WHERE tier = 'hot'"))
        .contains("lead_idd", "lead_id")
        .doesNotContain("Project", "Filter", "Relation");
    assertThat(refusal("SELECT lead_id FORM lead_scores")).contains("lead_scores");
  }

  @Test
  void onlyQueriesAreAnswered() {
    assertThat(refusal("DROP TABLE lead_scores")).contains("Only queries");
  }

  @ParameterizedTest
  @EnumSource
  void columnsMayShareAName(Queries.Format format) {
    String both = "SELECT count(*), count(*), 1 AS n, 2 AS n FROM lead_scores";
    List<String> lines = printed(both, format);
    assertThat(lines)
        .containsExactlyElementsOf(
            switch (format) {
              case TABLE -> List.of("count(1)  count(1)  n  n", "0         0         1  2");
              case CSV -> List.of("count(1),count(1),n,n", "0,0,1,2");
              case JSON -> List.of("{\"count(1)\":0,\"count(1)_2\":0,\"n\":1,\"n_2\":2}");
            });
    String joined = "SELECT * FROM lead_scores s JOIN score_changes c ON s.lead_id = c.lead_id";
    assertThat(printed(joined, format)).hasSize(format == Queries.Format.JSON ? 0 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatCannotBeIsTheQuerysFault(Queries.Format format) {
    assertThat(failure("SELECT 1 / id FROM range(3)", format))
        .contains("Division by zero", "try_divide")
        .doesNotContain("ansi");
    assertThat(failure("SELECT cast(concat('x', id) AS INT) FROM range(3)", format))
        .containsPattern("'x[0-2]'.*INT");
    assertThat(failure("SELECT (SELECT id FROM range(3))", format)).contains("More than one row");
    assertThat(failure("SELECT raise_error('so') FROM range(3)", format)).contains("so");
  }

  private List<String> printed(String query, Queries.Format format) {
    List<String> lines = new ArrayList<>();
    new Queries(TestRuns.run("run", folder).lake()).print(query, format, lines::add);
    return lines;
  }

  private String failure(String query, Queries.Format format) {
    SettingsException failure =
        catchThrowableOfType(SettingsException.class, () -> printed(query, format));
    assertThat(failure.getMessage()).startsWith("The query cannot be answered: ");
    assertThat(failure.getMessage().lines()).hasSizeLessThan(10);
    return failure.getMessage();
  }

  private String refusal(String query) {
    Queries queries = new Queries(TestRuns.run("run", folder).lake());
    return catchThrowableOfType(SettingsException.class, () -> queries.rows(query)).getMessage();
  }
}
