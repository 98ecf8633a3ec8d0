package io.warmlead.simulate;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is already on its way in a lead's life: answers, meetings, reactions to mails. */
final class Agenda {
  /**
   * One planned step.
   *
   * @param mark by how much it will raise interest
   * @param meetingChance that a meeting will follow it
   * @param order of planning, which breaks ties
   */
  record Step(double time, Activity activity, double mark, double meetingChance, int order) {}

  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingDouble(Step::time).thenComparingInt(Step::order));
  private int planned;

  void plan(double time, Activity activity, double mark, double meetingChance) {
    steps.add(new Step(time, activity, mark, meetingChance, planned++));
  }

  double next() {
    Step step = steps.peek();
    return step == null ? Double.POSITIVE_INFINITY : step.time();
  }

  Step take() {
    return steps.remove();
  }

  /** Interest that answers on their way will add. */
  double comingAnswers() {
    return steps.stream().filter(step -> isAnswer(step.activity())).mapToDouble(Step::mark).sum();
  }

  /** Meetings on their way, those expected after coming answers included. */
  double comingMeetings() {
    return steps.stream()
        .mapToDouble(step -> step.activity() == Activity.MEETING ? 1 : step.meetingChance())
        .sum();
  }

  /** Other touches are not planned ahead, so a planned one is an answer. */
  static boolean isAnswer(Activity activity) {
    return activity == Activity.CALL || activity == Activity.OUTREACH_SENT;
  }
}
