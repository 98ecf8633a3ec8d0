package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.warmlead.config.InputSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether amounts look as the input's {@code decimal} says. */
public final class AmountNotation {
  private static final int SAMPLE = 10_000;

  private AmountNotation() {}

  /**
   * What to set, or to ask oneself; empty where amounts are read as they look, or do not tell.
   *
   * @param raw frames of the input, all text, at least one; some rows of them are read
   */
  public static Optional<String> advice(List<Dataset<Row>> raw, InputSettings input) {
    if (!input.format().equals("csv") && !input.format().equals("json")) {
      return Optional.empty();
    }
    return raw.stream()
        .flatMap(frame -> texts(frame, input).stream())
        .reduce(Dataset::union)
        .flatMap(all -> advice(all, input));
  }

  /** Amounts as they stand, one a row; empty where the frame has no column for any. */
  private static Optional<Dataset<Row>> texts(Dataset<Row> frame, InputSettings input) {
    SourceColumns source = SourceColumns.of(input, frame);
    if (!source.has("value") && !source.has("cost")) {
      return Optional.empty();
    }
    return Optional.of(
        frame
            .select(explode(array(source.text("value"), source.text("cost"))).as("text"))
            .where(col("text").isNotNull())
            .limit(SAMPLE));
  }

  private static Optional<String> advice(Dataset<Row> texts, InputSettings input) {
    String other = input.decimal().equals(".") ? "," : ".";
    Column isRead = col("read").isNotNull();
    Column isOther = col("other").isNotNull();
    Column differs =
        isRead
            .and(isOther)
            .and(col("read").try_cast("double").notEqual(col("other").try_cast("double")));
    Row seen =
        texts
            .withColumn("read", Amounts.plain(col("text"), input.decimal()))
            .withColumn("other", Amounts.plain(col("text"), other))
            .agg(
                count_if(isRead.and(not(isOther))),
                min(when(isOther.and(not(isRead)), col("text"))),
                min(when(differs, struct("text", "read", "other"))))
            .head();
    String setting = "inputs." + input.name() + ".decimal = \"" + other + "\"";
    if (seen.getLong(0) > 0 || (seen.isNullAt(1) && seen.isNullAt(2))) {
      return Optional.empty();
    }
    if (!seen.isNullAt(1)) {
      return Optional.of("proposal: " + setting + ", for amounts such as " + seen.getString(1));
    }
    Row example = seen.getStruct(2);
    return Optional.of(
        "amounts such as "
            + example.getString(0)
            + " are read as "
            + number(example.getString(1))
            + "; where "
            + number(example.getString(2))
            + " is meant, set "
            + setting);
  }

  private static String number(String plain) {
    return new BigDecimal(plain).stripTrailingZeros().toPlainString();
  }
}
