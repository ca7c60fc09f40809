package org.wayfolk.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.wayfolk.peer.Peer;
import org.wayfolk.routing.Envelope;
import org.wayfolk.sim.Member;
import org.wayfolk.sim.SimNetwork;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Writer;

/**
 * Peers that are linked to honest nodes send one target forged messages in the name of a victim:
 * good in form, fresh, with the victim's key and a signature of noise. No forwarder can tell. They
 * would spend what the target grants the victim, and have the target close the honest links that
 * they come over.
 */
final class ForgePlot extends Plot {
  private static final int FORGERS = 4;
  private static final int LINKS_EACH = 6;
  private static final int NUMBERS = 3_000_000;

  /**
   * Each millisecond: eight times as many as an origin is granted, and so evenly that nothing is
   * left for a frame that comes in between.
   */
  private static final int FRAMES_A_STEP = 4;

  /** More than an origin may send at once. */
  private static final int FIRST_FRAMES = 1_200;

  private static final long SETTLE_MILLIS = 2_000;

  private final List<RawPeer> forgers = new ArrayList<>();
  private List<Member> honest = List.of();
  private boolean begun;

  ForgePlot(SimWorld world, SimNetwork net) {
    super(world, net, "forge");
  }

  @Override
  Mischief mischief(int before) {
    return new BlackHole(gang);
  }

  /** In whose name. */
  Member victim() {
    return honest.get(honest.size() / 3);
  }

  /** To whom. */
  Member target() {
    return honest.get(honest.size() / 2);
  }

  @Override
  public Aim begin(List<Member> all) {
    honest = List.copyOf(all);
    for (int i = 0; i < FORGERS; i++) {
      RawPeer forger =
          new RawPeer(
              world.transport(),
              net.network(),
              net.identity(NUMBERS + i),
              List.of(),
              gang.dice,
              (peer, link, frame) -> {});
      forgers.add(forger);
      for (int k = 0; k < LINKS_EACH; k++) {
        Member m = honest.get(gang.dice.nextInt(honest.size()));
        if (m.number() != target().number()) {
          Peer p = m.peer();
          forger.dial(p);
        }
      }
    }
    return new Aim(List.of(target()), SETTLE_MILLIS);
  }

  @Override
  public int stepMillis() {
    return 1;
  }

  @Override
  public void step() {
    List<Link> links = new ArrayList<>();
    List<RawPeer> whose = new ArrayList<>();
    for (RawPeer f : forgers) {
      for (Link l : f.proven()) {
        links.add(l);
        whose.add(f);
      }
    }
    if (links.isEmpty()) {
      return;
    }
    int n = begun ? FRAMES_A_STEP : FIRST_FRAMES;
    begun = true;
    for (int i = 0; i < n; i++) {
      int k = gang.dice.nextInt(links.size());
      if (whose.get(k).write(links.get(k), forged(whose.get(k)))) {
        gang.count("forged");
      }
    }
  }

  private byte[] forged(RawPeer by) {
    byte[] body = new byte[100];
    gang.dice.nextBytes(body);
    Writer w =
        PayloadKind.write(new Writer(PayloadKind.PREFIX_BYTES + body.length), PayloadKind.MESSAGE)
            .bytes(body);
    byte[] noise = new byte[Envelope.SIGNATURE_BYTES];
    gang.dice.nextBytes(noise);
    long sent = by.wallMillis() * 1_000_000 + gang.dice.nextLong(1_000_000);
    return Envelope.frame(
        FrameType.ROUTE,
        target().identity().id(),
        victim().identity().publicIdentity().key(),
        sent,
        w.toBytes(),
        noise);
  }
}
