package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.report.NightView.Curve;
import io.warmlead.report.NightView.HalfLife;
import io.warmlead.report.NightView.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the report says of curves and half-lives, and of how much of it is chance. */
final class DecaySentencesTest {
  private static final List<Point> RISING =
      List.of(point(10, 0.15, 0.02, 200), point(50, 0.21, 0.03, 30), point(90, 0.6, 0.4, 0));

  @Test
  void aShareIsToldOfADayOnWhichEnoughLeadsAreStillWatched() {
    assertThat(ConversionFigure.sentence(List.of(all(RISING))))
        .isEqualTo(
            "All leads: 21.0\u00a0% have converted 50.0 days after they were created"
                + " (95\u00a0% interval 18.0 to 24.0\u00a0%).");
  }

  @Test
  void segmentsAreComparedOnTheLastDayOnWhichAllAreWatched() {
    List<Curve> curves =
        List.of(
            all(RISING),
            SampleDecay.segment("smb", RISING),
            SampleDecay.segment("public", List.of(point(20, 0.05, 0.02, 40))),
            SampleDecay.segment("tiny", List.of(point(20, 0.5, 0.2, 4))));
    assertThat(ConversionFigure.sentence(curves))
        .endsWith(
            " By day 20.0, smb has converted most (15.0\u00a0%) and public least (5.0\u00a0%).");
  }

  @Test
  void whereNobodyIsWatchedLongEnoughNoShareIsTold() {
    assertThat(ConversionFigure.sentence(List.of(all(List.of(point(20, 0.5, 0.2, 4))))))
        .isEqualTo("All leads: too few leads are watched long enough to name a share.");
    assertThat(ConversionFigure.sentence(List.of(all(List.of(new Point(120, 0, null, null, 0))))))
        .isEqualTo("All leads: none has converted within 120 days.");
  }

  @Test
  void extremesOfManySegmentsMayBeChance() {
    List<Curve> two =
        List.of(
            SampleDecay.segment("a", List.of(point(20, 0.10, 0.02, 99))),
            SampleDecay.segment("b", List.of(point(20, 0.145, 0.02, 99))));
    assertThat(ConversionFigure.sentence(two)).endsWith("and a least (10.0\u00a0%).");
    List<Curve> five = new ArrayList<>(two);
    for (String segment : List.of("c", "d", "e")) {
      five.add(SampleDecay.segment(segment, List.of(point(20, 0.12, 0.02, 99))));
    }
    assertThat(ConversionFigure.sentence(five)).endsWith("a least (10.0\u00a0%).");
    for (String segment : List.of("f", "g", "h", "i", "j", "k", "l")) {
      five.add(SampleDecay.segment(segment, List.of(point(20, 0.12, 0.02, 99))));
    }
    assertThat(ConversionFigure.sentence(five))
        .endsWith("a least (10.0\u00a0%); of 12 compared, two may differ as much by chance.");
  }

  @Test
  void halfLivesOfSegmentsAreComparedByTheirIntervals() {
    List<HalfLife> apart = List.of(segment("a", 10), segment("b", 30));
    assertThat(HalfLifeTables.sentence(apart))
        .endsWith(" By segment the half-life runs from 10.0 days (a) to 30.0 (b).");
    assertThat(HalfLifeTables.sentence(List.of(segment("a", 10), segment("b", 11))))
        .endsWith("to 11.0 (b); the intervals overlap, so the difference may be chance.");
    List<HalfLife> many =
        IntStream.rangeClosed(0, 11)
            .mapToObj(i -> SampleDecay.ofAll(segment("s" + i, 10 + 0.4 * i), 40))
            .toList();
    assertThat(HalfLifeTables.sentence(many))
        .endsWith(
            " Among the 12 largest segments the half-life runs from 10.0 days (s0) to 14.4 (s11);"
                + " of 12 compared, two may differ as much by chance.");
  }

  @Test
  void saysHowFastTheEffectOfATouchFades() {
    List<HalfLife> lives =
        List.of(
            SampleDecay.life("signal", "all", 5D, 900, "fitted"),
            SampleDecay.life("signal", "referral", 20D, 100, "fitted"),
            SampleDecay.life("signal", "page_view", 2D, 100, "fitted"));

    assertThat(HalfLifeTables.touches(lives).orElseThrow())
        .startsWith("What a touch adds to the chance to convert has halved after 5.0 days")
        .endsWith("page view fades fastest (2.0) and referral slowest (20.0).");
    assertThat(HalfLifeTables.touches(lives.subList(1, 3))).isEmpty();
    assertThat(HalfLifeTables.of(lives).render())
        .contains("all signals together", "days until what a touch adds has halved");
  }

  @Test
  void theLargestOfManyGroupsAreSaidToBeThese() {
    String html =
        HalfLifeTables.of(
                List.of(
                    SampleDecay.ofAll(segment("a", 10), 40),
                    SampleDecay.ofAll(segment("b", 12), 40),
                    SampleDecay.ofAll(SampleDecay.life("segment", "c", null, 9, "withheld"), 700)))
            .render();
    assertThat(html)
        .contains("(the 2 largest of 40)", "(the 1 largest of 700)", "700\u00a0half-lives");
  }

  private static HalfLife segment(String value, double days) {
    return SampleDecay.life("segment", value, days, 100, "fitted");
  }

  private static Curve all(List<Point> points) {
    return new Curve("overall", "all", 1, points);
  }

  private static Point point(double day, double converted, double width, long watched) {
    return new Point(day, converted, converted - width, converted + width, watched);
  }
}
