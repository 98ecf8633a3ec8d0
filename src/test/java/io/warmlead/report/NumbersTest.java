package io.warmlead.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NumbersTest {

  @Test
  void keepsSmallAndLargeSharesApartFromNoneAndAll() {
    assertThat(Numbers.percent(0)).isEqualTo("0.0\u00a0%");
    assertThat(Numbers.percent(0.00001)).isEqualTo("under 0.01\u00a0%");
    assertThat(Numbers.percent(0.0042)).isEqualTo("0.42\u00a0%");
    assertThat(Numbers.percent(0.1234)).isEqualTo("12.3\u00a0%");
    assertThat(Numbers.percent(0.99999)).isEqualTo("over 99.9\u00a0%");
    assertThat(Numbers.percent(1)).isEqualTo("100.0\u00a0%");
  }

  @Test
  void tellsDaysTheFinerTheShorter() {
    assertThat(Numbers.days(0.25)).isEqualTo("0.25");
    assertThat(Numbers.days(34.24)).isEqualTo("34.2");
    assertThat(Numbers.days(1234.4)).isEqualTo("1,234");
  }

  @Test
  void saysUnknownForWhatIsNotANumber() {
    assertThat(Numbers.decimal(null, 2)).isEqualTo("unknown");
    assertThat(Numbers.decimal(Double.NaN, 2)).isEqualTo("unknown");
  }

  @Test
  void countsInSingularAndPlural() {
    assertThat(Numbers.counted(1, "row")).isEqualTo("1\u00a0row");
    assertThat(Numbers.counted(1200, "row")).isEqualTo("1,200\u00a0rows");
  }
}
