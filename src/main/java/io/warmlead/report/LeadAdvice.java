package io.warmlead.report;

import io.warmlead.report.LeadStory.Newest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a lead, in a sentence or two: what was recommended with the score; where nothing
 * was, what its tier stands for (hot leads belong to sales, warm ones to marketing).
 */
final class LeadAdvice {
  private LeadAdvice() {}

  static String of(LeadStory story) {
    if (story.closedBy().isPresent()) {
      LeadStory.Outcome outcome = story.closedBy().get();
      return "nothing: " + outcome.outcome() + " has closed the lead";
    }
    if (story.newest().isEmpty()) {
      return story.lead().isPresent()
          ? "score it: no published night knows this lead as open"
          : "look for its row in the export of leads: its engagements wait for that";
    }
    Newest newest = story.newest().get();
    List<String> sentences = new ArrayList<>();
    newest
        .suppressUntil()
        .filter(until -> until.isAfter(story.score().orElseThrow().scoreDate()))
        .ifPresent(until -> sentences.add("do not touch before " + until));
    sentences.add(
        newest
            .nextAction()
            .map(action -> recommended(action, newest))
            .orElseGet(() -> byTier(story.score().orElseThrow().tier(), newest)));
    newest
        .nurtureUntil()
        .ifPresent(until -> sentences.add("nurture is expected to pay until " + until));
    return String.join("; ", sentences);
  }

  private static String recommended(String action, Newest newest) {
    NextStep step = new NextStep(action, newest.nextActionAsset(), newest.nextStepAsset());
    return Numbers.words(action)
        + step.about().map(asset -> ", about " + asset).orElse("")
        + step.then().map(asset -> ", then " + asset).orElse("")
        + by(newest.preferredChannel());
  }

  private static String byTier(String tier, Newest newest) {
    if (newest.tierReason().equals("opted out")) {
      return "leave it alone: it opted out, and has not come back since";
    }
    if (newest.tierReason().equals("never acted by itself")) {
      return "no sales call: whatever we sent, it has never acted by itself";
    }
    return switch (tier) {
      case "hot" -> "sales: get in touch now" + by(newest.preferredChannel());
      case "warm" ->
          "marketing: help it on" + by(newest.preferredChannel()) + ", no sales call yet";
      default -> "nothing now: wait until it acts by itself again";
    };
  }

  private static String by(Optional<String> channel) {
    return channel.map(name -> " (mostly active through " + Numbers.words(name) + ")").orElse("");
  }
}
