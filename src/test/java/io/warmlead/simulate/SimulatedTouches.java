package io.warmlead.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the leads of a simulated company do, without its exports; instants in days since the
 * beginning.
 */
public final class SimulatedTouches {
  private SimulatedTouches() {}

  /** A touch at an instant. */
  public record Touch(double time, String signal) {}

  /** A lead that was watched from an instant to another, at which it may have converted. */
  public record Life(int number, double created, double end, boolean isWon, List<Touch> touches) {}

  /** All leads of a segment; the company has its usual three. */
  public static List<Life> of(String segment, int leads, int days, long seed) {
    CompanyCalendar calendar = new CompanyCalendar(days);
    ConversionOutlook outlook = new ConversionOutlook(calendar);
    List<Life> lives = new ArrayList<>();
    for (int number = 0; number < leads; number++) {
      Lead lead = Lead.of(seed, number, leads, calendar);
      if (lead.segment().label.equals(segment)) {
        Listener listener = new Listener(calendar.end());
        LeadLife.live(lead, seed, calendar, outlook, listener);
        listener.life.ifPresent(lives::add);
      }
    }
    return lives;
  }

  /** Planted half-lives of the signals that raise interest themselves, days. */
  public static Map<String, Double> halfLives(String segment) {
    Map<String, Double> planted = new TreeMap<>(PlantedTruth.halfLives().get(segment));
    // How much an answer raises interest depends on how fast it comes, and two in five are mails.
    planted.remove(Activity.CALL.signal());
    return planted;
  }

  private static final class Listener implements LeadLog {
    private final double end;
    private final List<Touch> touches = new ArrayList<>();
    private Optional<Life> life = Optional.empty();

    Listener(double end) {
      this.end = end;
    }

    @Override
    public void engaged(Lead lead, double time, Activity activity) {
      touches.add(new Touch(time, activity.signal()));
    }

    @Override
    public void asOf(Lead lead, double time, double interest, double probability) {}

    @Override
    public void ended(Lead lead, LeadStory story) {
      double last = story.isOpen() ? end : story.closedAt();
      life =
          Optional.of(
              new Life(lead.number(), lead.created(), last, story.isWon(), List.copyOf(touches)));
    }
  }
}
