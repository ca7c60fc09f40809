package org.wayfolk.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.wayfolk.transport.Host;

/** What a sender holds while its message travels. Thread-safe. */
public final class Receipt {
  private final Host host;
  private final CompletableFuture<Outcome> outcome;

  /**
   * Made by the node.
   *
   * @param result the future of a {@link Send}
   */
  public Receipt(Host host, CompletableFuture<Outcome> result) {
    this.host = host;
    // What the application hangs on the outcome must not run on the loop.
    this.outcome = result.thenApplyAsync(Function.identity(), host.callbacks());
  }

  /**
   * Waits for the outcome, at most {@code limit}. If there is none by then, answers {@link
   * Reason#NO_ANSWER} with 0 tries; the send goes on until its own deadline, and {@link #future}
   * tells how it ended.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public Outcome await(Duration limit) throws InterruptedException {
    try {
      return host.await(outcome, limit);
    } catch (TimeoutException e) {
      return new Outcome.Undelivered(Reason.NO_ANSWER, 0);
    }
  }

  /**
   * Completes once with the outcome, on a callback thread; never exceptionally. A copy each:
   * cancelling it stops nothing.
   */
  public CompletableFuture<Outcome> future() {
    return outcome.copy();
  }
}
