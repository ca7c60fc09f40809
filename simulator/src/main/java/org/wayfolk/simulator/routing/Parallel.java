package org.wayfolk.simulator.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The same work in parts, on some threads; which thread does which part must not matter. */
final class Parallel {
  private Parallel() {}

  /** Does parts 0 to {@code parts} - 1, each once, and waits for all. */
  static void each(int parts, int threads, IntConsumer part) {
    each(parts, threads, () -> part);
  }

  /** The same; each thread makes itself what does its parts. */
  static void each(int parts, int threads, Supplier<IntConsumer> worker) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int t = 0; t < threads; t++) {
        running.add(
            pool.submit(() -> {
              IntConsumer part = worker.get();
              for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                part.accept(i);
              }
            }));
      }
    }
    for (Future<?> f : running) {
      try {
        f.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
