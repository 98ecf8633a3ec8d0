package io.warmlead.lake;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Counts what Spark has done, for those who watch. */
public final class WorkMeter implements AutoCloseable {
  private final SparkSession session;
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong tasksDone = new AtomicLong();
  private final AtomicLong rowsRead = new AtomicLong();
  private final SparkListener listener = new Listener();

  private WorkMeter(SparkSession session) {
    this.session = session;
  }

  /**
   * Work since the meter was started.
   *
   * @param tasks tasks of all Spark stages that began; those of later ones are not known yet
   * @param rowsRead rows read from files and caches; rows read twice count twice
   */
  public record Work(long tasks, long tasksDone, long rowsRead) {
    /** Nothing done yet. */
    public static final Work NONE = new Work(0, 0, 0);

    /** What was done since an earlier look. */
    public Work since(Work earlier) {
      return new Work(
          tasks - earlier.tasks, tasksDone - earlier.tasksDone, rowsRead - earlier.rowsRead);
    }
  }

  /** Starts to count; the meter must be closed. */
  public static WorkMeter start(SparkSession session) {
    WorkMeter meter = new WorkMeter(session);
    session.sparkContext().addSparkListener(meter.listener);
    return meter;
  }

  /** What was done so far; Spark tells it a moment late. */
  public Work work() {
    return new Work(tasks.get(), tasksDone.get(), rowsRead.get());
  }

  @Override
  public void close() {
    session.sparkContext().removeSparkListener(listener);
  }

  private final class Listener extends SparkListener {
    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      tasks.addAndGet(stage.stageInfo().numTasks());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      tasksDone.incrementAndGet();
      // A task that failed early has measured nothing.
      if (task.taskMetrics() != null) {
        rowsRead.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
      }
    }
  }
}
