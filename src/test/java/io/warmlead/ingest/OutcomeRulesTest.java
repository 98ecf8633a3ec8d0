package io.warmlead.ingest;

import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.config.Settings;
import io.warmlead.testing.Frames;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What the names of outcomes mean. */
final class OutcomeRulesTest {
  @Test
  void outcomesAreConversionsOrClosingsAsTheSettingsSay() {
    Dataset<Row> outcomes =
        Frames.frame("outcome STRING", row("won"), row("lost"), row("call back"));
    Settings closing = RawInput.settings("conversion.outcomes=[won]", "conversion.lost=[lost]");
    assertThat(OutcomeRules.classified(outcomes, closing.conversion()).collectAsList())
        .containsExactly(
            row("won", true, true), row("lost", false, true), row("call back", false, false));
    Settings repeat =
        RawInput.settings(
            "conversion.outcomes=[won]", "conversion.lost=[lost]", "conversion.closes_lead=false");
    assertThat(OutcomeRules.classified(outcomes, repeat.conversion()).collectAsList())
        .containsExactly(
            row("won", true, false), row("lost", false, true), row("call back", false, false));
  }
}
