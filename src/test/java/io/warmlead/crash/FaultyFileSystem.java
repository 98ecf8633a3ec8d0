package io.warmlead.crash;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty}, which breaks at the nth creation, renaming or
 * deletion of a file. As a machine does that loses its power: nothing is changed from then on, and
 * every second time a file that is being written stays behind half. Or as a disk does that is full:
 * files are made and stay empty. Or as one does that the user may no longer write.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "faulty";

  /** Every write to it fails as it does on a full disk. */
  static final Path FULL_DEVICE = new Path("/dev/full");

  private static final Object LOCK = new Object();
  private static long operations;
  private static long breaksAt = Long.MAX_VALUE;
  private static String breaksOn = "";
  private static Fault fault = Fault.POWER_LOST;
  private static boolean halts;

  static {
    // In a process of its own, the whole of it ends there.
    long at = Long.getLong("warmlead.test.halt_at", -1);
    if (at > 0) {
      breaksAt = at;
      halts = true;
    }
  }

  /** How it breaks. */
  enum Fault {
    POWER_LOST,
    DISK_FULL,
    PERMISSION_LOST
  }

  /** Loses its power at the nth operation from now. */
  static void breakAt(long operation) {
    breakAt(operation, Fault.POWER_LOST);
  }

  /** Breaks at the nth operation from now. */
  static void breakAt(long operation, Fault how) {
    synchronized (LOCK) {
      operations = 0;
      breaksAt = operation;
      fault = how;
    }
  }

  /** Breaks at the first operation on a file of a name. */
  static void breakOn(String name, Fault how) {
    synchronized (LOCK) {
      breakAt(Long.MAX_VALUE, how);
      breaksOn = name;
    }
  }

  /** Works again; the number of operations since it was set to break. */
  static long mend() {
    synchronized (LOCK) {
      breaksAt = Long.MAX_VALUE;
      breaksOn = "";
      return operations;
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    if (isFull(file)) {
      return full(file, buffer, replication, block, progress);
    }
    boolean isTorn = isTorn(file);
    return torn(super.create(file, overwrite, buffer, replication, block, progress), isTorn);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    if (isFull(file)) {
      return full(file, buffer, replication, block, progress);
    }
    boolean isTorn = isTorn(file);
    return torn(
        super.create(file, permission, overwrite, buffer, replication, block, progress), isTorn);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    if (isFull(file)) {
      return full(file, buffer, replication, block, progress);
    }
    boolean isTorn = isTorn(file);
    return torn(
        super.createNonRecursive(file, permission, flags, buffer, replication, block, progress),
        isTorn);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    requirePower(from);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    requirePower(file);
    return super.delete(file, recursive);
  }

  /** Whether the disk is full by now. */
  private static boolean isFull(Path file) {
    synchronized (LOCK) {
      look(file);
      if (fault == Fault.DISK_FULL && operations + 1 >= breaksAt) {
        operations++;
        return true;
      }
      return false;
    }
  }

  /** Breaks now where this is the file to break on. */
  private static void look(Path file) {
    if (file.getName().equals(breaksOn)) {
      breaksAt = Math.min(breaksAt, operations + 1);
    }
  }

  /** An empty file, and a stream that fails as Hadoop's own does. */
  private FSDataOutputStream full(
      Path file, int buffer, short replication, long block, Progressable progress)
      throws IOException {
    super.create(file, true, buffer, replication, block, progress).close();
    return super.create(FULL_DEVICE, true, buffer, replication, block, progress);
  }

  /** Whether the power is lost while this file is written. */
  private static boolean isTorn(Path file) throws IOException {
    synchronized (LOCK) {
      if (fault == Fault.POWER_LOST && operations + 1 == breaksAt && breaksAt % 2 == 0) {
        operations++;
        return true;
      }
    }
    requirePower(file);
    return false;
  }

  private static void requirePower(Path file) throws IOException {
    synchronized (LOCK) {
      look(file);
      operations++;
      if (operations < breaksAt || fault == Fault.DISK_FULL) {
        return;
      }
      if (fault == Fault.PERMISSION_LOST) {
        // As java.io.FileOutputStream says it.
        throw new FileNotFoundException(file.toUri().getPath() + " (Permission denied)");
      }
      lose(file);
    }
  }

  private static void lose(Object file) throws IOException {
    if (halts) {
      Runtime.getRuntime().halt(137);
    }
    throw new IOException("the power is lost, at " + file);
  }

  private static FSDataOutputStream torn(FSDataOutputStream whole, boolean isTorn)
      throws IOException {
    return isTorn ? new FSDataOutputStream(new Torn(whole), null) : whole;
  }

  /** Takes one byte, and is lost. */
  private static final class Torn extends OutputStream {
    private final OutputStream whole;

    Torn(OutputStream whole) {
      this.whole = whole;
    }

    @Override
    public void write(int one) throws IOException {
      whole.write(one);
      whole.flush();
      lose("half a file");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      whole.write(bytes, from, Math.max(1, length / 2));
      whole.flush();
      lose("half a file");
    }

    @Override
    public void close() throws IOException {
      whole.close();
      lose("half a file");
    }
  }
}
