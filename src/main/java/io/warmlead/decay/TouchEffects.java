package io.warmlead.decay;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import io.warmlead.decay.TouchEffect.Subject;
import io.warmlead.decay.TouchedLeads.Conversion;
import io.warmlead.decay.TouchedLeads.Touch;
import io.warmlead.decay.TouchedLeads.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How fast the effect of a touch fades, per signal and per channel, each adjusted for all other
 * touches of the same lead: {@link ExcessRisk} fitted to a sample.
 *
 * <p>Looked at are at most {@value #MOST_CONVERSIONS} conversions of the last {@value #LOOK_BACK}
 * days, each beside up to {@value TouchedLeads#OTHERS} leads that could have converted at the same
 * instant, out of {@value #MOST_LEADS}; which, a hash of their ids decides. So what reaches the
 * driver does not grow with the company, and what is read grows with the last two years at most.
 */
public final class TouchEffects {
  static final int MOST_CONVERSIONS = 1_000;
  static final int MOST_LEADS = 4_000;
  static final int LOOK_BACK = 365;

  /** Values of a dimension that are fitted together: each makes every step of a fit longer. */
  static final int MOST_VALUES = 25;

  /** So long at the beginning of a log nobody's earlier touches are known. */
  private static final Duration RUN_UP = Duration.ofDays(30);

  private static final StructType LEAD =
      new StructType().add("lead_id", DataTypes.StringType, false);

  /** Of what effects are told. */
  static final List<String> DIMENSIONS = List.of("signal", "channel");

  private TouchEffects() {}

  /**
   * What was known at an instant.
   *
   * @param leads lead_id STRING, created_at TIMESTAMP; one row a lead
   * @param outcomes lead_id STRING, occurred_at TIMESTAMP, is_conversion BOOLEAN, closes BOOLEAN
   * @param activity lead_id STRING, day DATE, signal STRING, channel STRING, first_at, last_at
   *     TIMESTAMP; what had arrived
   * @param engagementsBegin first instant of which engagements tell
   * @param asOf end of observation
   */
  public record History(
      Dataset<Row> leads,
      Dataset<Row> outcomes,
      Dataset<Row> activity,
      Instant engagementsBegin,
      Instant asOf) {

    /** Conversions before are not looked at. */
    Instant from() {
      Duration known = Duration.between(engagementsBegin, asOf);
      Duration runUp = RUN_UP.compareTo(known.dividedBy(4)) < 0 ? RUN_UP : known.dividedBy(4);
      Instant begin = engagementsBegin.plus(runUp);
      Instant lookBack = asOf.minus(Duration.ofDays(LOOK_BACK));
      return begin.isAfter(lookBack) ? begin : lookBack;
    }

    double watchedDays() {
      return Math.min(2 * LOOK_BACK, Duration.between(engagementsBegin, asOf).toMinutes() / 1_440D);
    }
  }

  /**
   * The effects; runs two jobs.
   *
   * @param leastConversions conversions needed after a touch of a kind
   * @return of each dimension one for all touches together, and one for each value that any lead
   *     looked at was touched by
   */
  public static List<TouchEffect> of(History history, int leastConversions) {
    List<Conversion> conversions = new ArrayList<>();
    List<Watched> others = new ArrayList<>();
    for (Row row : sampled(history).collectAsList()) {
      if (row.isNullAt(3)) {
        others.add(new Watched(row.getString(0), row.getLong(1), row.getLong(2)));
      } else {
        conversions.add(new Conversion(row.getString(0), row.getLong(3)));
      }
    }
    if (conversions.isEmpty()) {
      return List.of();
    }
    Set<String> ids = new TreeSet<>();
    conversions.forEach(conversion -> ids.add(conversion.leadId()));
    others.forEach(other -> ids.add(other.leadId()));
    List<Row> touches = touches(history, ids).collectAsList();
    return DIMENSIONS.stream()
        .flatMap(
            dimension ->
                new Dimension(dimension, conversions, others, touches)
                    .effects(leastConversions, history.watchedDays()).stream())
        .toList();
  }

  /** {@code lead_id, from_micros, to_micros, micros}: a conversion, or NULL for one beside them. */
  private static Dataset<Row> sampled(History history) {
    Dataset<Row> outcomes = history.outcomes().where(col("occurred_at").lt(lit(history.asOf())));
    Dataset<Row> closed =
        outcomes
            .where(col("closes"))
            .groupBy("lead_id")
            .agg(min(unix_micros(col("occurred_at"))).as("closed_micros"));
    long asOf = micros(history.asOf());
    Column from = lit(micros(history.from()));
    Dataset<Row> watched =
        history
            .leads()
            .where(col("created_at").lt(lit(history.asOf())))
            .select(col("lead_id"), unix_micros(col("created_at")).as("from_micros"))
            .join(closed, LEAD.fieldNames(), "left")
            .withColumn("to_micros", coalesce(col("closed_micros"), lit(asOf)))
            .where(col("to_micros").gt(from))
            .select("lead_id", "from_micros", "to_micros");
    Dataset<Row> conversions =
        outcomes
            .where(col("is_conversion"))
            .select(col("lead_id"), unix_micros(col("occurred_at")).as("micros"))
            .distinct()
            .join(watched, LEAD.fieldNames())
            .where(
                col("micros")
                    .gt(col("from_micros"))
                    .and(col("micros").leq(col("to_micros")))
                    .and(col("micros").geq(from)))
            .select("lead_id", "from_micros", "to_micros", "micros");
    return first(conversions, MOST_CONVERSIONS, col("lead_id"), col("micros"))
        .unionByName(
            first(
                watched.withColumn("micros", lit(null).cast("bigint")),
                MOST_LEADS,
                col("lead_id")));
  }

  /** As good as drawn, but the same every night. */
  private static Dataset<Row> first(Dataset<Row> rows, int most, Column... key) {
    Column[] order = Stream.concat(Stream.of(xxhash64(key)), Stream.of(key)).toArray(Column[]::new);
    return rows.orderBy(order).limit(most);
  }

  private static Dataset<Row> touches(History history, Set<String> ids) {
    Dataset<Row> looked =
        history
            .activity()
            .sparkSession()
            .createDataFrame(ids.stream().map(RowFactory::create).toList(), LEAD);
    Instant oldest = history.from().minus(Duration.ofDays(LOOK_BACK));
    return history
        .activity()
        .where(col("last_at").geq(lit(oldest)).and(col("first_at").lt(lit(history.asOf()))))
        .join(broadcast(looked), LEAD.fieldNames(), "left_semi")
        .select(
            col("lead_id"),
            col("signal"),
            col("channel"),
            unix_date(col("day")).as("day"),
            unix_micros(col("first_at")).as("first_micros"),
            unix_micros(col("last_at")).as("last_micros"));
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The touches of one dimension, its values numbered. */
  private static final class Dimension {
    private final String name;
    private final List<String> values;
    private final TouchedLeads leads;

    Dimension(String name, List<Conversion> conversions, List<Watched> others, List<Row> touches) {
      this.name = name;
      this.values =
          touches.stream().map(row -> row.<String>getAs(name)).distinct().sorted().toList();
      Map<String, Integer> numbers = new HashMap<>();
      values.forEach(value -> numbers.put(value, numbers.size()));
      Map<String, List<Touch>> byLead = new HashMap<>();
      for (Row row : touches) {
        byLead
            .computeIfAbsent(row.getString(0), none -> new ArrayList<>())
            .add(
                new Touch(
                    numbers.get(row.<String>getAs(name)),
                    row.getInt(3),
                    row.getLong(4),
                    row.getLong(5)));
      }
      this.leads = new TouchedLeads(conversions, others, byLead);
    }

    List<TouchEffect> effects(int leastConversions, double watchedDays) {
      Map<Integer, Long> after = leads.conversionsAfter();
      List<Integer> kinds =
          IntStream.range(0, values.size())
              .filter(kind -> after.getOrDefault(kind, 0L) >= leastConversions)
              .boxed()
              .sorted(Comparator.comparing(after::get, Comparator.reverseOrder()))
              .limit(MOST_VALUES)
              .toList();
      Map<Integer, Long> touched = leads.leadsTouched();
      List<TouchEffect> effects = new ArrayList<>();
      if (!kinds.isEmpty()) {
        RiskSample sample = leads.sample(kinds);
        EffectFits fits = new EffectFits(sample);
        effects.add(
            TouchEffect.of(
                new Subject(
                    name, TouchEffect.EVERY, leads.touches().size(), leads.conversions().size()),
                fits.common(),
                method("one half-life for all, "),
                watchedDays));
        for (int i = 0; i < kinds.size(); i++) {
          effects.add(
              TouchEffect.of(
                  subject(kinds.get(i), touched, after),
                  fits.each().get(i),
                  method(""),
                  watchedDays));
        }
      }
      for (int kind = 0; kind < values.size(); kind++) {
        if (!kinds.contains(kind)) {
          Subject subject = subject(kind, touched, after);
          effects.add(
              TouchEffect.withheld(
                  subject,
                  subject.conversions() < leastConversions
                      ? subject.conversions()
                          + " conversions looked at came after it, "
                          + leastConversions
                          + " needed"
                      : "the " + MOST_VALUES + " that most conversions came after are fitted"));
        }
      }
      // The first is that of all touches; a value of the same name cannot be told beside it.
      return effects.stream()
          .filter(
              effect -> effect.equals(effects.get(0)) || !effect.value().equals(TouchEffect.EVERY))
          .toList();
    }

    private Subject subject(int kind, Map<Integer, Long> touched, Map<Integer, Long> after) {
      return new Subject(
          name, values.get(kind), touched.getOrDefault(kind, 0L), after.getOrDefault(kind, 0L));
    }

    private String method(String how) {
      return "additive excess risk of each touch, "
          + how
          + "exponential, partial likelihood of "
          + leads.conversions().size()
          + " conversions, each beside up to "
          + TouchedLeads.OTHERS
          + " leads that could have converted; interval by profile likelihood";
    }
  }
}
