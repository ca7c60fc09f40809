package org.wayfolk.bench.quic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;

/**
 * Measures links between two processes on loopback and writes JSON:
 *
 * <pre>
 *   mvn -B -ntp -pl bench -am test-compile
 *   java --enable-native-access=ALL-UNNAMED -cp CLASSPATH org.wayfolk.bench.quic.QuicBench OUT.json [SPIKE.txt]
 * </pre>
 *
 * SPIKE.txt: the printed lines of the spike's own run in the same minutes, kept as they are. The
 * dialling end offers frames from its main thread through {@code Link.offer}, as a node's loop
 * does; the other end counts on its transport's thread.
 */
final class QuicBench {
  private static final int RUNS = 5;
  private static final String ROWS =
      "frames_64_B,frames_1_KiB,frames_1200_B,frames_64_KiB,handshakes_one_after_the_other,"
          + "handshakes_64_at_once";

  private final BenchNode node;
  private final Address server;
  private final long serverPid;

  private QuicBench(BenchNode node, Address server, long serverPid) {
    this.node = node;
    this.server = server;
    this.serverPid = serverPid;
  }

  /** Does an amount of work and answers how much. */
  private interface Work {
    double run() throws InterruptedException;
  }

  static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      serve(Boolean.parseBoolean(args[1]));
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", java.time.Instant.now().toString());
    all.put("cores", Runtime.getRuntime().availableProcessors());
    all.put("java", Runtime.version().toString());
    all.put("load_before", load());
    all.put(
        "how",
        "two processes on loopback, mutual TLS, X25519MLKEM768; median of 5 after warm-up; cpu of"
            + " both");
    all.put("system_calls", measured(false));
    all.put("java_nio", measured(true));
    if (args.length > 1) {
      all.put("spike_same_minutes", Files.readAllLines(Path.of(args[1])));
    }
    all.put("load_after", load());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(args[0]).toFile(), all);
  }

  private static void serve(boolean portable) throws IOException {
    try (BenchNode node = new BenchNode(portable)) {
      System.out.println(node.transport().bound().getFirst());
      System.out.flush();
      int end = System.in.read();
      assert end < 0;
    }
  }

  private static Map<String, Object> measured(boolean portable) throws Exception {
    Process p =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                QuicBench.class.getName(),
                "serve",
                String.valueOf(portable))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = p.inputReader();
        BenchNode node = new BenchNode(portable)) {
      Address at = Address.parse(String.valueOf(out.readLine()));
      return new QuicBench(node, at, p.pid()).all();
    } finally {
      p.destroy();
      p.waitFor();
    }
  }

  private Map<String, Object> all() throws InterruptedException, IOException {
    Map<String, Object> results = new LinkedHashMap<>();
    for (String row : System.getProperty("rows", ROWS).split(",", -1)) {
      results.put(
          row,
          switch (row) {
            case "frames_64_B" -> frames(64, 1_000_000);
            case "frames_1_KiB" -> frames(1024, 100_000);
            case "frames_1200_B" -> frames(1200, 100_000);
            case "frames_64_KiB" -> frames(65_536, 3_000);
            case "handshakes_one_after_the_other" -> measure(0, () -> sequential(200));
            case "handshakes_64_at_once" -> measure(0, () -> parallel(4, 64));
            default -> throw new IllegalArgumentException("no row " + row);
          });
    }
    results.put("counters", node.transport().counters());
    return results;
  }

  private Map<String, Object> frames(int size, int count) throws InterruptedException, IOException {
    Link link = node.dial(server);
    Map<String, Object> row =
        measure(
            size,
            () -> {
              node.pump(link, count, size);
              return count;
            });
    link.close(CloseReason.NORMAL);
    return row;
  }

  private double sequential(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      Link l = node.dial(server);
      node.send(l, BenchNode.ASK, 8);
      BenchNode.next(node.answers).close(CloseReason.NORMAL);
    }
    return count;
  }

  private double parallel(int waves, int width) throws InterruptedException {
    for (int w = 0; w < waves; w++) {
      for (int i = 0; i < width; i++) {
        node.transport().dial(1 + i, server, null);
      }
      for (int i = 0; i < width; i++) {
        node.send(BenchNode.next(node.opened), BenchNode.ASK, 8);
      }
      for (int i = 0; i < width; i++) {
        BenchNode.next(node.answers).close(CloseReason.NORMAL);
      }
    }
    return (double) waves * width;
  }

  private Map<String, Object> measure(int bytes, Work work)
      throws InterruptedException, IOException {
    for (int i = 0; i < 3; i++) {
      work.run();
    }
    List<Double> rates = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    for (int i = 0; i < RUNS; i++) {
      double cpu = cpuSeconds(self) + cpuSeconds(serverPid);
      long start = System.nanoTime();
      double units = work.run();
      rates.add(units / ((System.nanoTime() - start) / 1e9));
      costs.add((cpuSeconds(self) + cpuSeconds(serverPid) - cpu) / units);
    }
    Collections.sort(rates);
    Collections.sort(costs);
    Map<String, Object> row = new LinkedHashMap<>();
    double rate = rates.get(RUNS / 2);
    double cost = costs.get(RUNS / 2);
    row.put("per_second", Math.round(rate));
    row.put("per_second_low", Math.round(rates.getFirst()));
    row.put("per_second_high", Math.round(rates.getLast()));
    row.put("us_cpu_each", Math.round(cost * 1e9) / 1e3);
    if (bytes > 0) {
      row.put("MB_per_second", Math.round(rate * bytes / 1e5) / 10.0);
      row.put("cpu_seconds_per_GB", Math.round(cost / bytes * 1e11) / 100.0);
    }
    row.put("load", load());
    System.err.println(row);
    return row;
  }

  /** CPU of all threads, from the scheduler's nanosecond counters. */
  private static double cpuSeconds(long pid) throws IOException {
    long nanos = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path t : threads) {
        String s = Files.readString(t.resolve("schedstat"));
        nanos += Long.parseLong(s.substring(0, s.indexOf(' ')));
      }
    }
    return nanos / 1e9;
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
  }
}
