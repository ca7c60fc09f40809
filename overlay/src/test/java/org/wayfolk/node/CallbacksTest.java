package org.wayfolk.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.Records;

/** What {@code onMessage} promises, however many of one sender are out at a time. */
class CallbacksTest {
  private final NodeId slow = Records.identity(1).id();
  private final NodeId other = Records.identity(2).id();

  @Test
  void tasksOfOneSenderRunOneAfterAnotherAndInOrderAndOthersDoNotWait() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callbacks callbacks = new Callbacks(threads);
      CountDownLatch otherRan = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(200);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 200; i++) {
        int n = i;
        callbacks.post(
            slow,
            () -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              await(n == 0 ? otherRan : new CountDownLatch(0));
              order.add(n);
              inside.decrementAndGet();
              done.countDown();
              if (n % 50 == 0) {
                throw new IllegalStateException("the application's trouble");
              }
            });
      }
      callbacks.post(other, otherRan::countDown);
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(order).isEqualTo(IntStream.range(0, 200).boxed().toList());
      assertThat(most).hasValue(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
