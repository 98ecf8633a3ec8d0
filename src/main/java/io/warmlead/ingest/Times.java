package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Reads times written in many ways. The session's zone is UTC. */
final class Times {
  private static final String ZONE_AT_THE_END =
      "(Z|z|UTC|GMT|[+-][0-9]{1,2}:?([0-9]{2})?|[A-Za-z]+/[A-Za-z_/]+)\\s*$";

  private Times() {}

  /**
   * The instant that a text names, NULL where it names none: ISO 8601 date or date and time, epoch
   * seconds, milliseconds or microseconds, or the input's own {@code timestampFormat}. A zone in
   * the text wins over the input's zone.
   */
  static Column instant(Column text, InputSettings input) {
    String format = input.options().get("timestampFormat");
    Column read =
        coalesce(
            text.try_cast("timestamp"),
            try_to_timestamp(text, lit("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]XX")),
            try_to_timestamp(text, lit("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]XX")));
    if (format != null) {
      read = coalesce(try_to_timestamp(text, lit(format)), read);
    }
    Column epoch =
        when(text.rlike("^[0-9]{10}$"), functions.timestamp_seconds(text.try_cast("bigint")))
            .when(text.rlike("^[0-9]{13}$"), functions.timestamp_millis(text.try_cast("bigint")))
            .when(text.rlike("^[0-9]{16}$"), functions.timestamp_micros(text.try_cast("bigint")));
    if (input.zone().normalized().equals(ZoneOffset.UTC)) {
      return coalesce(read, epoch);
    }
    Column local =
        when(substring(text, 11, 60).rlike(ZONE_AT_THE_END), read)
            .otherwise(to_utc_timestamp(read, input.zone().getId()));
    return coalesce(local, epoch);
  }

  /** Whether an instant cannot be a time of business. */
  static Column isImplausible(Column instant) {
    return instant
        .lt(lit("1970-01-01").cast("timestamp"))
        .or(instant.geq(lit("2200-01-01").cast("timestamp")));
  }
}
