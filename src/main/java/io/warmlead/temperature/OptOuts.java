package io.warmlead.temperature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.warmlead.feature.Summaries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Who wants no more of us, or cannot be reached, and what takes that back. The page that confirms
 * an unsubscribe is viewed a moment after it, and programs open mail that nobody reads; so it takes
 * an act by which a lead asks for us again to lift a refusal, and an act of which we know that it
 * is one to lift a bounce.
 */
final class OptOuts {
  /** Signals by which a lead asks to hear from us, besides all of high intent. */
  private static final List<String> ASK_FOR_US =
      List.of("newsletter_signup", "signup", "form_submit", "email_reply", "outreach_reply");

  private OptOuts() {}

  /**
   * Sums over {@link Summaries} of one lead and instant, by name.
   *
   * @param asks whether a row is of a request
   * @param isStrong whether it is of an inbound signal that counts alone
   */
  static Map<String, Column> sums(Column asks, Column isStrong) {
    Column isNegative = col("direction").equalTo("negative");
    // A bounce of a source that nobody has mapped keeps the name that it has there.
    Column isBounce = isNegative.and(functions.lower(col("signal")).contains(lit("bounce")));
    Column asksForUs = asks.or(col("is_inbound").and(col("signal").isin(ASK_FOR_US.toArray())));
    Column isKnownAct = isStrong.and(col("family").notEqual("unmapped"));
    Map<String, Column> sums = new LinkedHashMap<>();
    sums.put("last_refusal_micros", last(isNegative.and(not(isBounce))));
    sums.put("last_asked_for_us_micros", last(asksForUs));
    sums.put("last_bounce_micros", last(isBounce));
    sums.put("last_known_act_micros", last(isKnownAct));
    return sums;
  }

  /**
   * Whether a refusal or a bounce stands; of two words at one instant, as dates without time have
   * them, it does.
   */
  static Column stand() {
    return since("last_refusal_micros", "last_asked_for_us_micros")
        .or(since("last_bounce_micros", "last_known_act_micros"));
  }

  private static Column since(String word, String takenBack) {
    return coalesce(col(word).geq(coalesce(col(takenBack), lit(0L))), lit(false));
  }

  private static Column last(Column condition) {
    return max(when(condition, col("last_micros")));
  }
}
