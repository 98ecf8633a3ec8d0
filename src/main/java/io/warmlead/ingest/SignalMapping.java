package io.warmlead.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.SignalSettings;
import io.warmlead.config.SignalSettings.Meaning;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Gives raw events their signal and its meaning. */
public final class SignalMapping {
  private static final String WE_ACTED =
      "(^|[^a-z])((e?mail|sms|message)?sent|send|outbound|outgoing|outreach|delivered"
          + "|(phone|tele)?calls?|called|dialed|dialled|voicemail)([^a-z]|$)";

  /** At the end of a name: that wins, for what is sent may be a reply. */
  private static final String WE_SENT =
      "(^|[^a-z])(sent|(e?mail|sms|message|letter|fax|phone)[^a-z]+out)[^a-z]*$";

  private static final String WITHIN_CAMELS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";

  private static final String NEGATIVE = "negative";
  private static final String LEAD_ACTED =
      "(inbound|incoming|received|request|reply|replied|answered|callback|booked"
          + "|call[^a-z]+to[^a-z]+action|(^|[^a-z])(click|open)(s|ed)?([^a-z]|$))";

  /** At the end of a name: a form is sent by who fills it in. */
  private static final String LEAD_SENT =
      "((form|request|application)s?|(in|en)quir(y|ies))[^a-z]+sent[^a-z]*$"
          + "|(mail|sms|message|call|called|phone)[^a-z]+in[^a-z]*$";

  private static final String REFUSED =
      "(^|[^a-z])(unsubscrib(e|ed|es)|opt(ed|s)?[^a-z]?outs?|spam[^a-z]?(complaint|report)s?)([^a-z]|$)";

  private static final String BOUNCED = "(^|[^a-z])bounced?s?([^a-z]|$)";
  private static final String OF_MAIL = "(mail|(^|[^a-z])(hard|soft)([^a-z]|$))";

  /** What is looked at, counted or taken back. */
  private static final String NO_REFUSAL =
      "(cookie|cancel|remov|undo|undid|revers|page|view|visit|rate|download)";

  private SignalMapping() {}

  /**
   * Adds, or makes anew, {@code signal, is_mapped, family, direction, intent}.
   *
   * @param rows with {@code event}, {@code channel} and {@code stated_direction} (NULL, or a word
   *     of the source that wins over the catalogue, save over {@code negative})
   */
  public static Dataset<Row> withSignal(Dataset<Row> rows, SignalSettings settings) {
    Map<String, Meaning> catalogue = settings.catalogue();
    Column ownName = translate(lower(col("event")), " -./", "____");
    Column mapped = ruled(settings);
    mapped =
        coalesce(mapped, when(lookup(catalogue, ownName, Meaning::family).isNotNull(), ownName));
    Column meant =
        coalesce(
            lookup(catalogue, col("mapped_signal"), Meaning::direction),
            when(col("mapped_signal").isNull().and(isRefusal()), NEGATIVE));
    return rows.withColumn("mapped_signal", mapped)
        .withColumn("signal", coalesce(col("mapped_signal"), col("event")))
        .withColumn("is_mapped", col("mapped_signal").isNotNull())
        .withColumn(
            "family",
            coalesce(lookup(catalogue, col("mapped_signal"), Meaning::family), lit("unmapped")))
        .withColumn(
            "direction",
            // A refusal stays one, whatever way the source thinks that it went.
            when(meant.equalTo(NEGATIVE), NEGATIVE)
                .otherwise(coalesce(stated(col("stated_direction")), meant, guessed())))
        .withColumn(
            "intent",
            coalesce(lookup(catalogue, col("mapped_signal"), Meaning::intent), lit("low")))
        .drop("mapped_signal");
  }

  private static Column ruled(SignalSettings settings) {
    Column chain = null;
    for (SignalSettings.Rule rule : settings.rules()) {
      Column matches =
          rule.isPattern()
              ? col("event").rlike(rule.pattern())
              : col("event").equalTo(rule.event());
      if (rule.channel().isPresent()) {
        matches =
            matches.and(
                col("channel").equalTo(rule.channel().get().toLowerCase(java.util.Locale.ROOT)));
      }
      if (rule.direction().isPresent()) {
        matches = matches.and(stated(col("stated_direction")).equalTo(rule.direction().get()));
      }
      Column signal = lit(rule.signal());
      chain = chain == null ? when(matches, signal) : chain.when(matches, signal);
    }
    return chain == null ? lit(null).cast("string") : chain;
  }

  private static Column stated(Column direction) {
    Column word = lower(direction);
    return when(word.isin("inbound", "in", "incoming", "received"), lit("inbound"))
        .when(word.isin("outbound", "out", "outgoing", "sent"), lit("outbound"));
  }

  /** Whether the name of an event says that somebody wants no more mail, or gets none. */
  private static Column isRefusal() {
    Column words = words(col("event"));
    Column isOfMail = words.rlike(OF_MAIL).or(lower(col("channel")).rlike(OF_MAIL));
    return words
        .rlike(REFUSED)
        .or(words.rlike(BOUNCED).and(isOfMail))
        .and(functions.not(words.rlike(NO_REFUSAL)));
  }

  private static Column guessed() {
    Column name = words(col("event"));
    Column all = functions.concat_ws(" ", name, lower(col("channel")));
    return when(name.rlike(LEAD_SENT), "unknown")
        .when(
            name.rlike(WE_SENT).or(all.rlike(WE_ACTED).and(functions.not(all.rlike(LEAD_ACTED)))),
            "outbound")
        .otherwise("unknown");
  }

  /** In lower case; {@code SMSDelivered} and {@code callLogged} are two words each. */
  private static Column words(Column name) {
    return lower(functions.regexp_replace(name, lit(WITHIN_CAMELS), lit(" ")));
  }

  private static Column lookup(
      Map<String, Meaning> catalogue, Column signal, Function<Meaning, String> part) {
    Column[] entries =
        catalogue.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(
                entry ->
                    java.util.stream.Stream.of(
                        lit(entry.getKey()), lit(part.apply(entry.getValue()))))
            .toArray(Column[]::new);
    return functions.try_element_at(functions.map(entries), signal);
  }
}
