package org.wayfolk.daemon.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;

/**
 * The demo: the story of two people. Ann and Ben take no links, so they never have one of their
 * own; Mia, Max and Moe carry what they say. They meet by five words and write; Ben is killed in
 * the middle of it, comes back, and nothing is missing.
 */
public final class Demo implements AutoCloseable {
  private static final Duration FOUND = Duration.ofSeconds(30);
  private static final Duration SEND = Duration.ofSeconds(20);

  /** From the start of the killed one to the last message: seconds on a quiet machine. */
  private static final Duration BACK = Duration.ofSeconds(90);

  /** Messages that Ann writes while Ben goes and comes. */
  private static final int STORM = 20;

  private static final int BEN = 4;

  private final Show show;
  private final String main;
  private final List<DemoNode> nodes = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile Path directory = Path.of("");

  /**
   * A demo.
   *
   * @param main main class of this program, which runs the nodes
   */
  public Demo(Voice voice, String main) {
    this.show = new Show(voice);
    this.main = main;
  }

  /**
   * Runs it, for some ten seconds.
   *
   * @throws Failure if what is to be shown is not so; nothing is left behind then either
   */
  public void run() throws Failure, InterruptedException {
    Runnable stop =
        () -> {
          stopped = true;
          close();
        };
    Thread end = new Thread(stop, "wayfolk-demo-end");
    Runtime.getRuntime().addShutdownHook(end);
    try (this) {
      directory = Files.createTempDirectory("wayfolk-demo-");
      play();
    } catch (IOException e) {
      throw Failure.failed(
          "no temporary directory can be made (" + e.getMessage() + ")", "set java.io.tmpdir");
    } catch (Failure e) {
      if (stopped) {
        throw new InterruptedException("stopped by its user");
      }
      show.failed(e.what());
      throw e;
    }
    show.done(
        "done",
        "all have left, and their files are gone",
        Json.object().put("nodes", 5).put("wallMs", show.millis()));
    show.text("");
    show.text(
        "Now yours: `wayfolk up -d`, then `wayfolk invite`, and a friend types what it says.");
  }

  private void play() throws Failure, InterruptedException {
    show.text(
        "Wayfolk demo: two people and three others on this machine, each a process of its own, no"
            + " server");
    show.text("");
    show.text("        Ann           Ann and Ben only dial: nobody can link to them,");
    show.text("      /  |  \\         so there is no link between the two.");
    show.text("   Mia  Max  Moe      Ordinary nodes: they carry what they cannot read.");
    show.text("      \\  |  /");
    show.text("        Ben");
    show.text("");
    Cast cast = start();
    meet(cast);
    befriend(cast);
    say(cast);
    leave(storm(cast));
  }

  private record Cast(DemoNode ann, DemoNode ben, List<DemoNode> middle, String network) {}

  private Cast start() throws Failure, InterruptedException {
    String network = "local:demo-" + Long.toHexString(System.nanoTime() & 0xff_ffff);
    show.waiting("starting Mia");
    DemoNode mia = node("Mia", 0, network, List.of());
    mia.await();
    show.waiting("starting the others");
    List<String> join = List.of("--join", mia.peer());
    List<String> closedEnd = List.of("--join", mia.peer(), "--max-inbound", "0");
    DemoNode max = node("Max", 1, network, join);
    DemoNode moe = node("Moe", 2, network, join);
    DemoNode ann = node("Ann", 3, network, closedEnd);
    DemoNode ben = node("Ben", BEN, network, closedEnd);
    for (DemoNode n : nodes) {
      n.await();
    }
    show.done("up", "five nodes are up; all but Mia know one address, Mia's");
    return new Cast(ann, ben, List.of(mia, max, moe), network);
  }

  /** Each on a network of its own as far as routing can tell, so that its diversity rules hold. */
  private DemoNode node(String name, int number, String network, List<String> more) throws Failure {
    String host = "127." + (21 + 10 * number) + "." + (number + 1) + ".1";
    List<String> options = new ArrayList<>(List.of("--listen", bindable(host) + ":0"));
    options.addAll(more);
    Path home = directory.resolve(name.toLowerCase(java.util.Locale.ROOT));
    DemoNode node = DemoNode.start(main, name, home, network, options);
    nodes.add(node);
    return node;
  }

  /** Not every system has all of 127/8. */
  private static String bindable(String host) {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(host, 0))) {
      return probe.isBound() ? host : "127.0.0.1";
    } catch (SocketException e) {
      return "127.0.0.1";
    }
  }

  private void meet(Cast cast) throws Failure, InterruptedException {
    show.waiting("they find each other");
    until(
        FOUND,
        "Ann and Ben did not find all others",
        () -> linkedToAll(cast.ann(), cast.middle()) && linkedToAll(cast.ben(), cast.middle()));
    show.done("met", "through that one address Ann and Ben found all three");
    if (cast.ann().linkedTo(cast.ben()) || cast.ben().linkedTo(cast.ann())) {
      throw Failure.failed("Ann and Ben have a link of their own", "please report this");
    }
    show.done("apart", "Ann and Ben have no link of their own, as their status says");
  }

  private static boolean linkedToAll(DemoNode from, List<DemoNode> to) throws Failure {
    for (DemoNode n : to) {
      if (!from.linkedTo(n)) {
        return false;
      }
    }
    return true;
  }

  private void befriend(Cast cast) throws Failure {
    show.waiting("Ann makes an invitation");
    String words = cast.ann().invite();
    show.done("invited", "Ann reads five words to Ben: " + words);
    show.waiting("Ben looks for who said so");
    String called = cast.ben().accept(words);
    if (!called.equals("Ann")) {
      throw Failure.failed("Ben met " + called + " and not Ann", "please report this");
    }
    show.done("friends", "they are friends: Ben found Ann by the words, each has the other's keys");
    String same = cast.ann().words("Ben");
    if (!same.equals(cast.ben().words("Ann"))) {
      throw Failure.failed("they see other words: somebody is between them", "please report this");
    }
    show.done("compared", "both see the same twelve words, so nobody is between them");
    show.remark(same);
  }

  private void say(Cast cast) throws Failure {
    Map<DemoNode, Long> before = forwarded(cast.middle());
    talk(cast.ann(), cast.ben(), "Hello Ben, are you there?");
    talk(cast.ben(), cast.ann(), "I am, Ann. Nobody else can read this.");
    List<String> carriers = new ArrayList<>();
    for (Map.Entry<DemoNode, Long> e : forwarded(cast.middle()).entrySet()) {
      long n = e.getValue() - before.getOrDefault(e.getKey(), 0L);
      if (n > 0) {
        carriers.add(e.getKey().name() + " " + Wording.count(n, "frame"));
      }
    }
    if (carriers.isEmpty()) {
      throw Failure.failed("nobody in the middle carried anything", "please report this");
    }
    carriers.sort(Comparator.naturalOrder());
    show.done(
        "carried",
        "the middle carried it, unread: " + String.join(", ", carriers),
        Json.object().put("carriers", carriers.size()));
  }

  private static Map<DemoNode, Long> forwarded(List<DemoNode> middle) throws Failure {
    Map<DemoNode, Long> out = new HashMap<>();
    for (DemoNode n : middle) {
      out.put(n, n.forwarded());
    }
    return out;
  }

  private void talk(DemoNode from, DemoNode to, String text) throws Failure {
    show.waiting(from.name() + " writes to " + to.name());
    ObjectNode sent = from.write(to.name(), text, SEND);
    if (!sent.path("outcome").asText().equals("delivered")) {
      throw Failure.failed(
          "%s could not reach %s (%s)"
              .formatted(from.name(), to.name(), sent.path("reason").asText("no receipt")),
          "please report this");
    }
    JsonNode got = to.history(from.name()).getLast();
    if (!got.path("text").asText().equals(text) || !got.path("from").asText().equals(from.name())) {
      throw Failure.failed(to.name() + " got something else than was sent", "please report this");
    }
    int hops = sent.path("hops").asInt();
    show.done(
        "delivered",
        "%s → %s  “%s”".formatted(from.name(), to.name(), text),
        Json.object()
            .put("from", from.name())
            .put("to", to.name())
            .put("hops", hops)
            .put("wallMs", sent.path("ms").asDouble()));
    show.remark(
        "stored there after %s, over %s"
            .formatted(Wording.millis(sent.path("ms").asDouble()), Wording.count(hops, "hop")));
  }

  /** Ann writes on and on; in the middle of it Ben's process is killed. Answers the new Ben. */
  private Cast storm(Cast cast) throws Failure, InterruptedException {
    show.waiting("Ann writes on, and Ben is killed");
    int delivered = 0;
    for (int i = 1; i <= STORM; i++) {
      if (i == STORM / 2) {
        cast.ben().kill();
      }
      // Long enough for an answer of somebody who is there; what is kept goes on by itself.
      Duration patience = i < STORM / 2 ? SEND : Duration.ofMillis(50);
      ObjectNode sent = cast.ann().write("Ben", "Message " + i, patience);
      delivered += sent.path("outcome").asText().equals("delivered") ? 1 : 0;
    }
    show.done(
        "killed",
        "kill -9 Ben while Ann writes %d messages: %d are there, %d wait with Ann"
            .formatted(STORM, delivered, STORM - delivered),
        Json.object().put("delivered", delivered).put("waiting", STORM - delivered));
    long at = System.nanoTime();
    show.waiting("Ben comes back");
    List<String> options = List.of("--join", cast.middle().getFirst().peer(), "--max-inbound", "0");
    DemoNode ben = node("Ben", BEN, cast.network(), options);
    ben.await();
    until(BACK, "Ben has not got everything", () -> messages(ben, "Ann") >= STORM);
    List<String> texts =
        ben.history("Ann").stream()
            .map(m -> m.path("text").asText())
            .filter(t -> t.startsWith("Message "))
            .toList();
    List<String> wanted = IntStream.rangeClosed(1, STORM).mapToObj(i -> "Message " + i).toList();
    if (!texts.equals(wanted)) {
      throw Failure.failed("Ben has " + texts, "please report this");
    }
    until(BACK, "Ann was not told of everything", () -> arrived(cast.ann(), "Ben"));
    show.done(
        "complete",
        "Ben is back: all %d are there, once each, in order, and Ann knows it, %s later"
            .formatted(STORM, Wording.seconds((System.nanoTime() - at) / 1e9)),
        Json.object().put("messages", STORM).put("wallMs", (System.nanoTime() - at) / 1_000_000));
    return new Cast(cast.ann(), ben, cast.middle(), cast.network());
  }

  private static long messages(DemoNode at, String friend) throws Failure {
    return at.history(friend).stream()
        .filter(m -> m.path("text").asText().startsWith("Message "))
        .count();
  }

  private static boolean arrived(DemoNode at, String friend) throws Failure {
    return at.history(friend).stream()
        .filter(m -> m.path("from").asText().equals("me"))
        .allMatch(m -> List.of("delivered", "read").contains(m.path("state").asText()));
  }

  private void leave(Cast cast) throws Failure, InterruptedException {
    show.waiting("they leave");
    List<DemoNode> all = new ArrayList<>(cast.middle());
    all.add(cast.ann());
    all.add(cast.ben());
    for (DemoNode n : all) {
      if (!n.leave(Duration.ofSeconds(10))) {
        throw Failure.failed(n.name() + " did not leave gracefully", "please report this");
      }
    }
  }

  /** A condition that takes a while. */
  private interface Condition {
    boolean holds() throws Failure;
  }

  private static void until(Duration limit, String otherwise, Condition condition)
      throws Failure, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw Failure.failed(
            otherwise + " within " + limit.toSeconds() + " s", "is the machine very busy?");
      }
      Thread.sleep(50);
    }
  }

  /** Ends every node and removes every file. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      DemoNode.endAll(nodes, directory, show);
    }
  }
}
