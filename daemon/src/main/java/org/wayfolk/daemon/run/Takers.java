package org.wayfolk.daemon.run;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;

/**
 * Who takes the messages of which application. One that nobody takes is answered with {@link
 * Handled.Verdict#NO_HANDLER}, so its sender tries again: the application may still be starting.
 * Any thread.
 */
final class Takers {
  private final Map<Integer, Function<Message, CompletionStage<Handled.Verdict>>> byApplication =
      new ConcurrentHashMap<>();

  /** Says who takes the messages of one application; replaces who did. */
  void put(int application, Function<Message, CompletionStage<Handled.Verdict>> taker) {
    byApplication.put(application, taker);
  }

  /** Gives a message to who takes it. */
  CompletionStage<Handled.Verdict> take(Message m) {
    Function<Message, CompletionStage<Handled.Verdict>> taker = byApplication.get(m.application());
    return taker == null
        ? CompletableFuture.completedFuture(Handled.Verdict.NO_HANDLER)
        : taker.apply(m);
  }
}
