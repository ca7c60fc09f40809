package org.wayfolk.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.KnownPeers;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.protocol.Frame;
import org.wayfolk.protocol.Input;
import org.wayfolk.routing.Envelope;
import org.wayfolk.routing.Routing;
import org.wayfolk.routing.RoutingSettings;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/** What a frame for somebody else costs: decoded, and decided and passed on among many links. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class ForwardBench {
  private static final long WALL = 1_800_000_000_000L;
  private static final int PAYLOAD = 1200;

  /**
   * Distinct frames, so that each is new to the filter of seen copies for longer than it remembers.
   */
  private static final int TARGETS = 4_096;

  /** Links of the node. */
  @Param({"64", "320"})
  public int links = 64;

  private final PacketPool pool = new PacketPool();
  private final Frame view = new Frame();
  private final Envelope envelope = new Envelope();
  private final BenchEffects effects = new BenchEffects(pool, WALL);
  private final byte[][] frames = new byte[TARGETS][];
  private BenchLink from = new BenchLink(identity(0));
  private Routing routing = routing(identity(0));
  private long number;

  /** Links a node to others with random ids, and makes frames to random targets. */
  @Setup
  public void setUp() {
    Network network = Network.local("bench");
    RecordCheck check = new RecordCheck(Crypto.best(), network);
    routing = routing(identity(1));
    for (int i = 0; i < links; i++) {
      Identity peer = identity(100 + i);
      BenchLink link = new BenchLink(peer);
      PeerRecord.Body body =
          new PeerRecord.Body(
              peer.publicIdentity().key(),
              WALL,
              WALL + 3_600_000,
              new byte[32],
              0,
              java.util.List.of(),
              java.util.List.of());
      routing.on(new Input.LinkUp(link, check.sign(peer, body), 0, 0), effects);
      from = link;
    }
    Identity sender = identity(2);
    byte[] key = sender.publicIdentity().key();
    for (int i = 0; i < TARGETS; i++) {
      frames[i] =
          Envelope.sign(
              FrameType.ROUTE,
              identity(10_000 + i).id(),
              key,
              WALL * 1_000_000,
              new byte[PAYLOAD],
              sender::signEnvelope);
    }
  }

  private static Identity identity(int n) {
    byte[] seed = new byte[Identity.SEED_BYTES];
    new SplittableRandom(n).nextBytes(seed);
    return Identity.ofSeed(seed);
  }

  private static Routing routing(Identity self) {
    Network network = Network.local("bench");
    return new Routing(
        self.id(),
        network,
        new KnownPeers(self.id()),
        new RecordCheck(Crypto.best(), network),
        RoutingSettings.DEFAULT.withMaxInbound(1_024),
        System.currentTimeMillis());
  }

  private Packet next() {
    byte[] frame = frames[(int) (number % TARGETS)];
    // The filter keys on the signature: a new one each time, as from a new message.
    int at = frame.length - Envelope.SIGNATURE_BYTES;
    for (int b = 0; b < 6; b++) {
      frame[at + b] = (byte) (number >>> (8 * b));
    }
    number++;
    return pool.copyOf(frame);
  }

  /**
   * Frame and envelope, as far as a forwarder reads them; includes copying the frame into a packet.
   */
  @Benchmark
  public long decode() throws Malformed {
    Packet p = next();
    view.over(from, p);
    envelope.over(p.array(), view.payloadOffset(), view.payloadLength());
    long word = envelope.targetWord(0);
    p.release();
    return word;
  }

  /**
   * From the frame's arrival to the outbox of the next link; includes copying the frame into a
   * packet.
   */
  @Benchmark
  public long forward() throws Malformed {
    Packet p = next();
    effects.tick();
    view.over(from, p);
    routing.on(view, effects);
    if (!view.taken()) {
      p.release();
    }
    return number;
  }
}
