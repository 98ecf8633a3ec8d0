/**
 * Warmlead: how warm is every lead, why, and when does it go cold.
 *
 * <p>{@code Main -> cli -> pipeline -> core, lake, report}. A row of data walks through the core
 * rooms once: ingest, activity, feature, model, temperature, decay, insight, export; {@code audit}
 * checks what they left. These know {@code config} and {@code table}, and never read or write;
 * {@code lake} alone does. {@code simulate} writes the logs of a company that does not exist. Tests
 * hold this plan.
 */
package io.warmlead;
