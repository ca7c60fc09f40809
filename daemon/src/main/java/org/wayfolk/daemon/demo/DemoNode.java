package org.wayfolk.daemon.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.wayfolk.daemon.control.ControlClient;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.process.SameProgram;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** One node of the demo: a process, and its control socket. */
final class DemoNode implements AutoCloseable {
  /** A cold start of five on two slow cores takes a tenth of this. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration ASK = Duration.ofSeconds(20);
  private static final Duration MEET = Duration.ofSeconds(60);

  private final String name;
  private final Path home;
  private final Process process;
  private final CompletableFuture<ObjectNode> ready = new CompletableFuture<>();
  private String id = "";
  private String address = "";

  private DemoNode(String name, Path home, Process process) {
    this.name = name;
    this.home = home;
    this.process = process;
  }

  /**
   * Starts a node; it ends when this process does.
   *
   * @param options of {@code up}, besides home and network
   */
  static DemoNode start(String main, String name, Path home, String network, List<String> options)
      throws Failure {
    List<String> command =
        SameProgram.with(
            main,
            List.of("up", "--json", "--until-input-ends", "--home", home.toString(), "--network"));
    command.add(network);
    command.addAll(options);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      DemoNode node = new DemoNode(name, home, process);
      Thread.ofVirtual().name("demo-" + name).start(node::read);
      return node;
    } catch (IOException e) {
      throw Failure.failed(
          "no process can be started for " + name + " (" + e.getMessage() + ")",
          "check the limits of this machine");
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ObjectNode said = Json.parse(line);
        if (said.path("event").asText().equals("ready")) {
          ready.complete(said);
        } else if (said.has("error")) {
          ready.completeExceptionally(new IOException(said.path("error").asText()));
        }
      }
    } catch (IOException e) {
      // It ended; whoever waits for it is told below.
    }
    ready.completeExceptionally(new IOException("it ended"));
  }

  /** Waits until it is up. */
  void await() throws Failure, InterruptedException {
    try {
      ObjectNode said = ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
      id = said.path("id").asText();
      address = said.path("listen").path(0).asText();
    } catch (ExecutionException e) {
      throw Failure.failed(
          name + " did not start: " + String.valueOf(e.getCause()), "see `wayfolk up` by hand");
    } catch (TimeoutException e) {
      throw Failure.failed(name + " did not start within a minute", "is the machine very busy?");
    }
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  /** How others are told to join it. */
  String peer() {
    return id + "@" + address;
  }

  ObjectNode status() throws Failure {
    return call(ControlClient.request("status"), ASK);
  }

  long forwarded() throws Failure {
    return status().path("forwarded").asLong();
  }

  boolean linkedTo(DemoNode other) throws Failure {
    for (JsonNode link : status().path("links")) {
      if (link.path("id").asText().equals(other.id)) {
        return true;
      }
    }
    return false;
  }

  /** Invites somebody; answers the five words to be spoken. */
  String invite() throws Failure {
    return call(ControlClient.request("invite").put("name", name), ASK).path("code").asText();
  }

  /** Invites somebody; answers the link. */
  String link() throws Failure {
    return call(ControlClient.request("invite").put("name", name), ASK).path("link").asText();
  }

  /** Accepts five words or a link; answers what the friend is called here. */
  String accept(String words) throws Failure {
    ObjectNode request = ControlClient.request("accept").put("invitation", words);
    request.put("name", name).put("timeoutMs", MEET.toMillis());
    return call(request, MEET.plus(ASK)).path("name").asText();
  }

  /** The words that two friends compare. */
  String words(String friend) throws Failure {
    ObjectNode request = ControlClient.request("contact").put("who", friend).put("act", "words");
    StringJoiner words = new StringJoiner(" ");
    call(request, ASK).path("words").forEach(w -> words.add(w.asText()));
    return words.toString();
  }

  /** Writes to a friend, and waits for what becomes of it. */
  ObjectNode write(String friend, String text, Duration limit) throws Failure {
    ObjectNode request = ControlClient.request("send").put("who", friend).put("text", text);
    request.put("timeoutMs", limit.toMillis());
    return call(request, limit.plusSeconds(10));
  }

  /** Writes to a friend, as an answer to a message unless that is empty; answers the message. */
  String say(String friend, String text, String replyTo) throws Failure {
    ObjectNode request = ControlClient.request("send").put("who", friend).put("text", text);
    if (!replyTo.isEmpty()) {
      request.put("replyTo", replyTo);
    }
    return call(request.put("timeoutMs", ASK.toMillis()), ASK.plusSeconds(10))
        .path("message")
        .asText();
  }

  /** Puts an emoji on a message. */
  void react(String message, String emoji) throws Failure {
    ObjectNode request = ControlClient.request("react").put("message", message);
    call(request.put("emoji", emoji).put("on", true), ASK);
  }

  /** A fresh one-time address of its page, and the word that it will show. */
  ObjectNode open() throws Failure {
    return call(ControlClient.request("open"), ASK);
  }

  /** Everything written with a friend, oldest first. */
  List<JsonNode> history(String friend) throws Failure {
    ObjectNode request = ControlClient.request("history").put("who", friend).put("count", 1_000);
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode line : call(request, ASK).path("messages")) {
      if (!line.has("note")) {
        lines.add(line);
      }
    }
    return lines;
  }

  private ObjectNode call(ObjectNode request, Duration limit) throws Failure {
    try (ControlClient client = ControlClient.connect(Home.socketOf(home))) {
      return client.call(request, limit);
    }
  }

  /** Ends it without a word, as a power cut would: {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to leave; answers whether it did so gracefully. */
  boolean leave(Duration limit) throws InterruptedException {
    process.destroy();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
  }

  /**
   * Ends nodes and removes every file of theirs.
   *
   * @param directory where their homes are; the empty path if there are none yet
   */
  static void endAll(List<DemoNode> nodes, Path directory, Show show) {
    nodes.forEach(DemoNode::close);
    if (directory.toString().isEmpty()) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
    } catch (IOException e) {
      show.remark("could not remove " + directory);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
