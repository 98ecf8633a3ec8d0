package io.warmlead.pipeline;

/** Hears what a run is doing. */
public interface Progress {

  /** A stage begins. */
  void stage(String name, String what);

  /** Something a person should know. */
  void note(String text);
}
