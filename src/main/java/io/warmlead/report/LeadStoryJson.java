package io.warmlead.report;

/** One lead's story for programs: one object in one line, its names those of the columns. */
public final class LeadStoryJson {
  private LeadStoryJson() {}

  /** The line; what is not known is null. */
  public static String of(LeadStory story) {
    return ReportJson.line(new Told(story, LeadAdvice.of(story)));
  }

  /** A story, and what follows from it. */
  private record Told(
      @com.fasterxml.jackson.annotation.JsonUnwrapped LeadStory story, String toDo) {}
}
