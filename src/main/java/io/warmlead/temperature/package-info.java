/**
 * Scores become tiers, transitions and the frameworks that people know: rules over what a lead did,
 * beside what the model says.
 */
package io.warmlead.temperature;
