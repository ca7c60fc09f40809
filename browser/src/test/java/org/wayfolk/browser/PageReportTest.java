package org.wayfolk.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Json;

/**
 * Measures the page: {@code ./wayfolk dev page-report} runs this and nothing else does. The figures
 * go to {@code bench/results/page.json}, with the load of the machine; none of them is asserted.
 *
 * <p>The node is started by the launcher, with its start-up cache, as its user starts it.
 */
@Tag("report")
@SuppressWarnings("NullAway.Init") // there is one test, which sets them first
final class PageReportTest {
  /** Messages of the long history; {@code -Dwayfolk.report.messages} for a quick look. */
  private static final int MESSAGES = Integer.getInteger("wayfolk.report.messages", 1_000_000);

  private static final int RUNS = 9;

  /** Clients that fill the history at once: so many writes share a transaction. */
  private static final int WRITERS = 48;

  private static final int RATE = 50;
  private static final int RATE_SECONDS = 20;
  private static final Duration IDLE = Duration.ofSeconds(20);

  private static final String[] NOUNS = {
    "ferry", "lamp", "map", "thermos", "ridge", "letter", "garden", "window", "train", "recipe",
    "boat", "mill", "river", "stove", "coat", "key", "bridge", "market", "violin", "ladder"
  };
  private static final String[] VERBS = {
    "leaves at", "is behind", "came with", "belongs to", "waits for", "is near", "was under"
  };

  @RegisterExtension final Stage stage = new Stage();

  private final ObjectNode report = Json.object();
  private Process process;
  private Path home;

  @Test
  void measures() throws Exception {
    home = stage.directory().resolve("anna");
    report.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    report.put("loadAtStart", load());
    report.put("cores", Runtime.getRuntime().availableProcessors());
    up();
    name("Anna");
    BrowserContext context = stage.browser().newContext(Stage.english());
    Person anna = new Person(new LiveHome(home), stage.tab(context).allow(""));
    anna.tab().open(url());
    anna.page().locator("[data-screen='chats']").first().waitFor();
    report.put("firstLoadBytes", firstLoad(anna.page()));
    starts(anna.page());
    memory(anna.page());
    crowd(anna);
    history(anna);
    process.destroy();
    process.waitFor(20, TimeUnit.SECONDS);
    report.put("loadAtEnd", load());
    Path file = Program.root().resolve("bench/results/page.json");
    Files.writeString(file, report.toPrettyString() + "\n");
    System.out.println(report.toPrettyString());
  }

  private static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private void up() throws Exception {
    process =
        new ProcessBuilder(
                Program.root().resolve("wayfolk").toString(),
                "--home",
                home.toString(),
                "up",
                "--json",
                "--until-input-ends",
                "--network",
                "local")
            .redirectOutput(stage.directory().resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Stage.until(
        Duration.ofMinutes(10),
        () ->
            Files.readString(stage.directory().resolve("out"), StandardCharsets.UTF_8)
                .contains("\"ready\""));
  }

  private void down() throws InterruptedException {
    process.destroy();
    process.waitFor(20, TimeUnit.SECONDS);
  }

  private ObjectNode ask(ObjectNode request) throws Exception {
    try (ControlClient client = ControlClient.connect(Home.socketOf(home))) {
      return client.call(request, Duration.ofMinutes(5));
    }
  }

  private void name(String name) throws Exception {
    ask(ControlClient.request("me").put("name", name));
  }

  private String url() throws Exception {
    return ask(ControlClient.request("open")).path("url").asText();
  }

  private static long firstLoad(Page page) {
    return ((Number)
            page.evaluate(
                """
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .reduce((sum, e) => sum + e.transferSize, 0)
                """))
        .longValue();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return Math.round(sorted.get(sorted.size() / 2) * 10) / 10.0;
  }

  /** From the start of the process to a page that shows the list, in a browser that is open. */
  private void starts(Page page) throws Exception {
    String address = page.url().replaceAll("#.*", "");
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      page.navigate("about:blank");
      down();
      long began = System.nanoTime();
      process =
          new ProcessBuilder(
                  Program.root().resolve("wayfolk").toString(),
                  "--home",
                  home.toString(),
                  "up",
                  "--json",
                  "--until-input-ends")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      while (true) {
        try {
          page.navigate(address);
          break;
        } catch (com.microsoft.playwright.PlaywrightException e) {
          Thread.sleep(5); // Nobody listens yet.
        }
      }
      page.locator("[data-screen='chats']").first().waitFor();
      wall.add((System.nanoTime() - began) / 1e6);
      cpu.add(cpuMillis());
    }
    ObjectNode out = report.putObject("start");
    out.put("wallMs", median(wall)).put("cpuMs", median(cpu));
    wall.forEach(out.putArray("allWallMs")::add);
    stage.step("start: " + out);
  }

  private double cpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
  }

  private double residentMiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS")) {
        return Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 102.4) / 10.0;
      }
    }
    return 0;
  }

  private void memory(Page page) throws Exception {
    String address = page.url();
    page.navigate("about:blank");
    down();
    up();
    Thread.sleep(IDLE);
    double headless = residentMiB();
    page.navigate(address);
    page.locator("[data-screen='chats']").first().waitFor();
    page.waitForTimeout((double) IDLE.toMillis());
    report.putObject("residentMiB").put("headless", headless).put("withPage", residentMiB());
    stage.step("memory: " + report.path("residentMiB"));
  }

  /** Somebody types while a friend sends many messages a second. */
  private void crowd(Person anna) throws Exception {
    LiveHome other = Meeting.named(stage.home("boris").up(), "Boris");
    String link = ask(ControlClient.request("invite")).path("link").asText();
    ObjectNode accept = ControlClient.request("accept").put("invitation", link);
    String card = other.ask(accept.put("timeoutMs", 60_000)).path("card").asText();
    anna.open("Boris");
    Page page = anna.page();
    page.evaluate(
        """
        () => {
          window.latencies = [];
          addEventListener('keydown', e => {
            const at = e.timeStamp;
            requestAnimationFrame(() => { const c = new MessageChannel();
              c.port1.onmessage = () => window.latencies.push(performance.now() - at);
              c.port2.postMessage(0); });
          }, true);
        }
        """);
    anna.tab().longTasks();
    AtomicInteger sent = new AtomicInteger();
    Thread sender = Thread.ofPlatform().start(() -> send(other, card, sent));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RATE_SECONDS);
    anna.composer().click();
    while (System.nanoTime() < end) {
      page.keyboard().press("a");
      page.waitForTimeout(100);
    }
    sender.join();
    page.waitForTimeout(1_000);
    List<Double> latencies = numbers(page.evaluate("() => window.latencies"));
    List<Double> tasks = anna.tab().longTasks();
    Collections.sort(latencies);
    ObjectNode out = report.putObject("crowd");
    out.put("asked", RATE).put("seconds", RATE_SECONDS).put("sent", sent.get());
    out.put("keys", latencies.size()).put("keyToPaintMs", median(latencies));
    out.put("keyToPaintP95Ms", Math.round(latencies.get(latencies.size() * 95 / 100)));
    out.put("longTasks", tasks.size());
    out.put("longestTaskMs", tasks.stream().mapToDouble(d -> d).max().orElse(0));
    stage.step("crowd: " + out);
    anna.composer().fill("");
  }

  private void send(LiveHome from, String card, AtomicInteger sent) {
    try (ControlClient client = from.client()) {
      long began = System.nanoTime();
      for (int i = 0; i < RATE * RATE_SECONDS; i++) {
        ObjectNode send = ControlClient.request("send").put("who", card);
        client.call(send.put("text", "Number " + i).put("wait", false), Duration.ofSeconds(60));
        sent.incrementAndGet();
        long wait = began + (i + 1) * 1_000_000_000L / RATE - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
      }
    } catch (Exception e) {
      System.out.println("the sender ended: " + e);
    }
  }

  private static List<Double> numbers(Object array) {
    List<Double> out = new ArrayList<>();
    for (Object each : (List<?>) array) {
      out.add(((Number) each).doubleValue());
    }
    return out;
  }

  /** A history of a million, in the notes to oneself: opened, jumped into, scrolled, searched. */
  private void history(Person anna) throws Exception {
    anna.page().navigate("about:blank");
    long began = System.nanoTime();
    String middle = fill();
    ObjectNode out = report.putObject("history");
    out.put("messages", MESSAGES).put("fillSeconds", (System.nanoTime() - began) / 1_000_000_000);
    stage.step("filled");
    down();
    up();
    anna.tab().open(url());
    Page page = anna.page();
    page.locator("[data-screen='chats']").first().waitFor();
    out.put("openMs", median(times(page, "#/c/me", "[data-line]")));
    out.put("jumpMs", median(times(page, "#/c/me/m/" + middle, "[data-line='" + middle + "']")));
    anna.tab().longTasks();
    page.evaluate("() => { location.hash = '#/c/me'; }");
    page.locator("[data-line]").last().waitFor();
    page.mouse().move(800, 400);
    for (int i = 0; i < 60; i++) {
      page.mouse().wheel(0, -900);
      page.waitForTimeout(50);
    }
    out.put("longTasksInScroll", anna.tab().longTasks().size());
    search(out);
    out.put("residentMiB", residentMiB());
    stage.step("history: " + out);
  }

  /** Fills the notes; answers a message of the middle. */
  private String fill() throws Exception {
    AtomicInteger next = new AtomicInteger();
    String[] middle = {""};
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      Random random = new Random(w);
      writers.add(Thread.ofVirtual().start(() -> write(next, random, middle)));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    return middle[0];
  }

  private void write(AtomicInteger next, Random random, String[] middle) {
    try (ControlClient client = ControlClient.connect(Home.socketOf(home))) {
      for (int i = next.getAndIncrement(); i < MESSAGES; i = next.getAndIncrement()) {
        ObjectNode send = ControlClient.request("send").put("who", "me").put("wait", false);
        ObjectNode done = client.call(send.put("text", text(i, random)), Duration.ofMinutes(2));
        if (i == MESSAGES / 2) {
          middle[0] = done.path("message").asText();
        }
        if (i % 50_000 == 0) {
          stage.step(i + " messages");
        }
      }
    } catch (Exception e) {
      System.out.println("a writer ended: " + e);
    }
  }

  private static String text(int i, Random random) {
    StringBuilder text = new StringBuilder("Note " + i + ":");
    for (int s = random.nextInt(1, 4); s > 0; s--) {
      text.append(" the ").append(NOUNS[random.nextInt(NOUNS.length)]);
      text.append(' ').append(VERBS[random.nextInt(VERBS.length)]);
      text.append(" the ").append(NOUNS[random.nextInt(NOUNS.length)]).append('.');
    }
    return i % 99_991 == 7 ? text + " A heron stood there." : text.toString();
  }

  /** Milliseconds from going somewhere to seeing it, each time from another screen. */
  private static List<Double> times(Page page, String hash, String seen) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      page.evaluate("() => { location.hash = '#/connection'; }");
      page.locator("[data-screen='connection']").waitFor();
      Object ms =
          page.evaluate(
              """
              ({hash, seen}) => new Promise(done => {
                const began = performance.now();
                location.hash = hash;
                const look = () => document.querySelector(seen)
                  ? done(performance.now() - began) : requestAnimationFrame(look);
                look();
              })
              """,
              Map.of("hash", hash, "seen", seen));
      times.add(((Number) ms).doubleValue());
    }
    return times;
  }

  /** What the daemon takes for a rare word, a common one, and the beginning of one. */
  private void search(ObjectNode out) throws Exception {
    for (String query : List.of("heron", "ferry", "fer")) {
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        long began = System.nanoTime();
        ask(ControlClient.request("search").put("query", query).put("count", 50));
        times.add((System.nanoTime() - began) / 1e6);
      }
      out.put("search_" + query + "_ms", median(times));
    }
  }
}
