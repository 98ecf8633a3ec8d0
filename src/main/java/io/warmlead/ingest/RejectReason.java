package io.warmlead.ingest;

import java.util.Locale;

/** Why a row cannot be used. */
public enum RejectReason {
  MALFORMED_ROW("the row cannot be split into the columns of its file"),
  MISSING_LEAD_ID("lead_id is empty"),
  BROKEN_LEAD_ID("lead_id has bytes that are no text; set options.encoding to that of the file"),
  MISSING_TIME("the time is empty"),
  UNREADABLE_TIME(
      "the time cannot be read; write ISO 8601 (a zone as +01:00 or Europe/Berlin, not CET), or set"
          + " options.timestampFormat"),
  IMPLAUSIBLE_TIME("the time lies before 1970 or after 2199"),
  FUTURE_CLOCK("the time lies more than 30 days beyond that of nearly all rows"),
  UNREADABLE_RECEIVED_TIME("received_at cannot be read"),
  MISSING_EVENT("the event name is empty"),
  UNREADABLE_VALUE(
      "value is not a number, or too large (decimal = \",\": as in 1.250,50; columns.value = none: no"
          + " amount at all)"),
  UNREADABLE_COST(
      "cost is not a number, or too large (decimal = \",\": as in 1.250,50; columns.cost = none: no"
          + " amount at all)"),
  MISSING_OUTCOME("the outcome name is empty"),
  UNREADABLE_VALID_FROM("valid_from is empty or cannot be read");

  private final String text;

  RejectReason(String text) {
    this.text = text;
  }

  /** Name and explanation, as stored: {@code missing_lead_id: lead_id is empty}. */
  public String description() {
    return name().toLowerCase(Locale.ROOT) + ": " + text;
  }
}
