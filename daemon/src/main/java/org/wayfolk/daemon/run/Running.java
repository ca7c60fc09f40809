package org.wayfolk.daemon.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wayfolk.daemon.control.ControlServer;
import org.wayfolk.daemon.feed.Feed;
import org.wayfolk.daemon.feed.Neighbours;
import org.wayfolk.daemon.home.CarriedFile;
import org.wayfolk.daemon.home.DiskTrouble;
import org.wayfolk.daemon.home.Home;
import org.wayfolk.daemon.home.PeersFile;
import org.wayfolk.daemon.home.SealingFile;
import org.wayfolk.daemon.log.LogFile;
import org.wayfolk.daemon.people.HomeSeams;
import org.wayfolk.daemon.people.LocalMessenger;
import org.wayfolk.daemon.people.PeopleRequests;
import org.wayfolk.daemon.process.Version;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;
import org.wayfolk.daemon.terminal.Voice;
import org.wayfolk.daemon.web.Page;
import org.wayfolk.delivery.Applications;
import org.wayfolk.delivery.Handled;
import org.wayfolk.delivery.Message;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.Messenger;
import org.wayfolk.node.LinkInfo;
import org.wayfolk.node.Node;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.peer.Cost;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;
import org.wayfolk.quic.QuicTransport;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.ThreadedHost;

/** A node at work on a home, from its start to its graceful end. */
public final class Running implements AutoCloseable {
  /** Time without any link after which the node says so and what to do. */
  private static final Duration ALONE = Duration.ofSeconds(10);

  /** A dial that was begun at the start has failed by then. */
  private static final Duration LAST_DIAL = Duration.ofSeconds(2);

  /** Lets the answer to {@code down} leave before its socket is closed. */
  private static final Duration LAST_WORDS = Duration.ofMillis(50);

  private final Home home;
  private final Node node;
  private final Identity identity;
  private final Host host;
  private final Voice voice;
  private final Notices notices;
  private final Ring<RawMessage> ring = new Ring<>(Ring.SIZE);
  private final Takers takers = new Takers();
  private final CountDownLatch wanted = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LocalMessenger people;
  private final Carrying carrying;
  private final Feed feed;
  private @Nullable ControlServer control;
  private @Nullable Page page;
  private @Nullable Requests requests;

  private Running(Home home, Node node, Identity identity, Host host, Voice voice) {
    this.home = home;
    this.node = node;
    this.identity = identity;
    this.host = host;
    this.voice = voice;
    this.notices = new Notices(voice, node);
    this.carrying = new Carrying(new OverlayNode(node), home);
    this.people = new LocalMessenger(home.store(), this::openPeople);
    this.feed = new Feed(people, this::neighbours, host.random());
  }

  /** Not a constant: whoever asks for a logger before {@link LogFile#to} turns all logging off. */
  private static Logger log() {
    return LoggerFactory.getLogger(Running.class);
  }

  /**
   * Starts a node. Returns once it is bound and answers commands, whatever its peers do.
   *
   * @throws Failure if it cannot start; nothing of the home is lost then
   */
  public static Running start(UpPlan plan, Voice voice) throws Failure {
    Home home = Home.open(plan.home());
    try {
      LogFile.to(home.dir().resolve("log"), plan.verbose());
      FirstRun first = new FirstRun(home, voice);
      Network network = first.network(plan.network());
      Listening at = Listening.of(plan.listen(), home.config().port(), network.loopback());
      Identity identity = first.identity(network, plan.seed());
      Host host = ThreadedHost.ofThisMachine();
      Node node = new Binding(home, voice, plan, identity, network, host).bind(at);
      Running running = new Running(home, node, identity, host, voice);
      try {
        running.settle(at, plan);
        running.page = running.bindPage(plan.page());
        running.serve();
      } catch (Failure e) {
        running.closePage();
        node.close();
        throw e;
      }
      return running;
    } catch (Failure e) {
      home.close();
      throw e;
    }
  }

  /** Puts the node together and binds it to the first address that is free. */
  private record Binding(
      Home home, Voice voice, UpPlan plan, Identity identity, Network network, Host host) {
    /** A full disk is met every half minute; its user is told once, the log each time. */
    private static final AtomicBoolean diskTold = new AtomicBoolean();

    Node bind(Listening at) throws Failure {
      Address last = at.tries().getLast();
      for (Address address : at.tries()) {
        try {
          return builder(address).start();
        } catch (IOException e) {
          if (address.equals(last)) {
            throw busy(address, e);
          }
        }
      }
      throw new IllegalStateException("no address to try");
    }

    private NodeBuilder builder(Address address) {
      NodeBuilder builder =
          Node.builder(identity)
              .network(network)
              .transport(QuicTransport.builder(address).host(host).build())
              .dialable(plan.dialable())
              .interfaces(Interfaces::addresses)
              .peerCache(new PeersFile(home, this::disk))
              .sealingStore(new SealingFile(home, this::disk))
              .carry(plan.carryPerDay() >= 0 ? plan.carryPerDay() : Carrying.perDay(home))
              .cost(cost())
              .carryZone(ZoneId.systemDefault());
      CarriedFile.Figure before = new CarriedFile(home).load();
      builder.carriedBefore(before.bytes(), before.atMillis());
      if (plan.maxInbound() >= 0) {
        builder.maxInbound(plan.maxInbound());
      }
      if (plan.maxInboundPerAddress() >= 0) {
        builder.maxInboundPerAddress(plan.maxInboundPerAddress());
      }
      return builder;
    }

    private Cost cost() {
      Cost asked = plan.cost();
      return asked != null ? asked : CostWord.kept(home.config().cost());
    }

    private void disk(Failure trouble) {
      log().warn("home: {}", trouble.what());
      if (diskTold.compareAndSet(false, true)) {
        voice.warn(trouble.what(), "the node goes on; " + trouble.remedy());
      }
    }

    private Failure busy(Address at, IOException e) {
      String reason = String.valueOf(e.getMessage());
      boolean used = reason.contains("in use");
      boolean kept = plan.listen() == null && at.port() != 0;
      String what =
          used
              ? "port " + at.port() + " of " + host(at) + " is in use by another program"
              : reason.startsWith("cannot listen")
                  ? reason
                  : "cannot listen at " + at + " (" + reason + ")";
      String which = kept ? " (the port kept for this home)" : "";
      return Failure.failed(
          what + which,
          used
              ? "end that program, or choose another port with --listen HOST:PORT"
              : "choose an address of this machine with --listen HOST:PORT");
    }

    private static String host(Address at) {
      String text = at.toString();
      return text.substring(0, text.lastIndexOf(':'));
    }
  }

  /** Keeps what was chosen, so that the next start is the same. */
  private void settle(Listening at, UpPlan plan) throws Failure {
    if (plan.carryPerDay() >= 0) {
      home.keepCarryPerDay(plan.carryPerDay());
    }
    Cost cost = plan.cost();
    if (cost != null) {
      home.keepCost(CostWord.of(cost));
    }
    int port = node.addresses().getFirst().port();
    int kept = home.config().port();
    home.keep(node.network().name(), node.id().hex(), at.chosen() || kept == 0 ? port : kept);
  }

  private void serve() throws Failure {
    takers.put(Applications.RAW, m -> CompletableFuture.completedFuture(keep(m)));
    takers.put(Applications.MESSENGER, people::take);
    node.onMessageLater(takers::take);
    carrying.start();
    Requests all =
        new Requests(
            new OverlayNode(node),
            ring,
            carrying,
            new PeopleRequests(people, feed, seams()),
            this::endSoon,
            page);
    requests = all;
    try {
      control = ControlServer.open(home.prepareSocket(), all);
    } catch (IOException e) {
      throw DiskTrouble.explain(e, "opening the control socket", home.dir());
    }
  }

  /** Called at most once; blocks on the disk. */
  private Messenger openPeople(Path store) throws IOException {
    return Messenger.start(node, identity, host, store);
  }

  private HomeSeams seams() {
    return new HomeSeams(
        () -> neighbours().linked(),
        (file, name) -> {
          Page p = page;
          if (p == null) {
            throw Failure.failed("this node serves no page", "use `wayfolk backup` or `export`");
          }
          return p.blobs().offer(file, name);
        },
        () -> {
          home.wipe();
          endSoon();
        },
        ZoneId.systemDefault());
  }

  private Neighbours neighbours() {
    List<LinkInfo> links = node.links();
    return new Neighbours(
        links.stream().map(LinkInfo::id).collect(Collectors.toSet()),
        (int) links.stream().filter(LinkInfo::sibling).count());
  }

  private Handled.Verdict keep(Message m) {
    String protection = m.protection().name().toLowerCase(java.util.Locale.ROOT);
    RawMessage raw = new RawMessage(m.from(), m.payload(), protection, System.currentTimeMillis());
    return ring.offer(raw) ? Handled.Verdict.ACCEPTED : Handled.Verdict.FAILED;
  }

  /** Says that the node is ready. */
  public void announce() {
    List<String> listen = node.addresses().stream().map(Address::toString).toList();
    ObjectNode ready = Json.object().put("event", "ready").put("id", node.id().hex());
    ArrayNode array = ready.putArray("listen");
    listen.forEach(array::add);
    ready.put("network", node.network().name());
    Page p = page;
    if (p != null) {
      ready.put("page", p.address());
    }
    voice.result(ready);
    voice.say(
        "%s %s is up on network %s, listening at %s"
            .formatted(
                voice.paint().good("●"),
                voice.paint().strong(node.id().shortHex()),
                node.network().name(),
                String.join(", ", listen)));
    if (p != null) {
      voice.say(voice.paint().faint("  Its page opens with: wayfolk open"));
    }
    voice.say(voice.paint().faint("  Others join with: wayfolk up " + invitation()));
    if (home.config().carryPerDay().isEmpty()) {
      voice.say(voice.paint().faint("  " + Carrying.unasked()));
    }
  }

  /** What another node is started with to join this one. */
  private String invitation() {
    String network = node.network().name();
    String join = "--join " + node.id().hex() + "@" + Interfaces.seen(node.addresses().getFirst());
    return network.equals("main") ? join : "--network " + network + " " + join;
  }

  /** Begins to join, and watches over being alone. Call after {@link #announce}. */
  public void join(List<UpPlan.Join> joins) {
    log().info("up node={} network={}", node.id().shortHex(), node.network().name());
    node.onNotice(notices::tell);
    servePage();
    people.openIfThere(trouble -> voice.warn(trouble.what(), trouble.remedy()));
    if (!joins.isEmpty()) {
      Thread.ofVirtual().name("wayfolk-join").start(() -> joins.forEach(this::joinOne));
    }
    Thread.ofVirtual().name("wayfolk-alone").start(() -> watchAlone(!joins.isEmpty()));
  }

  /** A node is of use without its page, unless its user asked for a certain one. */
  private @Nullable Page bindPage(int wanted) throws Failure {
    if (wanted == Page.OFF) {
      return null;
    }
    try {
      return Page.bind(home, wanted);
    } catch (Failure e) {
      if (wanted != Page.KEPT) {
        throw e;
      }
      log().warn("page: {}", e.what());
      voice.warn(e.what(), "the node goes on without its page; " + e.remedy());
      return null;
    }
  }

  /** Last of all: a node is of use to others without its page. */
  private void servePage() {
    Page p = page;
    Requests all = requests;
    if (p == null || all == null) {
      return;
    }
    if (p.moved()) {
      voice.warn(
          "the port kept for the page was taken by another program, so all pages are signed out",
          "the page is at " + p.address() + " now; open it with `wayfolk open`");
    }
    Runnable served =
        () -> voice.result(Json.object().put("event", "page").put("address", p.address()));
    p.serve(all, Version.TEXT, Page.name(node.id().hex()), served);
  }

  private void closePage() {
    Page p = page;
    if (p != null) {
      p.close();
    }
  }

  private void joinOne(UpPlan.Join join) {
    try {
      Peer peer = join.resolve();
      if (peer.id().equals(node.id())) {
        voice.warn(join.brief() + " is this node itself", "--join names another node");
        return;
      }
      if (peer.address() != null) {
        notices.named(peer.address());
      }
      node.join(peer);
    } catch (UnknownHostException e) {
      voice.warn("no host is known by the name in " + join.brief(), "check the name");
    }
  }

  private void watchAlone(boolean joining) {
    try {
      Thread.sleep(ALONE);
      if (joining && node.links().isEmpty()) {
        Thread.sleep(LAST_DIAL); // what became of it says more than that there is no link
      }
    } catch (InterruptedException e) {
      return;
    }
    if (!closed.get() && node.links().isEmpty() && !notices.anyTold()) {
      voice.warn(
          "no link to anyone yet",
          "start another node with `wayfolk up "
              + invitation()
              + "`, or restart this one with --join ID@HOST:PORT");
    }
  }

  /** Waits until somebody wants the node to end. */
  public void await() throws InterruptedException {
    wanted.await();
  }

  /** Makes {@link #await} return. */
  public void end() {
    wanted.countDown();
  }

  private void endSoon() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(LAST_WORDS);
          } catch (InterruptedException e) {
            // Then at once.
          }
          wanted.countDown();
        });
  }

  /**
   * Takes leave of the neighbours, then frees everything. Blocks about a second at most.
   * Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    notices.leaving();
    closePage();
    feed.close();
    people.close();
    carrying.close();
    node.close();
    ring.close();
    ControlServer c = control;
    if (c != null) {
      c.close();
    }
    home.close();
    wanted.countDown();
  }
}
