package io.warmlead.lake;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.warmlead.testing.Plans;
import io.warmlead.testing.TestSession;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.junit.jupiter.api.Test;

class SingleGroupingTest {
  /** Numbers 0 to 11, with {@code kind} 0 or 1 and {@code third} 0 to 2. */
  private static final Dataset<Row> NUMBERS =
      TestSession.get().range(12).selectExpr("id % 2 AS kind", "id % 3 AS third", "id AS number");

  @Test
  void what_is_together_already_is_grouped_once_and_right() {
    Dataset<Row> sums = summed(NUMBERS.repartition(col("kind")));

    assertEquals(
        List.of(
            RowFactory.create(0L, 0L, 6L, 2L, 3.0, 6L),
            RowFactory.create(0L, 1L, 14L, 2L, 7.0, 10L),
            RowFactory.create(0L, 2L, 10L, 2L, 5.0, 8L),
            RowFactory.create(1L, 0L, 12L, 2L, 6.0, 9L),
            RowFactory.create(1L, 1L, 8L, 2L, 4.0, 7L),
            RowFactory.create(1L, 2L, 16L, 2L, 8.0, 11L)),
        inOrder(sums));
    assertEquals(1, Plans.count(sums, HashAggregateExec.class));
  }

  @Test
  void a_grouping_over_groups_is_one_more() {
    Dataset<Row> twice =
        summed(NUMBERS.repartition(col("kind")))
            .groupBy("kind")
            .agg(sum("sum"), sum(when(col("third").gt(0), col("n"))));

    assertEquals(
        List.of(RowFactory.create(0L, 30L, 4L), RowFactory.create(1L, 36L, 4L)), inOrder(twice));
    assertEquals(2, Plans.count(twice, HashAggregateExec.class));
  }

  @Test
  void what_has_to_be_shuffled_is_grouped_before_and_after() {
    Dataset<Row> sums = summed(NUMBERS.repartition(3));

    assertEquals(6, inOrder(sums).size());
    assertEquals(2, Plans.count(sums, HashAggregateExec.class));
  }

  private static Dataset<Row> summed(Dataset<Row> numbers) {
    return numbers
        .groupBy("kind", "third")
        .agg(
            sum("number").as("sum"),
            count(lit(1)).as("n"),
            avg("number").as("mean"),
            max("number").as("most"));
  }

  private static List<Row> inOrder(Dataset<Row> rows) {
    return rows.collectAsList().stream().sorted(Comparator.comparing(Row::toString)).toList();
  }
}
