package io.warmlead.lake;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.delta.files.TahoeLogFileIndex;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * The files of one version of a table, of which those in the right partitions are chosen on the
 * driver, without a query. Two lists of one version are equal, so that Spark reads once what two
 * parts of a query read alike.
 */
final class ListedFiles extends TahoeBatchFileIndex {
  ListedFiles(TahoeLogFileIndex table, Snapshot snapshot, Seq<AddFile> files) {
    super(table.spark(), "batch", files, table.deltaLog(), table.path(), snapshot, false);
  }

  @Override
  public Seq<AddFile> matchingFiles(Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    if (partitionFilters.isEmpty()) {
      return addFiles();
    }
    StructType partitions = partitionSchema();
    BasePredicate isRight =
        Predicate.createInterpreted(
            CollectionConverters.asJava(partitionFilters).stream()
                .reduce(And::new)
                .map(filter -> filter.transform(new Binding(partitions)))
                .orElseThrow());
    return CollectionConverters.asScala(
            CollectionConverters.asJava(addFiles()).stream()
                .filter(file -> isRight.eval(partition(file)))
                .toList())
        .toSeq();
  }

  private InternalRow partition(AddFile file) {
    return getPartitionValuesRow(file.partitionValues());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListedFiles files
        && files.version() == version()
        && files.path().equals(path())
        && files.deltaLog().isSameLogAs(deltaLog());
  }

  @Override
  public int hashCode() {
    return Objects.hash(path(), version());
  }

  /** Puts the place of a column among the values of a partition in the place of its name. */
  private static final class Binding extends AbstractPartialFunction<Expression, Expression> {
    private final StructType partitions;

    Binding(StructType partitions) {
      this.partitions = partitions;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof AttributeReference;
    }

    @Override
    public Expression apply(Expression expression) {
      int index = partitions.fieldIndex(((AttributeReference) expression).name());
      return new BoundReference(index, partitions.apply(index).dataType(), true);
    }
  }
}
