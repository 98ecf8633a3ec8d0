package io.warmlead.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fixed range of leads, simulated by one thread into compressed pieces of every file. Chunks do
 * not know of each other, so their bytes do not depend on how many threads there are.
 *
 * @param exports engagement rows by export
 */
record Chunk(
    int first,
    List<Piece> exports,
    Piece leads,
    Piece outcomes,
    Piece truthLeads,
    Piece truthProbabilities,
    long conversions,
    DirtCounts dirt) {

  /** Leads in a chunk. */
  static final int SIZE = 500;

  /** Compressed rows. */
  static final class Piece {
    private final byte[] bytes;
    private final long rows;

    Piece(GzipText text) {
      rows = text.lines();
      bytes = text.finish();
    }

    long rows() {
      return rows;
    }

    void writeTo(OutputStream target) throws IOException {
      target.write(bytes);
    }
  }

  static Chunk simulate(
      SimulationPlan plan,
      int first,
      CompanyCalendar calendar,
      ConversionOutlook outlook,
      Volume volume) {
    Recorder recorder =
        new Recorder(
            plan.seed(),
            new EngagementExport(calendar, volume, plan.seed()),
            new CrmExport(calendar),
            new TruthExport(calendar));
    int last = Math.min(plan.leads(), first + SIZE);
    for (int number = first; number < last; number++) {
      Lead lead = Lead.of(plan.seed(), number, plan.leads(), calendar);
      recorder.engagements.begin(lead);
      recorder.crm.lead(lead);
      LeadLife.live(lead, plan.seed(), calendar, outlook, recorder);
    }
    return recorder.chunk(first);
  }

  /** Passes what happens on to the exports. */
  private record Recorder(long seed, EngagementExport engagements, CrmExport crm, TruthExport truth)
      implements LeadLog {

    @Override
    public void engaged(Lead lead, double time, Activity activity) {
      engagements.engaged(time, activity);
    }

    @Override
    public void asOf(Lead lead, double time, double interest, double probability) {
      truth.asOf(lead, time, interest, probability);
    }

    @Override
    public void ended(Lead lead, LeadStory story) {
      SplittableRandom random = Streams.OUTCOME.of(seed, lead.number());
      engagements.ended(lead, story);
      crm.outcome(lead, story, random);
      truth.ended(lead, story);
    }

    Chunk chunk(int first) {
      return new Chunk(
          first,
          engagements.exports().stream().map(Piece::new).toList(),
          new Piece(crm.leads()),
          new Piece(crm.outcomes()),
          new Piece(truth.leads()),
          new Piece(truth.probabilities()),
          crm.conversions(),
          engagements.dirtCounts());
    }
  }
}
