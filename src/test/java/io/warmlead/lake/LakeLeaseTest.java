package io.warmlead.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warmlead.config.LakeSettings;
import io.warmlead.config.UserFailure;
import io.warmlead.testing.TestSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lease stays with a run that lives, whatever the storage can do. */
final class LakeLeaseTest {
  @TempDir private Path folder;

  /** The local disk as an object store has it: the times of files are the store's own. */
  public static final class UntimedFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("untimed:///");
    }

    @Override
    public String getScheme() {
      return "untimed";
    }

    @Override
    public void setTimes(org.apache.hadoop.fs.Path file, long modified, long accessed) {
      // As the default of Hadoop's own, which S3A and ABFS leave as it is.
    }
  }

  @BeforeAll
  static void knowTheStore() {
    TestSession.get()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.untimed.impl", UntimedFileSystem.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "untimed"})
  void aRunThatLivesKeepsTheLakeHoweverLongItTakes(String scheme) throws IOException {
    Lake lake = open(scheme);
    try (LakeLease lease = LakeLease.take(lake, "nightly", false, Clock.systemUTC())) {
      String holder = Files.readString(file());
      Files.setLastModifiedTime(file(), FileTime.from(now().minus(Duration.ofMinutes(10))));
      lease.renew(Clock.systemUTC());
      assertThat(Files.getLastModifiedTime(file()).toInstant())
          .isAfter(now().minus(Duration.ofMinutes(1)));
      assertThat(Files.readString(file())).isEqualTo(holder);
      UserFailure busy =
          catchThrowableOfType(
              UserFailure.class,
              () -> LakeLease.take(open(scheme), "score", false, Clock.systemUTC()));
      assertThat(busy.kind()).isEqualTo(UserFailure.Kind.BUSY);
    }
    assertThat(file()).as("still its own at the end").doesNotExist();
  }

  @Test
  void aRenewalDoesNotTakeALakeBackThatAnotherRunHas() throws IOException {
    try (LakeLease lease = LakeLease.take(open("untimed"), "nightly", false, Clock.systemUTC())) {
      String other = Files.readString(file()).replace("nightly", "score");
      Files.writeString(file(), other);
      lease.renew(Clock.systemUTC());
      assertThat(Files.readString(file())).isEqualTo(other);
    }
    assertThat(file()).exists();
  }

  @Test
  void whoeverTakesTheLakeFromADeadRunKnowsWhenThatWasAliveLast() throws IOException {
    Instant then = now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
    Files.createDirectories(file().getParent());
    Files.writeString(
        file(),
        "{\"host\":\"elsewhere\",\"pid\":1,\"since\":\"now\",\"command\":\"nightly\",\"number\":1}");
    Files.setLastModifiedTime(file(), FileTime.from(then));
    try (LakeLease lease = LakeLease.take(open("file"), "score", false, Clock.systemUTC())) {
      assertThat(lease.lastHeardOfTheDead()).hasValue(then);
    }
    try (LakeLease lease = LakeLease.take(open("file"), "score", false, Clock.systemUTC())) {
      assertThat(lease.lastHeardOfTheDead()).as("it was given back").isEmpty();
    }
  }

  private Path file() {
    return folder.resolve("_warmlead/lease.json");
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private Lake open(String scheme) {
    return Lake.open(
        TestSession.get(),
        new LakeSettings(Optional.of(scheme + ":" + folder), Optional.empty(), Optional.empty()));
  }
}
