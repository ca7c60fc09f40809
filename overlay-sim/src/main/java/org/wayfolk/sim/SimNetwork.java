package org.wayfolk.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.wayfolk.delivery.Message;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.node.Node;
import org.wayfolk.node.NodeBuilder;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.Peer;

/**
 * Many real nodes in one {@link SimWorld}, how they came together, and whether they reach each
 * other. Identities follow from the seed. Closing it leaves the world as it is.
 */
public final class SimNetwork implements AutoCloseable {
  /** How long after its last send a sample waits for outcomes that are missing. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SimWorld world;
  private final Network network;
  private final List<Member> members = new ArrayList<>();
  private final RandomGenerator entryDice;
  private final RandomGenerator pairDice;
  private Consumer<NodeBuilder> settings = b -> {};
  private Crypto crypto = Crypto.best();

  /** A network of difficulty 0 named {@code local:sim}. */
  public SimNetwork(SimWorld world) {
    this(world, Network.local("sim"));
  }

  /** A network of one's own; identities are mined for its difficulty, so keep it small. */
  public SimNetwork(SimWorld world, Network network) {
    this.world = world;
    this.network = network;
    entryDice = world.random("entries");
    pairDice = world.random("pairs");
  }

  /**
   * What the members' identities are made on; real cryptography unless said. {@link FastCrypto} of
   * the world's seed lets thousands live in one thread.
   */
  public SimNetwork crypto(Crypto value) {
    crypto = value;
    return this;
  }

  /** The network that all members are part of. */
  public Network network() {
    return network;
  }

  /** What is set on every node that starts from now on. */
  public SimNetwork settings(Consumer<NodeBuilder> each) {
    settings = each;
    return this;
  }

  /** All members ever, crashed ones included, in the order of joining. */
  public List<Member> members() {
    return Collections.unmodifiableList(members);
  }

  /** The member with this number. */
  public Member member(int number) {
    return members.get(number);
  }

  /** Starts one node now; nothing happens until the world runs. */
  public Member add(Peer... through) {
    return add(world.transport(), identity(members.size()), List.of(through));
  }

  /** Starts one node now on a transport and with an identity of the caller's. */
  public Member add(SimTransport transport, Identity identity, List<Peer> through) {
    return add(transport, identity, through, b -> {});
  }

  /**
   * The same, and {@code own} is applied last: what is set on this node alone, such as a transport
   * that wraps the given one.
   */
  public Member add(
      SimTransport transport, Identity identity, List<Peer> through, Consumer<NodeBuilder> own) {
    NodeBuilder builder = Node.builder(identity).network(network).transport(transport);
    through.forEach(builder::join);
    settings.accept(builder);
    own.accept(builder);
    try {
      Member member = new Member(members.size(), identity, transport, builder.start());
      members.add(member);
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts so many nodes and lets the world run until the last has started. */
  public void grow(int count, Joining how) {
    for (int i = 0; i < count; i++) {
      if (!members.isEmpty()) {
        world.run(how.pause());
      }
      add(entries(how));
    }
  }

  /**
   * Sends a small message between so many random pairs of living members, one every {@code pause},
   * and waits for the outcomes. Replaces the members' message handlers.
   */
  public Deliveries sample(int pairs, Duration pause, SendOptions options) {
    List<Member> alive = members.stream().filter(Member::alive).toList();
    if (alive.size() < 2) {
      throw new IllegalStateException("a pair needs two living members");
    }
    Map<Integer, Integer> arrivals = new HashMap<>();
    for (Member m : alive) {
      m.node().onMessage(message -> arrivals.merge(number(message), 1, Integer::sum));
    }
    List<int[]> pair = new ArrayList<>();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    int[] open = {pairs};
    for (int i = 0; i < pairs; i++) {
      int a = pairDice.nextInt(alive.size());
      int b = (a + 1 + pairDice.nextInt(alive.size() - 1)) % alive.size();
      Member from = alive.get(a);
      Member to = alive.get(b);
      byte[] payload = ByteBuffer.allocate(8).putInt(0x70616972).putInt(i).array();
      pair.add(new int[] {from.number(), to.number()});
      CompletableFuture<Outcome> outcome =
          from.node().send(to.node().id(), payload, options).future();
      outcomes.add(outcome.whenComplete((o, e) -> open[0]--));
      world.run(pause);
    }
    world.runUntil(() -> open[0] == 0, PATIENCE);
    List<Deliveries.Try> tries = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Outcome outcome = outcomes.get(i).getNow(null);
      tries.add(
          new Deliveries.Try(pair.get(i)[0], pair.get(i)[1], outcome, arrivals.getOrDefault(i, 0)));
    }
    return new Deliveries(tries);
  }

  /** The identity that member number {@code n} has in this world. */
  public Identity identity(int n) {
    byte[] seed = new byte[Identity.SEED_BYTES];
    RandomGenerator dice = Seeds.generator(world.seed(), "identity", n, 0);
    while (true) {
      dice.nextBytes(seed);
      Identity identity = Identity.ofSeed(seed, crypto);
      if (identity.id().leadingZeros() >= network.difficulty()) {
        return identity;
      }
      identity.close();
    }
  }

  /** Closes every living node; takes no real time. */
  @Override
  public void close() {
    for (Member m : members) {
      if (m.alive()) {
        m.node().close();
      }
    }
  }

  private Peer[] entries(Joining how) {
    if (members.isEmpty()) {
      return new Peer[0];
    }
    if (how.entries() == 0) {
      return new Peer[] {members.get(entryDice.nextInt(members.size())).peer()};
    }
    return members.stream().limit(how.entries()).map(Member::peer).toArray(Peer[]::new);
  }

  private static int number(Message message) {
    ByteBuffer b = ByteBuffer.wrap(message.payload());
    return b.remaining() == 8 && b.getInt() == 0x70616972 ? b.getInt() : -1;
  }
}
