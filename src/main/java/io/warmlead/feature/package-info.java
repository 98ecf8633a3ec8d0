/** daily_activity and leads, as of an instant, become lead_features; and labels beside them. */
package io.warmlead.feature;
