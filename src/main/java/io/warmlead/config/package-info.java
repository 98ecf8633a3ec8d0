/** What the operator chooses: validated records, every default in {@code reference.conf}. */
package io.warmlead.config;
