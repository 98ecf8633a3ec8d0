package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Reads times written in many ways. The session's zone is UTC. */
final class Times {
  private static final String DAY = "[+-]?[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}";
  private static final String SECONDS = ":[0-9]{1,2}([.][0-9]*)?";

  /** From the year alone to fractions of a second; a time of day alone has no day. */
  private static final String WITHOUT_ZONE =
      "^\\s*([0-9]{4}(-[0-9]{1,2})?|"
          + DAY
          + "([ T][0-9]{1,2}(:[0-9]{1,2}("
          + SECONDS
          + ")?)?)?)\\s*$";

  private static final String MINUTES = "^\\s*" + DAY + "[ T][0-9]{1,2}:[0-9]{1,2}";
  private static final String OFFSET = "[+-][0-9]{1,2}(:?[0-9]{2}){0,2}";

  /**
   * Letters alone are a zone only where they mean UTC: abbreviations are shared by several zones,
   * and the cast takes BST for that of Bangladesh.
   */
  private static final String WITH_ZONE =
      MINUTES
          + "("
          + SECONDS
          + ")?\\s*([Zz]|(UTC|GMT)("
          + OFFSET
          + ")?|"
          + OFFSET
          + "|[A-Za-z]+/[A-Za-z0-9_/+-]+)\\s*$";

  private Times() {}

  /**
   * The instant that a text names, NULL where it names none: ISO 8601 date or date and time, epoch
   * seconds, milliseconds or microseconds, or the input's own {@code timestampFormat}. A zone in
   * the text (an offset, a full name, UTC, GMT or Z) wins over the input's zone; one in a text of
   * the input's own format is what that format says it is.
   */
  static Column instant(Column text, InputSettings input) {
    Column iso =
        coalesce(
            inZone(when(text.rlike(WITHOUT_ZONE), text.try_cast("timestamp")), input),
            when(text.rlike(WITH_ZONE), completed(text).try_cast("timestamp")));
    Column epoch =
        when(text.rlike("^[0-9]{10}$"), functions.timestamp_seconds(text.try_cast("bigint")))
            .when(text.rlike("^[0-9]{13}$"), functions.timestamp_millis(text.try_cast("bigint")))
            .when(text.rlike("^[0-9]{16}$"), functions.timestamp_micros(text.try_cast("bigint")));
    String format = input.options().get("timestampFormat");
    return format == null
        ? coalesce(iso, epoch)
        : coalesce(formatted(text, new TimePattern(format), input), iso, epoch);
  }

  /** A text of the input's own format: whether it has a zone is for the format to say. */
  private static Column formatted(Column text, TimePattern pattern, InputSettings input) {
    Column read = try_to_timestamp(text, lit(pattern.text()));
    if (!pattern.namesZone()) {
      return inZone(read, input);
    }
    TimePattern local = pattern.withoutOptionalZones();
    return local.namesZone() || local.text().isBlank()
        ? read
        : coalesce(inZone(try_to_timestamp(text, lit(local.text())), input), read);
  }

  private static Column inZone(Column local, InputSettings input) {
    return input.zone().normalized().equals(ZoneOffset.UTC)
        ? local
        : to_utc_timestamp(local, input.zone().getId());
  }

  /** The cast wants seconds before a zone, and a capital Z. */
  private static Column completed(Column text) {
    return regexp_replace(
        regexp_replace(text, "(?<=[0-9. ])z\\s*$", "Z"), "(" + MINUTES + ")(?=[^:0-9])", "$1:00");
  }

  /** Whether an instant cannot be a time of business. */
  static Column isImplausible(Column instant) {
    return instant
        .lt(lit("1970-01-01").cast("timestamp"))
        .or(instant.geq(lit("2200-01-01").cast("timestamp")));
  }
}
