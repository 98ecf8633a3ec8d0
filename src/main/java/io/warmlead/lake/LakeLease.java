package io.warmlead.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.config.UserFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One writer per lake: a file that names its holder, renewed while the holder lives. */
public final class LakeLease implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofSeconds(20);

  /** A lease not renewed for so long belongs to nobody. */
  private static final Duration EXPIRY = Duration.ofMinutes(3);

  private static final Duration POLL = Duration.ofSeconds(2);

  private final FileSystem files;
  private final Path file;
  private final Timer renewal = new Timer("lake-lease", true);

  private LakeLease(FileSystem files, Path file) {
    this.files = files;
    this.file = file;
  }

  /**
   * Takes the lease.
   *
   * @param command what the holder does, shown to others
   * @param wait wait for the holder instead of failing
   * @throws UserFailure of kind BUSY, naming the holder
   */
  public static LakeLease take(Lake lake, String command, boolean wait, Clock clock) {
    Path file = new Path(lake.artefacts(), "lease.json");
    Configuration hadoop = lake.spark().sparkContext().hadoopConfiguration();
    try {
      LakeLease lease = new LakeLease(file.getFileSystem(hadoop), file);
      Holder self =
          new Holder(
              InetAddress.getLocalHost().getHostName(),
              ProcessHandle.current().pid(),
              clock.instant().toString(),
              command);
      while (!lease.tryTake(self, clock)) {
        if (!wait) {
          throw busy(lease.holder());
        }
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
      lease.renewal.schedule(
          new TimerTask() {
            @Override
            public void run() {
              lease.renew(clock);
            }
          },
          RENEWAL.toMillis(),
          RENEWAL.toMillis());
      return lease;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the lake", e);
    }
  }

  @Override
  public void close() {
    renewal.cancel();
    try {
      files.delete(file, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean tryTake(Holder self, Clock clock) throws IOException {
    if (files.exists(file) && isAbandoned(self, clock)) {
      files.delete(file, false);
    }
    try (FSDataOutputStream out = files.create(file, false)) {
      out.write(new ObjectMapper().writeValueAsString(self).getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (files.exists(file)) {
        return false;
      }
      throw e;
    }
  }

  private boolean isAbandoned(Holder self, Clock clock) throws IOException {
    Instant renewedAt = Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
    if (renewedAt.plus(EXPIRY).isBefore(clock.instant())) {
      return true;
    }
    Holder holder = holder();
    // On the same host a dead process is known to be dead at once.
    return holder.host().equals(self.host()) && ProcessHandle.of(holder.pid()).isEmpty();
  }

  private Holder holder() throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return new ObjectMapper()
          .readValue(new String(in.readAllBytes(), StandardCharsets.UTF_8), Holder.class);
    } catch (com.fasterxml.jackson.core.JacksonException | java.io.FileNotFoundException e) {
      // Being written, or just given back.
      return new Holder("another host", -1, "now", "a run that is just starting");
    }
  }

  private void renew(Clock clock) {
    try {
      files.setTimes(file, clock.millis(), -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserFailure busy(Holder holder) {
    return new UserFailure(
        UserFailure.Kind.BUSY,
        "Another run holds the lake: "
            + holder.command()
            + " on "
            + holder.host()
            + ", process "
            + holder.pid()
            + ", since "
            + holder.since()
            + ". Wait for it, or start this run with --wait.");
  }

  /** Who holds the lease. */
  record Holder(String host, long pid, String since, String command) {}
}
