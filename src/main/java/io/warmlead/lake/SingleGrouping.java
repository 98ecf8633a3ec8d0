package io.warmlead.lake;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateMode;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Final$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Groups rows once where those that belong together are together already. Spark plans each grouping
 * as two: within the tasks, and, after a shuffle, over their results. Where no shuffle is needed in
 * between, as in all sums over the history of a lead, the second would go through every sum again,
 * one row each.
 */
public final class SingleGrouping extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** Called by Spark when a session opens. */
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectQueryStagePrepRule(
        new AbstractFunction1<>() {
          @Override
          public Rule<SparkPlan> apply(SparkSession session) {
            return new Combining();
          }
        });
    return BoxedUnit.UNIT;
  }

  private static final class Combining extends Rule<SparkPlan> {
    @Override
    public SparkPlan apply(SparkPlan plan) {
      return plan.transformUp(
          new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(SparkPlan node) {
              return isPair(node);
            }

            @Override
            public SparkPlan apply(SparkPlan node) {
              HashAggregateExec last = (HashAggregateExec) node;
              return combined(last, (HashAggregateExec) last.child());
            }
          });
    }

    private static boolean isPair(SparkPlan node) {
      return node instanceof HashAggregateExec last
          && last.child() instanceof HashAggregateExec first
          && hasMode(last, Final$.MODULE$)
          && hasMode(first, Partial$.MODULE$)
          && first.groupingExpressions().forall(name -> name instanceof Attribute)
          && first.groupingExpressions().equals(last.groupingExpressions());
    }

    private static boolean hasMode(HashAggregateExec grouping, AggregateMode mode) {
      return grouping.aggregateExpressions().nonEmpty()
          && grouping.aggregateExpressions().forall(one -> one.mode().equals(mode));
    }

    private static SparkPlan combined(HashAggregateExec last, HashAggregateExec first) {
      List<AggregateExpression> whole =
          CollectionConverters.asJava(first.aggregateExpressions()).stream()
              .map(SingleGrouping::whole)
              .toList();
      return new HashAggregateExec(
          last.requiredChildDistributionExpressions(),
          first.isStreaming(),
          first.numShufflePartitions(),
          first.groupingExpressions(),
          CollectionConverters.asScala(whole).toSeq(),
          last.aggregateAttributes(),
          first.initialInputBufferOffset(),
          last.resultExpressions(),
          first.child());
    }
  }

  private static AggregateExpression whole(AggregateExpression sum) {
    return sum.copy(
        sum.aggregateFunction(), Complete$.MODULE$, sum.isDistinct(), sum.filter(), sum.resultId());
  }
}
