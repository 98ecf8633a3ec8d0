package io.warmlead.lake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmlead.config.UserFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One writer per lake: a file that names its holder, renewed while the holder lives. A holder that
 * was paused for so long that another run took the lake writes nothing more when it wakes.
 */
public final class LakeLease implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofSeconds(20);

  /** A lease not renewed for so long belongs to nobody. */
  private static final Duration EXPIRY = Duration.ofMinutes(3);

  /** File systems round the times of files, the coarsest to two seconds. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofSeconds(2);

  /** Leases of this process, so that no two of them look the same. */
  private static final AtomicLong TAKEN = new AtomicLong();

  private final Lake lake;
  private final FileSystem files;
  private final Path file;
  private final Holder self;
  private final Timer renewal = new Timer("lake-lease", true);
  private Optional<Instant> lastHeardOfTheDead = Optional.empty();

  private LakeLease(Lake lake, FileSystem files, Path file, Holder self) {
    this.lake = lake;
    this.files = files;
    this.file = file;
    this.self = self;
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
      Holder self =
          new Holder(
              HostName.own(),
              ProcessHandle.current().pid(),
              clock.instant().toString(),
              command,
              TAKEN.incrementAndGet());
      LakeLease lease = new LakeLease(lake, file.getFileSystem(hadoop), file, self);
      while (!lease.tryTake(clock)) {
        if (!wait) {
          throw busy(lease.holder(file));
        }
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
      lease.renewOnce(clock);
      lease.renewal.schedule(
          new TimerTask() {
            @Override
            public void run() {
              lease.tryRenew(clock);
            }
          },
          RENEWAL.toMillis(),
          RENEWAL.toMillis());
      lake.fence(lease::requireHeld);
      return lease;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the lake", e);
    }
  }

  /**
   * When the holder before renewed its lease for the last time, where it died with it; empty where
   * the lake was free.
   */
  public Optional<Instant> lastHeardOfTheDead() {
    return lastHeardOfTheDead;
  }

  @Override
  public void close() {
    renewal.cancel();
    lake.fence(() -> {});
    try {
      giveBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not while a renewal may be writing the file. */
  private synchronized void giveBack() throws IOException {
    if (isHeld()) {
      files.delete(file, false);
    }
  }

  /**
   * Called before every commit.
   *
   * @throws UserFailure of kind BUSY where the lake has been taken by another run
   */
  private void requireHeld() {
    try {
      if (!isHeld()) {
        throw new UserFailure(
            UserFailure.Kind.BUSY,
            "This run was silent for so long that the lake was given to another one, or its lease "
                + file
                + " was deleted. It writes nothing more; start it again when the lake is free.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized boolean isHeld() throws IOException {
    return files.exists(file) && holder(file).equals(self);
  }

  private boolean tryTake(Clock clock) throws IOException {
    if (files.exists(file) && !putAside(clock)) {
      return false;
    }
    try {
      write(false);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (files.exists(file)) {
        return false;
      }
      throw e;
    }
    return isHeld();
  }

  /**
   * Moves an abandoned lease out of the way. Of several runs that find it only one can move it; one
   * that came too late and moved a newer lease puts that back.
   */
  private boolean putAside(Clock clock) throws IOException {
    Holder found = holder(file);
    Instant renewed;
    try {
      renewed = Instant.ofEpochMilli(renewedAt());
    } catch (FileNotFoundException e) {
      return false;
    }
    if (!isAbandoned(found, renewed, clock)) {
      return false;
    }
    Path aside = file.suffix("." + self.pid() + "-" + self.number());
    try {
      if (!files.rename(file, aside)) {
        return false;
      }
    } catch (FileNotFoundException e) {
      return false;
    }
    if (!holder(aside).equals(found)) {
      files.rename(aside, file);
      return false;
    }
    files.delete(aside, false);
    lastHeardOfTheDead = Optional.of(renewed);
    return true;
  }

  private boolean isAbandoned(Holder found, Instant renewed, Clock clock) {
    if (renewed.plus(EXPIRY).isBefore(clock.instant())) {
      return true;
    }
    // On the same host a dead process is known to be dead at once.
    return found.host().equals(self.host())
        && !HostName.isAnybodys(self.host())
        && ProcessHandle.of(found.pid()).isEmpty();
  }

  private Holder holder(Path lease) throws IOException {
    try (FSDataInputStream in = files.open(lease)) {
      return new ObjectMapper()
          .readValue(new String(in.readAllBytes(), StandardCharsets.UTF_8), Holder.class);
    } catch (JacksonException | FileNotFoundException | ChecksumException e) {
      // Being written, just given back, or left half written by a crash.
      return new Holder("another host", -1, "now", "a run that is just starting", 0);
    }
  }

  /** Storage on which it cannot be renewed shows at once and not in a few minutes. */
  private void renewOnce(Clock clock) throws IOException {
    try {
      renew(clock);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void tryRenew(Clock clock) {
    try {
      renew(clock);
    } catch (IOException e) {
      // The next renewal comes long before the lease expires; a lease that is lost shows at the
      // next commit. An exception would end the timer.
      return;
    }
  }

  /**
   * Makes the file young again: it is as old as its holder was silent. Object stores take no time
   * from anybody, and say nothing; there the same holder is written again. Meanwhile nobody here
   * may look whose it is.
   */
  synchronized void renew(Clock clock) throws IOException {
    if (!isHeld()) {
      return;
    }
    long before = renewedAt();
    files.setTimes(file, Math.max(clock.millis(), before + COARSEST_TIME.toMillis()), -1);
    if (renewedAt() == before) {
      write(true);
    }
  }

  private long renewedAt() throws IOException {
    return files.getFileStatus(file).getModificationTime();
  }

  private void write(boolean overwrite) throws IOException {
    try (FSDataOutputStream out = files.create(file, overwrite)) {
      out.write(new ObjectMapper().writeValueAsString(self).getBytes(StandardCharsets.UTF_8));
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

  /**
   * Who holds the lease.
   *
   * @param number of the lease within the process
   */
  record Holder(String host, long pid, String since, String command, long number) {}
}
