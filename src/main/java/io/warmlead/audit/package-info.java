/**
 * Checks whether the tables of a lake hold what they promise. Every check is a frame of its own:
 * how many rows, or keys, break the rule, and two of them as examples. And digests of rows, to
 * compare two lakes by.
 */
package io.warmlead.audit;
