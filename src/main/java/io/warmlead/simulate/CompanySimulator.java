package io.warmlead.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Simulates a company and writes its exports and, apart from them, the planted truth.
 *
 * <p>Below the plan's folder: {@code engagements/MONTH-part-NNN.csv.gz} by month of receipt, the
 * last day in files of its own, {@code leads/leads.csv.gz}, {@code outcomes/outcomes.csv.gz},
 * {@code warmlead.conf} that reads them, and {@code truth/}. The same plan writes the same bytes,
 * whatever the number of threads.
 */
public final class CompanySimulator {
  private static final int LEADS_PER_FILE = 10_000;
  private static final int CHUNKS_AHEAD = 2;
  private static final String LEADS = "leads/leads.csv.gz";
  private static final String OUTCOMES = "outcomes/outcomes.csv.gz";
  private static final String TRUTH_LEADS = "truth/leads.csv.gz";
  private static final String TRUTH_PROBABILITIES = "truth/probabilities.csv.gz";

  private final SimulationPlan plan;
  private final CompanyCalendar calendar;
  private final ExportFolder folder;
  private final DirtCounts dirt = new DirtCounts();
  private long conversions;

  private CompanySimulator(SimulationPlan plan, CompanyCalendar calendar, ExportFolder folder) {
    this.plan = plan;
    this.calendar = calendar;
    this.folder = folder;
  }

  /**
   * Simulates and writes.
   *
   * @throws IllegalArgumentException if the folder holds anything but an earlier simulation
   * @throws UncheckedIOException if it cannot be written
   */
  public static SimulationResult run(SimulationPlan plan) {
    return run(plan, Runtime.getRuntime().availableProcessors());
  }

  static SimulationResult run(SimulationPlan plan, int threads) {
    CompanyCalendar calendar = new CompanyCalendar(plan.days());
    try (ExportFolder folder = ExportFolder.create(plan.to())) {
      return new CompanySimulator(plan, calendar, folder).simulate(threads);
    } catch (IOException failure) {
      throw new UncheckedIOException("to = " + plan.to() + ": cannot be written", failure);
    }
  }

  private SimulationResult simulate(int threads) throws IOException {
    ConversionOutlook outlook = new ConversionOutlook(calendar);
    Volume volume = Volume.fit(plan, calendar, outlook);
    folder.begin(LEADS, CrmExport.LEADS_HEADER);
    folder.begin(OUTCOMES, CrmExport.OUTCOMES_HEADER);
    folder.begin(TRUTH_LEADS, TruthExport.LEADS_HEADER);
    folder.begin(TRUTH_PROBABILITIES, TruthExport.PROBABILITIES_HEADER);
    writeChunks(outlook, volume, threads);
    folder.end("");
    folder.text(SettingsOverlay.FILE, SettingsOverlay.of(folder));
    folder.text(
        "truth/parameters.json", TruthParameters.json(plan, calendar, volume, folder.rows(), dirt));
    return result();
  }

  /** Simulates chunks in parallel, a few ahead of the writer, and writes them in order. */
  private void writeChunks(ConversionOutlook outlook, Volume volume, int threads)
      throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Deque<Future<Chunk>> ahead = new ArrayDeque<>();
      for (int first = 0; first < plan.leads(); first += Chunk.SIZE) {
        if (ahead.size() >= threads * CHUNKS_AHEAD) {
          write(finished(ahead.remove()));
        }
        int begin = first;
        ahead.add(workers.submit(() -> Chunk.simulate(plan, begin, calendar, outlook, volume)));
      }
      while (!ahead.isEmpty()) {
        write(finished(ahead.remove()));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static Chunk finished(Future<Chunk> future) {
    try {
      return future.get();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the simulation was interrupted", interruption);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a chunk of leads failed", failure.getCause());
    }
  }

  private void write(Chunk chunk) throws IOException {
    int part = chunk.first() / LEADS_PER_FILE;
    if (chunk.first() % LEADS_PER_FILE == 0) {
      folder.end("engagements/");
    }
    for (int export = 0; export < chunk.exports().size(); export++) {
      String digits = String.valueOf(1_000 + part).substring(1);
      String file = "engagements/" + calendar.exports().get(export) + "-part-" + digits + ".csv.gz";
      folder.append(file, EngagementRow.HEADER, chunk.exports().get(export));
    }
    folder.append(LEADS, CrmExport.LEADS_HEADER, chunk.leads());
    folder.append(OUTCOMES, CrmExport.OUTCOMES_HEADER, chunk.outcomes());
    folder.append(TRUTH_LEADS, TruthExport.LEADS_HEADER, chunk.truthLeads());
    folder.append(
        TRUTH_PROBABILITIES, TruthExport.PROBABILITIES_HEADER, chunk.truthProbabilities());
    dirt.add(chunk.dirt());
    conversions += chunk.conversions();
  }

  private SimulationResult result() {
    long engagements = 0;
    for (var entry : folder.rows().entrySet()) {
      if (entry.getKey().startsWith("engagements/")) {
        engagements += entry.getValue();
      }
    }
    return new SimulationResult(
        folder.location(),
        folder.location(SettingsOverlay.FILE),
        folder.rows().get(LEADS),
        engagements,
        folder.rows().get(OUTCOMES),
        conversions,
        folder.written(),
        calendar.firstDay(),
        CompanyCalendar.LAST_DAY);
  }
}
