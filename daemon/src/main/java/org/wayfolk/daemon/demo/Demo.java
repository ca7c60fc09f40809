package org.wayfolk.daemon.demo;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.terminal.Wording;

/**
 * The demo: Ann and Ben take no links, so they never have one of their own; Mia, Max and Moe carry
 * what they say. Then one of the three is killed.
 */
public final class Demo implements AutoCloseable {
  /** A promise of the design: after a death everybody is reached again within this. */
  private static final Duration HEALED = Duration.ofSeconds(75);

  private static final Duration FOUND = Duration.ofSeconds(30);
  private static final Duration SEND = Duration.ofSeconds(20);

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
        "the nodes have left and their files are gone",
        Json.object().put("nodes", 5).put("wallMs", show.millis()));
    show.text("");
    show.text("Now yours: `wayfolk up`, and on another machine `wayfolk up --join ID@HOST:PORT`.");
  }

  private void play() throws Failure, InterruptedException {
    show.text("Wayfolk demo: five nodes on this machine, each a process of its own, no server");
    show.text("");
    show.text("        Ann           Ann and Ben only dial: nobody can link to them,");
    show.text("      /  |  \\         so there is no link between the two.");
    show.text("   Mia  Max  Moe      Ordinary nodes: they carry what they cannot read.");
    show.text("      \\  |  /");
    show.text("        Ben");
    show.text("");
    Cast cast = start();
    meet(cast);
    say(cast);
    DemoNode dead = heal(cast);
    leave(cast, dead);
  }

  private record Cast(DemoNode ann, DemoNode ben, List<DemoNode> middle) {}

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
    DemoNode ben = node("Ben", 4, network, closedEnd);
    for (DemoNode n : nodes) {
      n.await();
    }
    show.done("up", "five nodes are up; all but Mia know one address, Mia's");
    return new Cast(ann, ben, List.of(mia, max, moe));
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

  private void say(Cast cast) throws Failure {
    Map<DemoNode, Long> before = forwarded(cast.middle());
    talk(cast.ann(), cast.ben(), "Hello Ben, are you there?", SEND);
    talk(cast.ben(), cast.ann(), "I am, Ann. Nobody else could read this.", SEND);
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

  private void talk(DemoNode from, DemoNode to, String text, Duration limit) throws Failure {
    show.waiting(from.name() + " writes to " + to.name());
    ObjectNode sent = from.send(to, text, limit);
    if (!sent.path("outcome").asText().equals("delivered")) {
      throw Failure.failed(
          "%s could not reach %s (%s)"
              .formatted(from.name(), to.name(), sent.path("reason").asText("no receipt")),
          "please report this");
    }
    ObjectNode got = to.receive();
    boolean same =
        got.path("text").asText().equals(text) && got.path("from").asText().equals(from.id());
    if (!same) {
      throw Failure.failed(to.name() + " got something else than was sent", "please report this");
    }
    int hops = sent.path("hops").asInt();
    int tries = sent.path("tries").asInt();
    show.done(
        "delivered",
        "%s → %s  “%s”".formatted(from.name(), to.name(), text),
        Json.object()
            .put("from", from.name())
            .put("to", to.name())
            .put("hops", hops)
            .put("tries", tries)
            .put("wallMs", sent.path("ms").asDouble()));
    show.remark(
        "receipt after %s, %s, %s"
            .formatted(
                Wording.millis(sent.path("ms").asDouble()),
                Wording.count(hops, "hop"),
                tries == 1 ? "first try" : "try " + tries));
  }

  private DemoNode heal(Cast cast) throws Failure, InterruptedException {
    DemoNode dead = busiest(cast.middle());
    dead.kill();
    long at = System.nanoTime();
    show.done("killed", "kill -9 " + dead.name() + ", who carried most: no farewell, it is gone");
    talk(cast.ann(), cast.ben(), "Did you notice anything?", HEALED);
    talk(cast.ben(), cast.ann(), "No. What happened?", HEALED);
    double reached = (System.nanoTime() - at) / 1e9;
    show.waiting("the others notice that " + dead.name() + " is gone");
    until(
        HEALED,
        "not everybody noticed that " + dead.name() + " is gone",
        () -> {
          for (DemoNode n : nodes) {
            if (!n.equals(dead) && n.linkedTo(dead)) {
              return false;
            }
          }
          return true;
        });
    double noticed = (System.nanoTime() - at) / 1e9;
    show.done(
        "healed",
        "healed: both reached each other %s after the kill, all noticed in %s"
            .formatted(Wording.millis(reached * 1e3), Wording.seconds(noticed)),
        Json.object()
            .put("killed", dead.name())
            .put("wallReachedMs", Math.round(reached * 1e3))
            .put("wallNoticedMs", Math.round(noticed * 1e3)));
    return dead;
  }

  private static DemoNode busiest(List<DemoNode> middle) throws Failure {
    Map<DemoNode, Long> counts = forwarded(middle);
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void leave(Cast cast, DemoNode dead) throws Failure, InterruptedException {
    show.waiting("they leave");
    List<DemoNode> all = nodes.stream().filter(n -> !n.equals(dead)).collect(Collectors.toList());
    all.remove(cast.ben());
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
    if (!closed.compareAndSet(false, true)) {
      return;
    }
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
}
