/**
 * What the scores are worth, looking back: did the promised conversions come, and do the leads
 * still look like those that were learned from.
 *
 * <p>What is best said in SQL stands in one {@code .sql} file per table beside these classes, run
 * by {@link io.warmlead.insight.InsightQuery}.
 *
 * <p>Pure: frames in, frames out. Sums of fractions are taken in fixed point, so that the same rows
 * give the same bits whatever the partitioning.
 */
package io.warmlead.insight;
