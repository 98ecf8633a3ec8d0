package io.warmlead.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmlead.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

final class DurationGridTest {

  @Test
  void everyMinuteOfTenYearsLiesInItsBinAndBinsAreFew() {
    // Up to the end of a bin, so that every bin is full; 10.3 years.
    long longest = (long) (DurationGrid.lowDays(247, 15) * 1_440) + 1;
    List<Row> bins =
        TestSession.get()
            .range(0, longest)
            .toDF("minutes")
            .withColumn("unit_minutes", functions.lit(DurationGrid.MINUTES_PER_FINE_UNIT))
            .withColumn("bin", DurationGrid.bin())
            .groupBy("bin")
            .agg(functions.min("minutes").as("least"), functions.max("minutes").as("most"))
            .collectAsList();

    assertThat(bins).hasSizeLessThan(256);
    for (Row row : bins) {
      int bin = row.<Integer>getAs("bin");
      double low = DurationGrid.lowDays(bin, 15) * 1_440;
      double high = DurationGrid.highDays(bin, 15) * 1_440;
      assertThat((double) row.<Long>getAs("least")).isBetween(low, low + 1);
      assertThat((double) row.<Long>getAs("most")).isBetween(high - 1, high - 0.5);
      assertThat(high - low).isLessThanOrEqualTo(Math.max(15, low / 15));
    }
  }
}
