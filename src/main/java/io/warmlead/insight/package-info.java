/**
 * What the scores are worth, looking back: did the promised conversions come, and do the leads
 * still look like those that were learned from.
 *
 * <p>Pure: frames in, frames out. Sums of fractions are taken in fixed point, so that the same rows
 * give the same bits whatever the partitioning.
 */
package io.warmlead.insight;
