package io.warmlead.pipeline;

import static io.warmlead.testing.Frames.frame;
import static io.warmlead.testing.Frames.row;

import io.warmlead.table.Engagements;
import io.warmlead.table.Leads;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Random leads before and after a first night; by number modulo 8 they have late events (1), new
 * ones (2) and have moved to another segment (4).
 */
final class RandomHistories {
  private final Instant then;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final List<String> moved = new ArrayList<>();
  private final int leads = 32;

  RandomHistories(long seed, Instant then, Instant now) {
    this.then = then;
    this.now = now;
    Random random = new Random(seed);
    for (int lead = 0; lead < leads; lead++) {
      String name = "lead-" + lead;
      int engagements = random.nextInt(6);
      for (int event = 0; event < engagements; event++) {
        Instant at = then.minusSeconds(1 + random.nextInt(100 * 86_400));
        add(random, name, at, at);
      }
      if ((lead & 1) > 0) {
        Instant at = then.minusSeconds(1 + random.nextInt(20 * 86_400));
        // Of a signal of its own: daily activity keeps what arrived on other days apart.
        events.add(new Event(name, at, between(random), "demo_request"));
      }
      if ((lead & 2) > 0) {
        Instant at = between(random);
        add(random, name, at, at);
      }
      if ((lead & 4) > 0) {
        moved.add(name);
      }
    }
  }

  private RandomHistories(RandomHistories other, List<Event> events) {
    this.then = other.then;
    this.now = other.now;
    this.events.addAll(events);
    this.moved.addAll(other.moved);
  }

  private void add(Random random, String lead, Instant at, Instant knownAt) {
    events.add(new Event(lead, at, knownAt, random.nextBoolean() ? "page_view" : "other"));
  }

  private Instant between(Random random) {
    return then.plusSeconds(random.nextInt((int) Duration.between(then, now).toSeconds()));
  }

  /** The same, where everything was known at once. */
  RandomHistories onTime() {
    return new RandomHistories(
        this,
        events.stream()
            .map(event -> new Event(event.lead(), event.at(), event.at(), event.signal()))
            .toList());
  }

  /** Whether something that happened before the first night became known after it. */
  boolean hasLate(String lead) {
    return events.stream().anyMatch(event -> event.lead().equals(lead) && event.isLate(then));
  }

  /** Whether something happened after the first night. */
  boolean hasNew(String lead) {
    return events.stream()
        .anyMatch(event -> event.lead().equals(lead) && !event.at().isBefore(then));
  }

  /** Whether its segment changed after the first night. */
  boolean hasMoved(String lead) {
    return moved.contains(lead);
  }

  Dataset<Row> engagements(Predicate<Event> known) {
    List<Row> rows = new ArrayList<>();
    for (Event event : events) {
      if (known.test(event)) {
        rows.add(
            row(
                "event-" + rows.size(),
                event.lead(),
                Timestamp.from(event.at()),
                Timestamp.from(event.knownAt()),
                event.signal(),
                "site",
                "inbound",
                "low",
                "web",
                BigDecimal.valueOf(5)));
      }
    }
    return TestRuns.filled(
        Engagements.TABLE,
        frame(
            "event_id STRING, lead_id STRING, occurred_at TIMESTAMP, known_at TIMESTAMP, signal"
                + " STRING, family STRING, direction STRING, intent STRING, channel STRING, value"
                + " DECIMAL(18,4)",
            rows.toArray(Row[]::new)));
  }

  Dataset<Row> leads(boolean withMoves) {
    Timestamp created = Timestamp.from(then.minus(Duration.ofDays(101)));
    Timestamp move = Timestamp.from(then.plusSeconds(60));
    List<Row> rows = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      String name = "lead-" + lead;
      boolean moves = withMoves && moved.contains(name);
      rows.add(row(name, created, "small", created, moves ? move : null));
      if (moves) {
        rows.add(row(name, created, "large", move, null));
      }
    }
    return TestRuns.filled(
        Leads.TABLE,
        frame(
            "lead_id STRING, created_at TIMESTAMP, segment STRING, valid_from TIMESTAMP, valid_to"
                + " TIMESTAMP",
            rows.toArray(Row[]::new)));
  }

  /** An engagement, and when it became known. */
  record Event(String lead, Instant at, Instant knownAt, String signal) {
    boolean isLate(Instant then) {
      return at.isBefore(then) && !knownAt.isBefore(then);
    }
  }
}
