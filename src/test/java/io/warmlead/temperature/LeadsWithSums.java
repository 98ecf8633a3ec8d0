package io.warmlead.temperature;

import io.warmlead.testing.TestSession;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Leads as tiers and frameworks are decided upon: their attributes and sums of behaviour. */
final class LeadsWithSums {
  static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");

  private LeadsWithSums() {}

  /**
   * Leads that were created long before the instant, with everything NULL but what is given.
   *
   * @param leads per lead, column to value
   */
  static Dataset<Row> of(Behaviour behaviour, Map<String, Map<String, Object>> leads) {
    StructType schema =
        StructType.fromDDL(
            "lead_id STRING, probability DOUBLE, temperature DOUBLE, tier STRING,"
                + " previous_tier STRING, previous_tier_since DATE, override_tier STRING, referrer_id STRING,"
                + " budget STRING, authority STRING, need STRING, timeline STRING,"
                + " created_at TIMESTAMP, as_of TIMESTAMP, "
                + String.join(
                    ", ", behaviour.names().stream().map(name -> name + " BIGINT").toList()));
    List<Row> rows = new ArrayList<>();
    leads.forEach(
        (lead, given) -> {
          Map<String, Object> values = new HashMap<>(given);
          values.put("lead_id", lead);
          values.put("as_of", Timestamp.from(AS_OF));
          values.putIfAbsent("created_at", time("2025-01-01T00:00:00Z"));
          rows.add(
              RowFactory.create(Arrays.stream(schema.fieldNames()).map(values::get).toArray()));
        });
    return TestSession.get().createDataFrame(rows, schema);
  }

  static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }
}
