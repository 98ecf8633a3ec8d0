/**
 * Engagements become daily_activity, the compact history; what of it is too old for any window
 * becomes earlier_activity, of which a night needs no day.
 */
package io.warmlead.activity;
