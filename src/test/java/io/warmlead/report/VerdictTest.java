package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.report.Insights.Estimate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How often chance alone makes the report sure. */
final class VerdictTest {
  private static final int REPORTS = 1_000;
  private static final int LEADS = 200;

  @Test
  void ofManySourcesThatAreAlikeHardlyEverAreTwoSurelyDifferent() {
    assertThat(sureReports(20)).isBetween(1, REPORTS / 20);
    assertThat(sureReports(60)).isBetween(1, REPORTS / 20);
  }

  @Test
  void twoThatWereChosenBeforehandDifferWhereTheirIntervalsDoNotMeet() {
    Estimate high = new Estimate(0.2, 0.15, 0.25);
    assertThat(Verdict.onFall(high, new Estimate(0.1, 0.06, 0.149))).isEmpty();
    assertThat(Verdict.onFall(new Estimate(0.1, 0.06, 0.149), high)).isEqualTo(": more, not less");
    assertThat(Verdict.onFall(high, new Estimate(0.1, 0.05, 0.151))).contains("may be chance");
    assertThat(Verdict.onFall(high, new Estimate(0.1, 0.06, 0.149), 20))
        .isEqualTo("; of 20 compared, two may differ as much by chance");
  }

  /** Reports that name a best and a worst, of sources with a conversion rate of 5 % all. */
  private static int sureReports(int sources) {
    Random random = new Random(7);
    int sure = 0;
    for (int report = 0; report < REPORTS; report++) {
      int most = 0;
      int least = LEADS;
      for (int source = 0; source < sources; source++) {
        int conversions = 0;
        for (int lead = 0; lead < LEADS; lead++) {
          conversions += random.nextDouble() < 0.05 ? 1 : 0;
        }
        most = Math.max(most, conversions);
        least = Math.min(least, conversions);
      }
      sure += Verdict.onFall(wilson(most), wilson(least), sources).isEmpty() ? 1 : 0;
    }
    return sure;
  }

  private static Estimate wilson(int conversions) {
    double z = 1.96 * 1.96;
    double middle = (conversions + z / 2) / (LEADS + z);
    double width =
        Math.sqrt(z * conversions * (LEADS - conversions) / LEADS + z * z / 4) / (LEADS + z);
    return new Estimate((double) conversions / LEADS, middle - width, middle + width);
  }
}
