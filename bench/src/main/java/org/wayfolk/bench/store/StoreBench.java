package org.wayfolk.bench.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Store;
import org.wayfolk.store.StorePlan;
import org.wayfolk.store.Vault;
import org.wayfolk.store.WrongPassphrase;

/**
 * Fills a store with messages and measures it; writes JSON:
 *
 * <pre>
 *   mvn -B -ntp -pl bench -am -DskipTests package
 *   java --enable-native-access=ALL-UNNAMED -cp 'bench/target/app/*' \
 *       org.wayfolk.bench.store.StoreBench HOME OUT.json [MESSAGES]
 * </pre>
 *
 * HOME: an empty folder on the disk to measure. Texts are words drawn from 50,000 made-up ones by
 * Zipf's law, about 100 bytes each, spread over 200 conversations.
 */
final class StoreBench {

  private static final int CONVERSATIONS = 200;
  private static final int VOCABULARY = 50_000;
  private static final int BATCH = 500;
  private static final int ROUNDS = 1_000;
  private static final byte[] PASSPHRASE = "bench".getBytes(StandardCharsets.UTF_8);

  private final SearchIndex index = new SearchIndex();
  private final Messages messages = new Messages(index);
  private final SplittableRandom random = new SplittableRandom(1);
  private final String[] words = new String[VOCABULARY];
  private final Map<String, Object> results = new LinkedHashMap<>();
  private final Path file;

  private StoreBench(Path home) {
    this.file = home.resolve("bench.db");
    for (int i = 0; i < VOCABULARY; i++) {
      StringBuilder word = new StringBuilder();
      int letters = 2 + Math.min(10, (int) (Math.log(i + 2) / Math.log(4)) + random.nextInt(3));
      for (int j = 0; j < letters; j++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
  }

  /** Entry point. */
  public static void main(String[] args) throws IOException, WrongPassphrase {
    StoreBench bench = new StoreBench(Path.of(args[0]));
    long count = args.length > 2 ? Long.parseLong(args[2]) : 1_000_000;
    double loadBefore = load();
    bench.fill(count);
    bench.measure(count);
    bench.passphrase();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("benchmark", StoreBench.class.getName());
    out.put("unit", "milliseconds unless named otherwise");
    out.put("machine", Runtime.getRuntime().availableProcessors() + " cores, shared");
    out.put("loadAverageBeforeAndAfter", List.of(loadBefore, load()));
    out.put("jdk", Runtime.version().toString());
    out.put("messages", count);
    out.put("results", bench.results);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(args[1]).toFile(), out);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private Store open() throws IOException {
    return Store.open(StorePlan.of(file, new SecureRandom(), index, messages));
  }

  private String word() {
    // Zipf with exponent 1: the rank is spread evenly over its logarithm.
    return words[(int) Math.pow(VOCABULARY, random.nextDouble()) - 1];
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    while (text.length() < 95) {
      text.append(word()).append(' ');
    }
    return text.toString();
  }

  private void fill(long count) throws IOException {
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      long began = System.nanoTime();
      for (long first = 1; first <= count; first += BATCH) {
        long from = first;
        store.write(tx -> {
          for (long id = from; id < Math.min(from + BATCH, count + 1); id++) {
            messages.add(tx, vault, id, random.nextInt(CONVERSATIONS), text());
          }
          return true;
        });
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      results.put("addedPerSecondInBatchesOf" + BATCH, Math.round(count / seconds));
    }
    results.put("fileBytes", Files.size(file));
  }

  private void measure(long count) throws IOException {
    List<Double> opens = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      long began = System.nanoTime();
      Store store = open();
      opens.add((System.nanoTime() - began) / 1e6);
      store.close();
    }
    put("openStore", opens);
    try (Store store = open()) {
      Vault vault = store.vault().orElseThrow();
      timed(
          "openConversationLast50",
          () -> store.read(tx -> messages.last(tx, vault, random.nextInt(CONVERSATIONS), 50)));
      search(store, vault, "searchOneWordOfAMessage", this::word);
      search(store, vault, "searchTwoWordsOfAMessage", () -> word() + " " + word());
      search(store, vault, "searchTwoLetters", () -> word().substring(0, 2));
      search(store, vault, "searchTheMostFrequentWord", () -> words[0] + " x");
      search(store, vault, "searchRareWord", () -> words[VOCABULARY - 1 - random.nextInt(5_000)]);
      long[] next = {count};
      timed(
          "addOneAndCommit",
          () ->
              store.write(tx -> {
                messages.add(tx, vault, ++next[0], random.nextInt(CONVERSATIONS), text());
                return true;
              }));
    }
  }

  private interface Query {
    String text();
  }

  private void search(Store store, Vault vault, String name, Query query) throws IOException {
    timed(
        name + "First50",
        () -> {
          String text = query.text();
          return store.read(tx -> index.find(tx, vault, text, 50));
        });
  }

  private void passphrase() throws IOException, WrongPassphrase {
    try (Store store = open()) {
      long began = System.nanoTime();
      store.setPassphrase(null, PASSPHRASE);
      results.put("firstPassphraseSeconds", Math.round((System.nanoTime() - began) / 1e8) / 10.0);
    }
    results.put("fileBytesAfterPassphrase", Files.size(file));
    List<Double> unlocks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (Store store = open()) {
        long began = System.nanoTime();
        store.unlock(PASSPHRASE);
        unlocks.add((System.nanoTime() - began) / 1e6);
      }
    }
    put("unlock", unlocks);
    Runtime.getRuntime().gc();
    Runtime now = Runtime.getRuntime();
    results.put("heapUsedMiB", (now.totalMemory() - now.freeMemory()) >> 20);
  }

  private interface Work {
    Object run() throws IOException;
  }

  private void timed(String name, Work work) throws IOException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      work.run();
      times.add((System.nanoTime() - began) / 1e6);
    }
    put(name, times);
  }

  private void put(String name, List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("p50", round(sorted[sorted.length / 2]));
    row.put("p95", round(sorted[sorted.length * 95 / 100]));
    row.put("max", round(Arrays.stream(sorted).max().orElseThrow()));
    results.put(name, row);
  }

  private static double round(double millis) {
    return Math.round(millis * 1_000) / 1_000.0;
  }
}
