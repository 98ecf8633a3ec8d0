/** Contracts of the lake: one class per table, names and types side by side. No logic. */
package io.warmlead.table;
