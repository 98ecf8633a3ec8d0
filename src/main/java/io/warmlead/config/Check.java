package io.warmlead.config;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Preconditions of settings; each failure names the key and, unless it is a secret, the value. */
final class Check {
  private static final Pattern SECRET_IN_URL =
      Pattern.compile(
          "^[a-z][a-z0-9+.-]*://([^/@]*:[^/@]+@|.*[?&][a-z0-9_-]*(sig|signature|token|password|secret|key)=)",
          Pattern.CASE_INSENSITIVE);

  private Check() {}

  static void atLeast(String key, long value, long least) {
    if (value < least) {
      throw new SettingsException(key + " = " + value + ": must be at least " + least + ".");
    }
  }

  static void between(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new SettingsException(
          key + " = " + value + ": must lie between " + low + " and " + high + ".");
    }
  }

  static void notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new SettingsException(key + " is empty: write a value, or null.");
    }
  }

  /** A path that says where, and is written into tables, reports and logs: it must tell no more. */
  static void place(String key, String path) {
    notBlank(key, path);
    if (SECRET_IN_URL.matcher(path).find()) {
      throw new SettingsException(
          key
              + " has a password or token inside, and paths are written into tables and logs. Give"
              + " credentials to Spark, for example by --conf spark.hadoop.fs… of spark-submit or a"
              + " credential provider, and the path without them.");
    }
  }

  static void oneOf(String key, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new SettingsException(
          key + " = " + value + ": must be one of " + String.join(", ", allowed) + ".");
    }
  }

  /** The mark before the fraction of a number, where numbers are texts. */
  static void decimal(String key, String value, String format) {
    if (!value.equals(".") && !value.equals(",")) {
      throw new SettingsException(key + " = " + value + ": must be \".\" or \",\".");
    }
    if (value.equals(",") && (format.equals("parquet") || format.equals("delta"))) {
      throw new SettingsException(
          key
              + " = \",\": is for numbers written as text in csv and json; columns of "
              + format
              + " hold numbers. Leave it out, and write texts as numbers there.");
    }
  }

  /** Keys of something that a list holds, or that the operator named. */
  static void keys(String what, Collection<String> given, List<String> known) {
    for (String key : given.stream().sorted().toList()) {
      if (!known.contains(key)) {
        throw new SettingsException(
            what
                + " has no key "
                + key
                + "."
                + NearestName.hint(key, known)
                + " Known: "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  static void oneOrMoreOf(String key, List<String> values, List<String> allowed) {
    if (values.isEmpty()) {
      throw new SettingsException(
          key + " is empty: name at least one of " + String.join(", ", allowed) + ".");
    }
    values.forEach(value -> oneOf(key, value, allowed));
  }

  static void named(String key, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isBlank() || values.indexOf(values.get(i)) < i) {
        throw new SettingsException(
            key + " = " + values + ": must be names, each of them once, or empty.");
      }
    }
  }

  static void rising(String key, List<Integer> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) <= (i == 0 ? 0 : values.get(i - 1))) {
        throw new SettingsException(key + " = " + values + ": must be positive and rising.");
      }
    }
    if (values.isEmpty()) {
      throw new SettingsException(key + " is empty: name at least one number of days.");
    }
  }
}
