/** Engagements become daily_activity, the compact history. */
package io.warmlead.activity;
