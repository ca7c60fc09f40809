package org.wayfolk.daemon.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;

/**
 * The demo for the eye: two people who have met and written, and the page of each, to be laid side
 * by side. It goes on until it is told to end, and leaves nothing behind.
 */
public final class Pages implements AutoCloseable {
  /** What they have written: who, text, which line before it is answered (0: none), reactions. */
  private record Said(String from, String text, int answers, String reaction) {}

  private static final List<Said> STORY =
      List.of(
          new Said("Ann", "Hi Ben, it worked. No account, no number, just your link.", 0, "🎉"),
          new Said("Ben", "Same here. Where is the server?", 0, ""),
          new Said("Ann", "There is none. What you write goes from your computer to mine.", 2, ""),
          new Said("Ben", "And when yours is off?", 0, ""),
          new Said("Ann", "Then it waits with you, says so, and goes by itself later.", 4, "👍"),
          new Said("Ben", "Good. Saturday at the lake? I bring the bread.", 0, ""),
          new Said("Ann", "Saturday, half past nine, at the boat house.", 6, ""));

  /** Shows a page. */
  public interface Opener {
    /**
     * Shows a page, given what {@code open} answered; false if it must be done by hand.
     *
     * @throws InterruptedException if it is not wanted any more
     */
    boolean open(ObjectNode opened) throws InterruptedException;
  }

  private final Show show;
  private final String main;
  private final Opener opener;
  private final List<DemoNode> nodes = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Path directory = Path.of("");

  /**
   * A showing.
   *
   * @param main main class of this program, which runs the nodes
   * @param opener shows a page; called on the thread of {@link #run}
   */
  public Pages(Voice voice, String main, Opener opener) {
    this.show = new Show(voice);
    this.main = main;
    this.opener = opener;
  }

  /**
   * Runs it until an empty line is typed or the input ends.
   *
   * @param input what is typed
   * @throws Failure if what is to be shown is not so; nothing is left behind then either
   */
  public void run(BufferedReader input) throws Failure, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "wayfolk-demo-end"));
    try (this) {
      directory = Files.createTempDirectory("wayfolk-demo-");
      show.text("Wayfolk demo: two people on this machine, and the page of each.");
      show.text("");
      start();
      talk();
      do {
        addresses();
      } while (again(input));
    } catch (IOException e) {
      throw Failure.failed(
          "no temporary directory can be made (" + e.getMessage() + ")", "set java.io.tmpdir");
    }
    show.done("done", "both have left, and their files are gone");
  }

  private void start() throws Failure, InterruptedException {
    String network = "local:demo-" + Long.toHexString(System.nanoTime() & 0xff_ffff);
    show.waiting("starting Ann and Ben");
    for (String name : List.of("Ann", "Ben")) {
      Path home = directory.resolve(name.toLowerCase(Locale.ROOT));
      nodes.add(DemoNode.start(main, name, home, network, List.of("--listen", "127.0.0.1:0")));
    }
    for (DemoNode node : nodes) {
      node.await();
    }
    show.done("up", "two nodes are up");
  }

  private void talk() throws Failure {
    show.waiting("they meet");
    DemoNode ann = nodes.getFirst();
    DemoNode ben = nodes.getLast();
    ben.accept(ann.link());
    show.done("friends", "Ben has accepted Ann's invitation");
    show.waiting("they write");
    List<String> messages = new ArrayList<>(List.of(""));
    for (Said said : STORY) {
      DemoNode from = said.from.equals("Ann") ? ann : ben;
      DemoNode to = from == ann ? ben : ann;
      String message = from.say(to.name(), said.text, messages.get(said.answers));
      messages.add(message);
      if (!said.reaction.isEmpty()) {
        to.react(message, said.reaction);
      }
    }
    show.done("talked", "they have written " + STORY.size() + " messages");
  }

  /** Opens both pages; an address is only printed where no browser could be started for it. */
  private void addresses() throws Failure, InterruptedException {
    for (DemoNode node : nodes) {
      ObjectNode open = node.open();
      boolean shown = opener.open(open);
      String word = open.path("word").asText();
      ObjectNode facts = Json.object().put("name", node.name()).put("word", word);
      if (!shown) {
        facts.put("url", open.path("url").asText());
      }
      show.text("");
      show.done(
          "page",
          "%s’s page%s; it shows the word “%s”"
              .formatted(node.name(), shown ? " is in your browser" : "", word),
          facts.put("opened", shown));
      if (!shown) {
        show.remark(open.path("url").asText());
      }
    }
    show.text("");
    show.text("A page is opened once, within a minute. A letter and Enter: anew. Enter: end.");
  }

  /** Whether new addresses are wanted; false when it is to end. */
  private static boolean again(BufferedReader input) throws IOException {
    String line = input.readLine();
    return line != null && !line.isBlank();
  }

  /** Ends both nodes and removes every file. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      DemoNode.endAll(nodes, directory, show);
    }
  }
}
