/**
 * A simulated company with planted truth.
 *
 * <p>The room writes what a company would export from its own systems (engagements, leads,
 * outcomes, under its own column and event names, with its own dirt) and, apart from that,
 * everything that was planted: half-lives, fatigue, the worth of a fast answer, and for every lead
 * and week the probability of a conversion that the model itself implies. It is how the job's
 * estimates are held against something known.
 *
 * <p>A lead's life walks through the classes in this order:
 *
 * <ol>
 *   <li>{@link io.warmlead.simulate.Account} and {@link io.warmlead.simulate.Lead}: who it is,
 *       drawn from the seed and its number alone;
 *   <li>{@link io.warmlead.simulate.LeadLife}: what it does and what we do, event by event, with
 *       {@link io.warmlead.simulate.Interest} as its state and {@link
 *       io.warmlead.simulate.Response} and {@link io.warmlead.simulate.Outreach} as our side;
 *   <li>{@link io.warmlead.simulate.ConversionOutlook}: the exact probability at every weekly as-of
 *       date;
 *   <li>{@link io.warmlead.simulate.EngagementExport}: rows as the company exports them, dirt
 *       included, in one {@link io.warmlead.simulate.Chunk} of leads;
 *   <li>{@link io.warmlead.simulate.ExportFolder}: chunks in order into files.
 * </ol>
 *
 * <p>All numbers stand in {@link io.warmlead.simulate.PlantedTruth}, {@link
 * io.warmlead.simulate.Activity}, {@link io.warmlead.simulate.Segment} and {@link
 * io.warmlead.simulate.LeadSource}. Time inside the room is in days since the calendar's first
 * midnight (UTC). Plain Java: no Spark session is needed.
 */
package io.warmlead.simulate;
