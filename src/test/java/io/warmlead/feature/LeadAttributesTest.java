package io.warmlead.feature;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.warmlead.testing.TestSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadAttributesTest {
  @ParameterizedTest
  @CsvSource({"12, 12.0", "' 7.5 ', 7.5", "-1e12, -1e12", "0, 0.0"})
  void aTextThatIsANumberIsOne(String text, double number) {
    assertEquals(number, number(text));
  }

  @ParameterizedTest
  @CsvSource({"1e999", "-Infinity", "NaN", "2e12", "''", "many"})
  void aTextThatNoModelCanUseIsMissing(String text) {
    assertNull(number(text));
  }

  private static Double number(String text) {
    return TestSession.get()
        .range(1)
        .select(map(lit("size"), lit(text)).as("attributes"))
        .select(LeadAttributes.number("size"))
        .head()
        .getAs(0);
  }
}
