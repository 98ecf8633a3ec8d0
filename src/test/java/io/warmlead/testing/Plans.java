package io.warmlead.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import scala.jdk.javaapi.CollectionConverters;

/** How Spark got at the rows of a frame. */
public final class Plans {
  private Plans() {}

  /**
   * The operators that were run in the end, from the last to the first.
   *
   * @param collected a frame with a shuffle whose rows were collected
   */
  public static List<SparkPlan> operators(Dataset<?> collected) {
    List<SparkPlan> operators = new ArrayList<>();
    AdaptiveSparkPlanExec adaptive =
        (AdaptiveSparkPlanExec) collected.queryExecution().executedPlan();
    add(adaptive.executedPlan(), operators);
    return operators;
  }

  /** How many operators are of a kind. */
  public static long count(Dataset<?> collected, Class<?> kind) {
    return operators(collected).stream().filter(kind::isInstance).count();
  }

  private static void add(SparkPlan plan, List<SparkPlan> operators) {
    if (plan instanceof QueryStageExec stage) {
      add(stage.plan(), operators);
    } else {
      operators.add(plan);
      CollectionConverters.asJava(plan.children()).forEach(child -> add(child, operators));
    }
  }
}
