package io.warmlead.insight;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Accounts are told where two of their leads heat together. */
final class HeatingAccountsTest {

  @Test
  void anAccountHeatsWithTwoOfItsLeads() {
    Timestamp lately = Timestamp.from(Instant.parse("2026-05-20T00:00:00Z"));
    Timestamp longAgo = Timestamp.from(Instant.parse("2026-01-20T00:00:00Z"));
    List<Row> rows =
        InsightQuery.of(
                "heating_accounts",
                Map.of(
                    "lead_scores",
                    frame(
                        "account_id STRING, lead_id STRING, tier STRING, trend STRING,"
                            + " probability DOUBLE, last_inbound_at TIMESTAMP,"
                            + " last_inbound_signal STRING",
                        row("acme", "a", "hot", "heating", 0.5, lately, "pricing_view"),
                        row("acme", "b", "warm", "heating", 0.2, longAgo, "page_view"),
                        row("acme", "c", "cold", "steady", 0.1, lately, "email_open"),
                        row("lone", "d", "warm", "heating", 0.2, lately, "page_view"),
                        row("lone", "e", "warm", "cooling", 0.2, lately, "page_view"),
                        row(null, "f", "warm", "heating", 0.2, lately, "page_view"),
                        row(null, "g", "warm", "heating", 0.2, lately, "page_view"))),
                Map.of("as_of", Instant.parse("2026-06-01T00:00:00Z"), "warm_days", 30))
            .collectAsList();
    assertThat(rows).hasSize(1);
    Row acme = rows.get(0);
    assertThat(acme.<String>getAs("account_id")).isEqualTo("acme");
    assertThat(acme.<Long>getAs("leads")).isEqualTo(3);
    assertThat(acme.<Long>getAs("heating")).isEqualTo(2);
    assertThat(acme.<Double>getAs("any_converts")).isCloseTo(1 - 0.5 * 0.8 * 0.9, within(1e-9));
    assertThat(acme.<String>getList(acme.fieldIndex("heating_signals")))
        .containsExactly("pricing_view");
  }
}
