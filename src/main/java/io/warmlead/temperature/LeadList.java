package io.warmlead.temperature;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Lists of leads that people work through. Who is on each, and who comes first, is said by a query
 * beside this class, {@code LIST.sql}, over the scores of one night.
 */
public enum LeadList {
  HOT("hot_leads"),
  COOLING("cooling_leads"),
  SAVE_TODAY("save_today"),
  REWARMED("rewarmed_leads"),
  HANDOFFS("handoffs");

  private static final String FORM =
      """
      (?s).*
      SELECT \\*
      FROM lead_scores
      WHERE (?<rule>.+)
      ORDER BY (?<ranks>\\w+ DESC NULLS LAST(, \\w+ DESC NULLS LAST)*), lead_id
      """;

  private final String listName;
  private final String rule;
  private final String ranks;

  LeadList(String listName) {
    this.listName = listName;
    Matcher query = query(listName);
    this.rule = query.group("rule");
    this.ranks = query.group("ranks").replace(" DESC NULLS LAST", "");
  }

  /** Name of the list: of its query, of its table where it has one, and of its file. */
  public String listName() {
    return listName;
  }

  /** Whether a row of {@code lead_scores} is on the list; never NULL. */
  public Column rule() {
    return expr(rule);
  }

  /** Order of the list; ties are broken by lead. */
  public Column[] order() {
    return Stream.concat(
            Arrays.stream(ranks.split(", ")).map(rank -> desc_nulls_last(rank)),
            Stream.of(col("lead_id")))
        .toArray(Column[]::new);
  }

  /** Names of all lists that a row of {@code lead_scores} is on: ARRAY of STRING. */
  public static Column namesOf() {
    return array_compact(
        array(
            Arrays.stream(values())
                .map(list -> when(list.rule(), lit(list.listName)))
                .toArray(Column[]::new)));
  }

  private static Matcher query(String name) {
    try (InputStream file = LeadList.class.getResourceAsStream(name + ".sql")) {
      Matcher query =
          Pattern.compile(FORM).matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      if (!query.matches()) {
        throw new IllegalStateException(name + ".sql is not of the form that lists have");
      }
      return query;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
