package org.wayfolk.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** A home and, while it is up, the process that runs it. It ends with the test. */
final class LiveHome implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration ASK = Duration.ofSeconds(90);

  private final Path directory;
  private final List<String> options;
  private @Nullable Running running;

  /** One life of the process. */
  private record Running(Process process, CompletableFuture<ObjectNode> ready, List<String> said) {}

  /**
   * A home that is not up yet.
   *
   * @param options of every {@code up}
   */
  LiveHome(Path directory, String... options) {
    this.directory = directory;
    this.options = List.of(options);
  }

  /** Starts it and waits until it is ready. */
  LiveHome up() throws Exception {
    begin().get(START.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** Starts it; the answer is what it says when it is ready. */
  CompletableFuture<ObjectNode> begin() throws IOException {
    List<String> args = new ArrayList<>(List.of("up", "--json", "--until-input-ends"));
    args.addAll(List.of("--home", directory.toString()));
    args.addAll(options);
    Process process =
        new ProcessBuilder(Program.command(args.toArray(new String[0])))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
            .start();
    Running life = new Running(process, new CompletableFuture<>(), new CopyOnWriteArrayList<>());
    running = life;
    Thread.ofVirtual().start(() -> read(life));
    return life.ready;
  }

  private static void read(Running life) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(life.process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        life.said.add(line);
        if (line.startsWith("{\"event\":\"ready\"")) {
          life.ready.complete(Json.parse(line));
        }
      }
    } catch (IOException e) {
      // It was killed; whoever waits for it is told below.
    }
    life.ready.completeExceptionally(new IOException("ended; it said " + life.said));
  }

  private Path errors() {
    return directory.resolveSibling(directory.getFileName() + ".err");
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException(directory + " was not started");
    }
    return running;
  }

  Path directory() {
    return directory;
  }

  /** What others write behind {@code --join}. */
  String peer() {
    ObjectNode ready = running().ready.join();
    return ready.path("id").asText() + "@" + ready.path("listen").path(0).asText();
  }

  ProcessHandle process() {
    return running().process.toHandle();
  }

  /** Asks its control socket. */
  ObjectNode ask(ObjectNode request) throws Failure {
    try (ControlClient client = ControlClient.connect(Home.socketOf(directory))) {
      return client.call(request, ASK);
    }
  }

  /** Asks for something that needs no arguments. */
  ObjectNode ask(String what) throws Failure {
    return ask(ControlClient.request(what));
  }

  /** Another connection, for events or for what goes on. */
  ControlClient client() throws Failure {
    return ControlClient.connect(Home.socketOf(directory));
  }

  /** The address of its page with a fresh one-time code, as {@code open --print} prints it. */
  String address() throws Failure {
    return ask("open").path("url").asText();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    running().process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits for its end. */
  void down() throws InterruptedException {
    running().process.destroy();
    if (!running().process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end");
    }
  }

  /** What it said on standard error, all its lives. */
  String complaints() throws IOException {
    return Files.exists(errors()) ? Files.readString(errors(), StandardCharsets.UTF_8) : "";
  }

  @Override
  public void close() {
    if (running != null) {
      running.process.destroyForcibly().onExit().join();
    }
  }
}
