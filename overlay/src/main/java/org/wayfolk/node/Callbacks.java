package org.wayfolk.node;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.id.NodeId;

/**
 * Runs application handlers: in order for one sender, side by side for different ones, never on the
 * loop. How many may wait is bounded by whoever posts (delivery's window); a sender without waiting
 * tasks costs nothing.
 */
final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final Executor threads;
  private final Map<NodeId, ArrayDeque<Runnable>> waiting = new HashMap<>();

  Callbacks(Executor threads) {
    this.threads = threads;
  }

  /**
   * Runs {@code task} after the sender's earlier ones; one that throws does not stop the others.
   */
  void post(NodeId sender, Runnable task) {
    synchronized (waiting) {
      ArrayDeque<Runnable> queue = waiting.get(sender);
      if (queue != null) {
        queue.add(task);
        return;
      }
      queue = new ArrayDeque<>();
      queue.add(task);
      waiting.put(sender, queue);
    }
    threads.execute(() -> drain(sender));
  }

  private void drain(NodeId sender) {
    while (true) {
      Runnable task;
      synchronized (waiting) {
        ArrayDeque<Runnable> queue = waiting.get(sender);
        task = queue == null ? null : queue.poll();
        if (task == null) {
          waiting.remove(sender);
          return;
        }
      }
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        // The application's. Whoever stopped here would hold up this sender for ever.
        LOG.debug("a callback has failed", e);
      }
    }
  }
}
