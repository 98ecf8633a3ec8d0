package io.warmlead.crash;

import io.warmlead.pipeline.Nightly.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that ends anywhere leaves whole tables behind, and is made good by the next run. */
final class CrashTest {
  private static final Set<Part> INGEST = Set.of(Part.INGEST);
  private static final Set<Part> WHOLE = Set.of(Part.INGEST, Part.SCORE);
  private static final String FIRST = "2026-01-07";
  private static final String SECOND = "2026-01-09";

  @TempDir private Path folder;

  @Test
  void anIngestThatEndsAtSomePointsIsMadeGood() throws IOException {
    Night night = first(INGEST);
    night.assertMadeGood(LongStream.of(night.operations() / 3, night.operations() * 2 / 3));
  }

  @Test
  @Tag("proof")
  void theVeryFirstIngestMayEndAnywhere() throws IOException {
    Night night = first(INGEST);
    night.assertMadeGood(LongStream.rangeClosed(1, night.operations()));
  }

  @Test
  @Tag("proof")
  void anIngestOntoHistoryMayEndAnywhere() throws IOException {
    Night night = second(INGEST);
    night.assertMadeGood(LongStream.rangeClosed(1, night.operations()));
  }

  @Test
  @Tag("proof")
  void aNightThatScoresAndPublishesMayEndAnywhere() throws IOException {
    Night night = second(WHOLE);
    // Scoring takes long and writes little; every third of its operations has to do.
    night.assertMadeGood(
        LongStream.rangeClosed(1, night.operations()).filter(point -> point % 3 == 1));
  }

  private Night first(Set<Part> parts) throws IOException {
    SmallCompany company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    return Night.undisturbed(company, FIRST, parts, nothing, folder.resolve("after"));
  }

  private Night second(Set<Part> parts) {
    SmallCompany company = new SmallCompany(folder.resolve("exports"));
    company.exportFirst();
    Path before = folder.resolve("before");
    company.night("first", before, FIRST, parts);
    company.exportSecond();
    return Night.undisturbed(company, SECOND, parts, before, folder.resolve("after"));
  }
}
