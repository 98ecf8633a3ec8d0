/**
 * Raw rows become engagements, leads, outcomes and rejects; every row ends in one of them, or is
 * counted as duplicate or ignored.
 */
package io.warmlead.ingest;
