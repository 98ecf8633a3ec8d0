package io.warmlead.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Collection;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Probabilities with their reasons in words. Fused with scoring: the contributions of all features
 * are never stored.
 */
public final class Reasons {
  private static final StructType REASON =
      new StructType()
          .add("feature", DataTypes.StringType, false)
          .add("value", DataTypes.StringType, true)
          .add("contribution", DataTypes.DoubleType, false)
          .add("text", DataTypes.StringType, false);

  private static final StructType SCORE =
      new StructType()
          .add("probability", DataTypes.DoubleType, false)
          .add("reasons", DataTypes.createArrayType(REASON, false), false);

  private Reasons() {}

  /**
   * Adds {@code probability} and {@code reasons}: first {@code base}, then the top groups of
   * features by size of contribution (ties by name), then {@code everything_else} and {@code
   * calibration}. All contributions, log-odds, add up to logit(probability) within 1e-9. {@code
   * value} is NULL for the three entries that are no group.
   *
   * @param rows with {@code features} ARRAY of DOUBLE as the model lists them
   * @param top groups to name at most; those that contribute nothing are not named
   * @param unnamed groups that must not be named; they count in {@code everything_else}
   */
  public static Dataset<Row> withReasons(
      Dataset<Row> rows, ScoringModel model, int top, Collection<String> unnamed) {
    RowScorer scorer = new RowScorer(model);
    ReasonTexts texts = new ReasonTexts(model.features(), top, Set.copyOf(unnamed));
    UDF1<Seq<Double>, Row> score =
        values -> {
          double[] numbers = Margins.numbers(values, scorer.features());
          RowScorer.Explanation parts = scorer.explain(numbers);
          return RowFactory.create(parts.probability, texts.of(numbers, parts));
        };
    return Scorer.unpacked(
        rows.withColumn("score__", udf(score, SCORE).apply(col("features"))), SCORE);
  }
}
