package io.warmlead.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warmlead.config.SettingsException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private String refusal(String query) {
    Queries queries = new Queries(TestRuns.run("run", folder).lake());
    return catchThrowableOfType(SettingsException.class, () -> queries.rows(query)).getMessage();
  }
}
