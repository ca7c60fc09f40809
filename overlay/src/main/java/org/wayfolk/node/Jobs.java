package org.wayfolk.node;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Protocol;
import org.wayfolk.protocol.Tally;

/**
 * Heavy work on its way to a worker and back to the loop, so much at once and no more. Counted on
 * the loop alone.
 */
final class Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** Jobs that may wait for a worker or run: a quarter of a second of signatures on one core. */
  static final int MAX = 4_096;

  /** The result of a job, for the protocol that asked for it. */
  record Finished(Protocol protocol, Input worked) {}

  private final NodeId self;
  private final Executor workers;
  private final Counters counters;
  private final Consumer<Finished> back;
  private int running;

  /** Results go to {@code back}, on the worker's thread. */
  Jobs(NodeId self, Executor workers, Counters counters, Consumer<Finished> back) {
    this.self = self;
    this.workers = workers;
    this.counters = counters;
    this.back = back;
  }

  /** Begins a job; false if too many are under way. */
  boolean run(Protocol protocol, Supplier<? extends Input.Worked> job) {
    if (running >= MAX) {
      counters.add(Tally.WORK_FULL, 1);
      return false;
    }
    running++;
    workers.execute(() -> back.accept(new Finished(protocol, result(job))));
    return true;
  }

  /** The loop has taken a result. */
  void done() {
    running--;
  }

  private Input result(Supplier<? extends Input.Worked> job) {
    try {
      return job.get();
    } catch (RuntimeException | Error e) {
      // Errors too: whoever asked counts on an answer, or it would wait for one for ever.
      counters.add(Tally.BUG, 1);
      LOG.error("bug on a worker node={}", self.shortHex(), e);
      return new Input.WorkFailed(job);
    }
  }
}
