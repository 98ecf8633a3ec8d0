package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import org.apache.spark.sql.Column;

/**
 * Reads numbers as people and spreadsheets write them: {@code -1,250.50}, {@code 1.250,50 €}.
 *
 * <p>A number has one mark before its fraction, the input's {@code decimal}. Marks between
 * thousands are those that go with it, one kind within a number, and only where groups of three
 * follow: what might be a fraction written in the other way is not taken for thousands unless it
 * looks so. A currency sign may stand before or behind.
 */
final class Amounts {
  private static final String MONEY = "decimal(18,4)";

  /** 1,250,000; as in India 12,50,000; as in Switzerland 1'250'000. */
  private static final String POINT_GROUPS =
      "[1-9][0-9]{0,2}(?<mark>[,'\u2019])(?:[0-9]{2,3}\\k<mark>){0,20}[0-9]{3}";

  /** 1.250.000, or with spaces, which need not be those of the keyboard. */
  private static final String COMMA_GROUPS =
      "[1-9][0-9]{0,2}(?<mark>[. \u00a0\u202f])(?:[0-9]{3}\\k<mark>){0,20}[0-9]{3}";

  private Amounts() {}

  /** The number as a table holds money; NULL where the text is none, or too large. */
  static Column money(Column text, InputSettings input) {
    return plain(text, input.decimal()).try_cast(MONEY);
  }

  /** The text, without what is there for the eye alone where it is a number. */
  static Column plainOrText(Column text, InputSettings input) {
    return coalesce(plain(text, input.decimal()), text);
  }

  /**
   * A number as text without groups and signs of currency, with a point; NULL where it is none.
   *
   * @param decimal point or comma
   */
  static Column plain(Column text, String decimal) {
    Column bare = regexp_replace(text, "[^0-9eE+" + decimal + "-]", "");
    return when(
        text.rlike(pattern(decimal)), decimal.equals(",") ? translate(bare, ",", ".") : bare);
  }

  /** Few digits of an exponent: a cast that may fail still ends on one too large. */
  private static String pattern(String decimal) {
    return "^\\p{Z}*(?:\\p{Sc}\\p{Z}*)?[+-]?\\p{Z}*(?:\\p{Sc}\\p{Z}*)?(?:(?:"
        + (decimal.equals(",") ? COMMA_GROUPS : POINT_GROUPS)
        + "|[0-9]{1,60})(?:[D][0-9]{0,60})?|[D][0-9]{1,60}".replace("D", decimal)
        + ")(?:[eE][+-]?[0-9]{1,3})?\\p{Z}*(?:\\p{Sc}\\p{Z}*)?$";
  }
}
