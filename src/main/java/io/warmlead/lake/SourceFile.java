package io.warmlead.lake;

/**
 * One file of an input.
 *
 * @param path full path, as Spark names it
 * @param fingerprint size and time of change; a different one means that the file may hold other
 *     rows
 * @param bytes size, 0 for an empty file
 */
public record SourceFile(String path, String fingerprint, long bytes) {}
