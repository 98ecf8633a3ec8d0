package io.warmlead.model;

/**
 * Rows whose scores are alike.
 *
 * @param score mean score, log-odds
 * @param n rows
 * @param conversions rows that converted
 */
record ScoreBin(double score, long n, long conversions) {}
