/**
 * The only door to Delta and files: sessions, sources, tables, the lease, small artefacts. Nothing
 * outside this room reads or writes.
 */
package io.warmlead.lake;
