package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Where leads go after an asset, and what becomes of them. */
final class NextStepsTest {
  private static final Instant AS_OF = Instant.parse("2026-06-01T00:00:00Z");

  private final List<Row> activity = new ArrayList<>();
  private final List<Row> outcomes = new ArrayList<>();

  @Test
  void theStepWhoseLeadsConvertIsRecommended() {
    for (int lead = 0; lead < 4; lead++) {
      touched("paper, then price " + lead, 100, "paper");
      touched("paper, then price " + lead, 99, "paper");
      touched("paper, then price " + lead, 98, "price");
      touched("paper, then blog " + lead, 100, "paper");
      touched("paper, then blog " + lead, 98, "blog");
    }
    won("paper, then price 0", 90);
    won("paper, then price 0", 85);
    won("paper, then price 1", 69);
    won("paper, then blog 0", 60);
    assertThat(found(2))
        .as("within 30 days of the price; the blog's conversion is too late")
        .containsExactly(
            "paper > price #1 2/4 of 8 at 0.125 true", "paper > blog #2 0/4 of 8 at 0.125 false");
  }

  @Test
  void whoWasWonOnTheDayOfAStepWasWonAfterIt() {
    touched("a", 100, "paper");
    activity.add(
        RowFactory.create(
            "a",
            true,
            "site",
            RowFactory.create(
                Timestamp.from(AS_OF.minus(98 * 24 - 10, ChronoUnit.HOURS)), "price")));
    outcomes.add(RowFactory.create("a", daysAgo(98), true, true));
    assertThat(found(1)).containsExactly("paper > price #1 1/1 of 1 at 1.0 false");
  }

  @Test
  void onlyWhatIsOverCountsAndOnlyOncePerLead() {
    touched("back and forth", 100, "paper");
    touched("back and forth", 99, "price");
    touched("back and forth", 98, "paper");
    touched("back and forth", 97, "price");
    touched("lately", 100, "paper");
    touched("lately", 29, "price");
    touched("too long after", 100, "paper");
    touched("too long after", 69, "price");
    assertThat(found(1))
        .containsExactly(
            "paper > price #1 0/1 of 3 at 0.0 false", "price > paper #1 0/1 of 2 at 0.0 false");
  }

  @Test
  void stepsOfFewLeadsAreLeftOut() {
    touched("a", 100, "paper");
    touched("a", 99, "price");
    assertThat(found(2)).isEmpty();
  }

  @Test
  void whatWeSentIsNoStep() {
    touched("a", 100, "paper");
    activity.add(RowFactory.create("a", false, "email", asset("newsletter", 99)));
    activity.add(RowFactory.create("a", true, "site", null));
    touched("a", 98, "price");
    assertThat(found(1)).containsExactly("paper > price #1 0/1 of 1 at 0.0 false");
  }

  @Test
  void anAdvertisementIsNoStepToLeadTo() {
    activity.add(RowFactory.create("a", true, "ad", asset("banner", 100)));
    touched("a", 99, "paper");
    activity.add(RowFactory.create("a", true, "ad", asset("banner", 98)));
    assertThat(found(1)).containsExactly("banner > paper #1 0/1 of 1 at 0.0 false");
  }

  @Test
  void whatACustomerTouchesIsNoStep() {
    touched("a", 100, "paper");
    outcomes.add(RowFactory.create("a", daysAgo(99), true, true));
    touched("a", 98, "manual");
    touched("a", 97, "support");
    assertThat(found(1)).isEmpty();
  }

  private void touched(String lead, int daysAgo, String asset) {
    activity.add(RowFactory.create(lead, true, "site", asset(asset, daysAgo)));
  }

  private static Row asset(String name, int daysAgo) {
    return RowFactory.create(daysAgo(daysAgo), name);
  }

  private void won(String lead, int daysAgo) {
    outcomes.add(RowFactory.create(lead, daysAgo(daysAgo), true, false));
  }

  private static Timestamp daysAgo(int days) {
    return Timestamp.from(AS_OF.minus(days, ChronoUnit.DAYS));
  }

  private List<String> found(int minLeads) {
    return InsightQuery.of(
            "next_steps",
            Map.of(
                "activity",
                frame(
                    "lead_id STRING, is_inbound BOOLEAN, family STRING,"
                        + " last_asset STRUCT<at: TIMESTAMP, asset: STRING>",
                    activity.toArray(Row[]::new)),
                "outcomes",
                frame(
                    "lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN",
                    outcomes.toArray(Row[]::new))),
            Map.of(
                "as_of",
                AS_OF,
                "horizon_days",
                30,
                "min_leads",
                minLeads,
                "reopens",
                false,
                "outcome_zone",
                "UTC"))
        .orderBy("asset", "step_rank")
        .collectAsList()
        .stream()
        .map(
            step ->
                String.format(
                    "%s > %s #%s %s/%s of %s at %s %s",
                    step.getAs("asset"),
                    step.getAs("next_asset"),
                    step.getAs("step_rank"),
                    step.getAs("conversions"),
                    step.getAs("leads"),
                    step.getAs("asset_leads"),
                    step.getAs("asset_rate"),
                    step.getAs("is_recommended")))
        .toList();
  }
}
