/**
 * The table of contents: the stages of a night in order, each of them read, core, write.
 *
 * <p>{@link io.warmlead.pipeline.Nightly} is the place to start reading.
 */
package io.warmlead.pipeline;
