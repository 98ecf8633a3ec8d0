/**
 * How likely every lead is to convert, and why.
 *
 * <p>Training walks top to bottom through {@link io.warmlead.model.Trainer}: rows in a fixed order,
 * {@code History} counts them, {@code Gates} ask for enough data. Every {@code Cut} gives a {@code
 * Rehearsal}: {@code Members} of {@code LogisticFamily} and {@code BoostingFamily} are learned from
 * what was known then, and later dates judge them. The first makes the {@code Choice}, all of them
 * the {@code Evaluation} with its {@code Metrics}; {@code Calibrator} finds the {@link
 * io.warmlead.model.Calibration} from margin to probability, and a {@link
 * io.warmlead.model.ScoringModel} comes out. Scoring takes that model into {@link
 * io.warmlead.model.Scorer} (all contributions) or {@link io.warmlead.model.Reasons} (the top ones
 * in words). {@link io.warmlead.model.Registry} holds the rules by which one model is champion.
 *
 * <p>Words: a <em>margin</em> is what a family predicts, in log-odds before calibration; the
 * <em>held-out</em> rows are those of later dates than any the family learned from.
 */
package io.warmlead.model;
