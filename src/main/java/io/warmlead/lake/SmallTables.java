package io.warmlead.lake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.TahoeLogFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Reads small tables without asking for their files first. For each table that a query reads, Delta
 * plans and runs a query of its own over the list of files, to leave out those whose values cannot
 * fit; of a night over few leads that was a fifth. Where a table is small, all of its files are
 * taken that lie in the right partitions, as the checksum of its newest commit lists them, which
 * the driver has read already. The session has to know this before Delta's extension, whose turn
 * comes where this does nothing.
 */
public final class SmallTables extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** As large as what Spark sends to every task of a join. */
  private static final long MOST_BYTES = 10L << 20;

  /**
   * Of tables that any reader of Delta understands: no deleted rows in files, no renamed columns.
   */
  private static final int PLAIN_READER = 1;

  /** Called by Spark when a session opens. */
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectPreCBORule(
        new AbstractFunction1<>() {
          @Override
          public Rule<LogicalPlan> apply(SparkSession session) {
            return new Listing();
          }
        });
    return BoxedUnit.UNIT;
  }

  /** The files of a snapshot; empty where it is not small, or they are not known for certain. */
  private static Optional<Seq<AddFile>> files(Snapshot snapshot) {
    if (snapshot.protocol().minReaderVersion() != PLAIN_READER) {
      return Optional.empty();
    }
    return OptionConverters.toJava(snapshot.checksumOpt())
        .filter(checksum -> checksum.tableSizeBytes() <= MOST_BYTES)
        .flatMap(checksum -> OptionConverters.toJava(checksum.allFiles()).filter(in(checksum)));
  }

  private static Predicate<Seq<AddFile>> in(VersionChecksum checksum) {
    return files -> {
      List<AddFile> all = CollectionConverters.asJava(files);
      return all.size() == checksum.numFiles()
          && all.stream().mapToLong(AddFile::size).sum() == checksum.tableSizeBytes();
    };
  }

  /** Made anew for every query: what it reads of one table is of one version. */
  private static final class Listing extends Rule<LogicalPlan> {
    private final Map<Tuple2<?, ?>, Optional<Snapshot>> small = new HashMap<>();

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      // As in Delta's own rule: both come back as part of another plan.
      if (plan instanceof Subquery || plan instanceof V2WriteCommand) {
        return plan;
      }
      return plan.transformWithSubqueries(
          new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
              return index(node).flatMap(Listing.this::small).isPresent();
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
              TahoeLogFileIndex index = index(node).orElseThrow();
              return listed((LogicalRelation) node, index, small(index).orElseThrow());
            }
          });
    }

    private static Optional<TahoeLogFileIndex> index(LogicalPlan node) {
      return node instanceof LogicalRelation table
              && table.relation() instanceof HadoopFsRelation files
              && files.location() instanceof TahoeLogFileIndex index
              && !index.isTimeTravelQuery()
              && index.partitionFilters().isEmpty()
          ? Optional.of(index)
          : Optional.empty();
    }

    /** The version to read of a small table; empty for others, and for a table that is written. */
    private Optional<Snapshot> small(TahoeLogFileIndex index) {
      Option<OptimisticTransaction> writing = OptimisticTransaction.getActive();
      if (writing.isDefined() && writing.get().deltaLog().isSameLogAs(index.deltaLog())) {
        return Optional.empty();
      }
      return small.computeIfAbsent(
          index.deltaLog().compositeId(),
          log -> Optional.of(index.getSnapshot()).filter(found -> files(found).isPresent()));
    }

    private static LogicalPlan listed(
        LogicalRelation table, TahoeLogFileIndex index, Snapshot snapshot) {
      HadoopFsRelation files = (HadoopFsRelation) table.relation();
      HadoopFsRelation known =
          new HadoopFsRelation(
              new ListedFiles(index, snapshot, files(snapshot).orElseThrow()),
              files.partitionSchema(),
              files.dataSchema(),
              files.bucketSpec(),
              files.fileFormat(),
              files.options(),
              files.sparkSession());
      return table.copy(
          known, table.output(), table.catalogTable(), table.isStreaming(), table.stream());
    }
  }
}
