package io.warmlead.model;

/**
 * One measured number, a row of {@code model_metrics} without its model.
 *
 * @param split {@code validation}, {@code test}, or what the caller says
 * @param segment {@code all} or a segment
 * @param metric name, see {@link Metrics}
 * @param ciLow lower end of the 95 % interval, null where none is known
 * @param ciHigh upper end, null where none is known
 * @param n rows behind the number
 */
public record MetricRow(
    String split,
    String segment,
    String metric,
    double value,
    Double ciLow,
    Double ciHigh,
    long n) {
  static final String ALL = "all";

  public MetricRow {
    Require.finite(metric, value);
  }

  /** The same number under another name. */
  MetricRow named(String name) {
    return new MetricRow(split, segment, name, value, ciLow, ciHigh, n);
  }

  boolean isOverall() {
    return segment.equals(ALL);
  }
}
