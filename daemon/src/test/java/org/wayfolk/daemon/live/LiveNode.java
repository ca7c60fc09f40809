package org.wayfolk.daemon.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** A node in a process of its own, as {@code up --json} starts it. It ends when the test does. */
final class LiveNode implements AutoCloseable {
  private final Path home;
  private final Process process;
  private final CompletableFuture<ObjectNode> ready = new CompletableFuture<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  private LiveNode(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts a node and waits until it is ready. */
  static LiveNode start(Path home, String... options) throws Exception {
    LiveNode node = begin(home, options);
    node.ready.get(60, TimeUnit.SECONDS);
    return node;
  }

  /** Starts a node. */
  static LiveNode begin(Path home, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(List.of("up", "--json", "--until-input-ends", "--home", home.toString()));
    args.addAll(List.of(options));
    Process process =
        new ProcessBuilder(SameProgram.with(Ran.MAIN, args))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    LiveNode node = new LiveNode(home, process);
    Thread.ofVirtual().start(node::read);
    return node;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("{\"event\":\"ready\"")) {
          ready.complete(Json.parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.completeExceptionally(new IOException("ended; it said " + said));
    }
  }

  Path home() {
    return home;
  }

  String id() {
    return ready.join().path("id").asText();
  }

  String address() {
    return ready.join().path("listen").path(0).asText();
  }

  /** What others write behind {@code --join}. */
  String peer() {
    return id() + "@" + address();
  }

  long pid() {
    return process.pid();
  }

  /** Waits for a line of output that contains {@code text}. */
  String awaitLine(String text, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      for (String line : said) {
        if (line.contains(text)) {
          return line;
        }
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("no line with '" + text + "' in " + said);
      }
      Thread.sleep(20);
    }
  }

  /** Lines of output with {@code text}, so far. */
  List<String> lines(String text) {
    return said.stream().filter(l -> l.contains(text)).toList();
  }

  boolean alive() {
    return process.isAlive();
  }

  ObjectNode status() throws Failure {
    return ask(ControlClient.request("status"));
  }

  ObjectNode ask(ObjectNode request) throws Failure {
    try (ControlClient client = client()) {
      return client.call(request, Duration.ofSeconds(100));
    }
  }

  ControlClient client() throws Failure {
    return ControlClient.connect(Home.socketOf(home));
  }

  boolean linkedTo(LiveNode other) throws Failure {
    return linkedTo(other.id());
  }

  boolean linkedTo(String id) throws Failure {
    for (JsonNode link : status().path("links")) {
      if (link.path("id").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** Waits for links to all of them. */
  LiveNode awaitLinks(LiveNode... others) throws Exception {
    for (LiveNode other : others) {
      Wait.until(Duration.ofSeconds(30), () -> linkedTo(other));
    }
    return this;
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit status. */
  int terminate() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end");
    }
    return process.exitValue();
  }

  void signal(String name) throws Exception {
    Ran.command(List.of("kill", "-" + name, String.valueOf(process.pid())));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
