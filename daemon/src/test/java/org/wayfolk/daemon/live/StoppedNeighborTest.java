package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.transport.OutboxLimits;

/** A neighbour that stops without closing anything, as a laptop that is shut. */
@Tag("process")
final class StoppedNeighborTest {
  private static final int MESSAGES = 1_000;
  private static final int SENDERS = 8;

  @TempDir Path tmp;

  @Test
  void stopsNobodyElseAndItsOutboxStaysUnderItsCap() throws Exception {
    String[] network = {"--network", "local:stopped", "--listen"};
    try (LiveNode a = LiveNode.start(tmp.resolve("a"), with(network, "127.65.5.1:0"));
        LiveNode stopped =
            LiveNode.start(tmp.resolve("s"), with(network, "127.66.6.1:0", "--join", a.peer()));
        LiveNode b =
            LiveNode.start(tmp.resolve("b"), with(network, "127.67.7.1:0", "--join", a.peer()))) {
      a.awaitLinks(stopped, b);
      b.awaitLinks(stopped);
      // A key that was never asked for would keep messages from ever being sent.
      ObjectNode before = a.ask(request(stopped, new byte[1]).put("timeoutMs", 20_000));
      assertThat(before.path("outcome").asText()).isEqualTo("delivered");
      stopped.signal("STOP");
      AtomicLong highest = new AtomicLong();
      AtomicInteger delivered = new AtomicInteger();
      // Clients close before their threads are waited for: it is what ends them.
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          ControlClient listening = b.client()) {
        Future<?> flood = threads.submit(() -> flood(a, stopped));
        Future<?> reading = threads.submit(() -> read(listening));
        Future<?> watch = threads.submit(() -> watch(a, stopped, highest));
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
          senders.add(threads.submit(() -> send(a, b, delivered)));
        }
        for (Future<?> sender : senders) {
          sender.get();
        }
        watch.cancel(true);
        reading.cancel(true);
        flood.cancel(true);
      }
      System.out.printf(
          "%d of %d delivered beside a stopped neighbour; at most %,d bytes waited for it%n",
          delivered.get(), MESSAGES, highest.get());
      assertThat(delivered).hasValue(MESSAGES);
      long cap = OutboxLimits.CONTROL + OutboxLimits.APPLICATION + OutboxLimits.TRANSIT;
      assertThat(highest.get()).isPositive().isLessThanOrEqualTo(cap);
      stopped.signal("CONT");
    }
  }

  private static String[] with(String[] network, String... more) {
    List<String> all = new ArrayList<>(List.of(network));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static void send(LiveNode from, LiveNode to, AtomicInteger delivered) {
    ObjectNode request = request(to, new byte[100]).put("timeoutMs", 60_000);
    try (ControlClient client = from.client()) {
      for (int i = 0; i < MESSAGES / SENDERS; i++) {
        ObjectNode outcome = client.call(request, Duration.ofSeconds(90));
        if (outcome.path("outcome").asText().equals("delivered")) {
          delivered.incrementAndGet();
        }
      }
    } catch (Failure e) {
      throw new IllegalStateException(e);
    }
  }

  /** Far more than the stopped one's outbox may hold. */
  private static void flood(LiveNode from, LiveNode stopped) {
    ObjectNode request = request(stopped, new byte[48 * 1024]).put("timeoutMs", 3_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        threads.execute(() -> flooding(from, request.deepCopy()));
      }
    }
  }

  private static void flooding(LiveNode from, ObjectNode request) {
    try (ControlClient client = from.client()) {
      for (int i = 0; i < 10; i++) {
        client.call(request, Duration.ofSeconds(20));
      }
    } catch (Failure e) {
      // The test is over.
    }
  }

  private static ObjectNode request(LiveNode to, byte[] payload) {
    return ControlClient.request("node.send")
        .put("to", to.id())
        .put("payload", Base64.getEncoder().encodeToString(payload));
  }

  private static void read(ControlClient client) {
    try {
      client.call(ControlClient.request("node.listen"), null, message -> {});
    } catch (Failure e) {
      // The test is over.
    }
  }

  private static void watch(LiveNode from, LiveNode stopped, AtomicLong highest) {
    try (ControlClient client = from.client()) {
      while (!Thread.currentThread().isInterrupted()) {
        ObjectNode status = client.call(ControlClient.request("status"), Duration.ofSeconds(30));
        for (JsonNode link : status.path("links")) {
          if (link.path("id").asText().equals(stopped.id())) {
            highest.accumulateAndGet(link.path("queuedBytes").asLong(), Math::max);
          }
        }
        Thread.sleep(10);
      }
    } catch (Failure | InterruptedException e) {
      // The test is over.
    }
  }
}
