package io.warmlead.simulate;

/** Hears what happens in a lead's life, in the order of time. */
interface LeadLog {
  /** An engagement took place. */
  void engaged(Lead lead, double time, Activity activity);

  /** A weekly as-of instant was reached while the lead was open. */
  void asOf(Lead lead, double time, double interest, double probability);

  /** The lead's story is told. */
  void ended(Lead lead, LeadStory story);
}
