package org.wayfolk.daemon.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.wayfolk.daemon.feed.Feed;
import org.wayfolk.daemon.feed.Neighbours;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.node.LinkInfo;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Network;
import org.wayfolk.quic.QuicTransport;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.ThreadedHost;

/** A node on loopback in this process, its messenger, and what answers requests about people. */
public final class Person implements AutoCloseable {
  private static final Network NETWORK = Network.local("people");
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Node node;
  final LocalMessenger local;
  final PeopleRequests requests;
  private final Feed feed;
  final AtomicInteger wiped = new AtomicInteger();
  final List<Path> offered = new ArrayList<>();

  /** Starts in a directory, which may hold a store. */
  public Person(Path dir) throws IOException {
    Identity identity = Identity.mint(NETWORK.difficulty(), Progress.NONE);
    Host host = ThreadedHost.ofThisMachine();
    node =
        Node.builder(identity)
            .network(NETWORK)
            .transport(QuicTransport.builder(Address.parse("127.0.0.1:0")).host(host).build())
            .start();
    local =
        new LocalMessenger(
            dir.resolve("wayfolk.db"), file -> Messenger.start(node, identity, host, file));
    node.onMessageLater(local::take);
    feed =
        new Feed(
            local,
            () ->
                new Neighbours(
                    node.links().stream().map(LinkInfo::id).collect(Collectors.toSet()), 0),
            host.random());
    requests =
        new PeopleRequests(
            local,
            feed,
            new HomeSeams(
                () -> node.links().stream().map(LinkInfo::id).collect(Collectors.toSet()),
                (file, name) -> {
                  offered.add(file);
                  return "/blob/" + name;
                },
                wiped::incrementAndGet,
                ZoneOffset.UTC));
  }

  /** Asks, and waits for the answer. */
  public ObjectNode ask(String what, String... keysAndValues) throws Exception {
    return ask(what, object(keysAndValues));
  }

  /** Asks, and waits for the answer. */
  public ObjectNode ask(String what, ObjectNode request) throws Exception {
    return requests.handle(what, request, event -> {});
  }

  /** The words in which a request is refused. */
  Failure refused(String what, ObjectNode request) throws Exception {
    try {
      ask(what, request);
    } catch (Failure f) {
      return f;
    }
    throw new AssertionError(what + " was not refused");
  }

  static ObjectNode object(String... keysAndValues) {
    ObjectNode out = Json.object();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      out.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return out;
  }

  /** Makes two people friends: each calls the other as said. */
  static void meet(Person one, String oneName, Person other, String otherName) throws Exception {
    String link = one.ask("invite", "as", otherName).path("link").asText();
    other.ask("accept", "invitation", link, "as", oneName);
    one.await("contacts", object(), answer -> answer.path("contacts").size() == 1);
  }

  /** Asks again until an answer is as wished. */
  ObjectNode await(String what, ObjectNode request, Predicate<ObjectNode> wish) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    ObjectNode answer = ask(what, request);
    while (!wish.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " never became so: " + answer);
      }
      Thread.onSpinWait();
      answer = ask(what, request);
    }
    return answer;
  }

  /** One who follows, from now on. */
  public Follower follow() throws Exception {
    Follower f = new Follower(object());
    f.await(e -> e.path("kind").asText().equals("following"));
    return f;
  }

  /** One who follows on from what was seen. */
  public Follower follow(String epoch, long since) {
    return new Follower(object("epoch", epoch).put("since", since));
  }

  /** Reads events on a thread of its own. */
  public final class Follower implements AutoCloseable {
    private final LinkedBlockingQueue<ObjectNode> told = new LinkedBlockingQueue<>();
    private final Thread thread;

    Follower(ObjectNode request) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  requests.handle("follow", request, told::add);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt(); // closed
                } catch (Failure | IOException e) {
                  throw new IllegalStateException(e);
                }
              });
    }

    /** The next event that is as wished; what comes before it is dropped. */
    public ObjectNode await(Predicate<ObjectNode> wish) throws InterruptedException {
      List<ObjectNode> before = new ArrayList<>();
      for (ObjectNode e = next(before); ; e = next(before)) {
        if (wish.test(e)) {
          return e;
        }
        before.add(e);
      }
    }

    /** The next event of a kind. */
    public ObjectNode await(String kind) throws InterruptedException {
      return await(e -> e.path("kind").asText().equals(kind));
    }

    private ObjectNode next(List<ObjectNode> before) throws InterruptedException {
      ObjectNode e = told.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (e == null) {
        throw new AssertionError("it was never told; before came " + before);
      }
      return e;
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    feed.close();
    local.close();
    node.close();
  }
}
