package io.warmlead.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_values;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Persons who are named within longer texts. An id counts where it stands by itself, not as a part
 * of a longer word or number.
 */
public final class PersonMentions {
  /** Stands where a person was named. */
  public static final String ERASED = "[erased]";

  /** What a longer word or number goes on with. */
  public static final String INSIDE_A_WORD = "[\\p{L}\\p{N}_-]";

  private PersonMentions() {}

  /**
   * A regular expression for ids.
   *
   * @param ids an array; the longest are looked for first
   * @return NULL where there are none
   */
  static Column pattern(Column ids) {
    Column longestFirst =
        array_sort(
            ids,
            (one, other) ->
                when(length(one).gt(length(other)), -1)
                    .when(length(one).lt(length(other)), 1)
                    .when(one.lt(other), -1)
                    .when(one.gt(other), 1)
                    .otherwise(0));
    Column quoted =
        transform(longestFirst, id -> regexp_replace(id, lit("([^\\p{L}\\p{N}_])"), lit("\\\\$1")));
    return when(
        size(ids).gt(0),
        concat(
            lit("(?<!" + INSIDE_A_WORD + ")(?:"),
            functions.array_join(quoted, "|"),
            lit(")(?!" + INSIDE_A_WORD + ")")));
  }

  /**
   * What in a text may be an id: all of it, its words, its addresses of e-mail and the like, and
   * whatever stands between blanks, quotes and brackets.
   *
   * @return an array; NULL of NULL
   */
  static Column candidates(Column text) {
    Column pieces =
        transform(
            split(text, "[\\s\"'(),;<>\\[\\]{}|]+"),
            piece -> regexp_replace(piece, "^[.:!?/]+|[.:!?/]+$", ""));
    Column addresses =
        transform(
            split(text, "[^\\p{L}\\p{N}_@.+-]+"),
            word -> regexp_replace(word, "^[.+]+|[.+]+$", ""));
    return concat(array(text), split(text, "[^\\p{L}\\p{N}_-]+"), addresses, pieces);
  }

  /** Whether a type holds texts, keys of maps aside. */
  public static boolean hasTexts(DataType type) {
    if (type instanceof ArrayType array) {
      return hasTexts(array.elementType());
    }
    if (type instanceof MapType map) {
      return hasTexts(map.valueType());
    }
    if (type instanceof StructType fields) {
      return Arrays.stream(fields.fields()).anyMatch(field -> hasTexts(field.dataType()));
    }
    return type instanceof StringType;
  }

  /**
   * Whether a person is named in any text of a value; keys of maps are not looked at.
   *
   * @param pattern a regular expression; NULL: nobody is
   */
  public static Column isIn(Column value, DataType type, Column pattern) {
    Column found;
    if (type instanceof ArrayType array) {
      found = exists(value, element -> isIn(element, array.elementType(), pattern));
    } else if (type instanceof MapType map) {
      found = exists(map_values(value), element -> isIn(element, map.valueType(), pattern));
    } else if (type instanceof StructType fields) {
      found =
          Arrays.stream(fields.fields())
              .filter(field -> hasTexts(field.dataType()))
              .map(field -> isIn(value.getField(field.name()), field.dataType(), pattern))
              .reduce(lit(false), Column::or);
    } else {
      found = not(without(value, pattern).eqNullSafe(value));
    }
    return coalesce(found, lit(false));
  }

  /** A value whose texts name nobody any more. */
  public static Column without(Column value, DataType type, Column pattern) {
    if (!hasTexts(type)) {
      return value;
    }
    if (type instanceof ArrayType array) {
      return transform(value, element -> without(element, array.elementType(), pattern));
    }
    if (type instanceof MapType map) {
      return transform_values(value, (key, each) -> without(each, map.valueType(), pattern));
    }
    if (type instanceof StructType fields) {
      Column[] clean =
          Arrays.stream(fields.fields())
              .map(
                  field ->
                      without(value.getField(field.name()), field.dataType(), pattern)
                          .as(field.name()))
              .toArray(Column[]::new);
      return when(value.isNotNull(), struct(clean));
    }
    return without(value, pattern);
  }

  /** A text that names nobody any more. */
  static Column without(Column text, Column pattern) {
    // Spark keeps the compiled expression from row to row here, other than for RLIKE.
    return coalesce(regexp_replace(text, pattern, lit(ERASED)), text);
  }
}
