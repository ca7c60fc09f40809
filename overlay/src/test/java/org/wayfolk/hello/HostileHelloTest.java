package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.HelloFrame.Claim;
import org.wayfolk.hello.HelloFrame.First;
import org.wayfolk.hello.HelloFrame.Proof;
import org.wayfolk.hello.HelloFrame.Second;
import org.wayfolk.hello.HelloFrame.Third;
import org.wayfolk.hello.Transcript.Role;
import org.wayfolk.hello.World.Ends;
import org.wayfolk.hello.World.NodeSide;
import org.wayfolk.hello.World.Side;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/** What others may send instead of a hello, and that none of it makes a link or an exception. */
class HostileHelloTest {
  private static final Network NET = Network.local("demo");
  private static final long SECOND = 1_000_000_000L;
  private static final int HONEST = 1;
  private static final int HOSTILE = 2;

  /** An honest node against frames written by the test with everything that a hostile node has. */
  private static final class Duel {
    final World w = new World(3);
    final NodeSide honest = w.node(HONEST, NET);
    final NodeSide hostile = w.node(HOSTILE, NET);
    final Side at;
    final Side from;

    /**
     * @param dials whether the hostile side dials
     */
    Duel(boolean dials) {
      Ends e = dials ? w.connect(hostile, honest) : w.connect(honest, hostile);
      from = dials ? e.dialler() : e.acceptor();
      at = from.other();
    }

    /** Only the honest end knows the connection. */
    static Duel open(boolean dials) {
      Duel d = new Duel(dials);
      d.hostile.deaf = true;
      d.w.run(SECOND);
      return d;
    }

    void say(HelloFrame f) {
      from.write(f.encode());
      w.run(SECOND);
    }

    HelloFrame heard(int i) {
      return read(at.wrote.get(i));
    }

    PeerRecord record() {
      return Records.of(NET, HOSTILE, hostile.wallMillis());
    }

    Claim claim() {
      return new Claim(NET.id(), 0, hostile.wallMillis(), 5, record().bytes());
    }

    Transcript transcript(byte[] diallerNonce, byte[] acceptorNonce) {
      return Transcript.of(from, hostile.identity.id(), diallerNonce, acceptorNonce);
    }

    void assertRefused(Tally why, CloseReason told) {
      assertThat(honest.events(Input.LinkUp.class)).isEmpty();
      assertThat(honest.counted(why)).isEqualTo(1);
      assertThat(honest.events(HelloRefused.class)).hasSize(1);
      assertThat(honest.events(HelloRefused.class).getFirst().why()).isEqualTo(why);
      assertThat(honest.events(HelloRefused.class).getFirst().closed()).isEqualTo(told);
      assertThat(at.alive()).isFalse();
      assertThat(w.pool.outstanding()).isZero();
    }
  }

  static HelloFrame read(byte[] frame) {
    try {
      Reader r = new Reader(frame);
      assertThat(FrameHeader.read(r)).isEqualTo(FrameType.LINK_HELLO);
      return HelloFrame.read(r);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] nonce(int fill) {
    byte[] n = new byte[HelloFrame.NONCE_BYTES];
    Arrays.fill(n, (byte) fill);
    return n;
  }

  /**
   * A hostile dialler up to its third frame, which {@code make} writes from what an honest one
   * would.
   */
  private static Duel third(java.util.function.BiFunction<Duel, Transcript, Proof> make) {
    Duel d = Duel.open(true);
    d.say(new First(nonce(1)));
    Second second = (Second) d.heard(0);
    d.say(new Third(make.apply(d, d.transcript(nonce(1), second.nonce()))));
    return d;
  }

  @Test
  void whatTheTestWritesForTheHostileSideIsGoodWhenItIsHonest() {
    Duel d = third((x, t) -> t.sign(x.hostile.identity, Role.DIALLER, x.claim()));
    assertThat(d.honest.events(Input.LinkUp.class)).hasSize(1);
    Duel e = Duel.open(false);
    First first = (First) e.heard(0);
    Transcript t = e.transcript(first.nonce(), nonce(2));
    e.say(new Second(nonce(2), t.sign(e.hostile.identity, Role.ACCEPTOR, e.claim())));
    assertThat(e.honest.events(Input.LinkUp.class)).hasSize(1);
  }

  @Test
  void aProofOfTheWrongRoleIsRefused() {
    third((x, t) -> t.sign(x.hostile.identity, Role.ACCEPTOR, x.claim()))
        .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
  }

  @Test
  void aProofSignedByAnotherKeyIsRefused() {
    third((x, t) -> t.sign(Records.identity(9), Role.DIALLER, x.claim()))
        .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
  }

  @Test
  void aProofForOtherNoncesIsRefused() {
    third((x, t) ->
            x.transcript(nonce(1), nonce(9)).sign(x.hostile.identity, Role.DIALLER, x.claim()))
        .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
    third((x, t) ->
            x.transcript(nonce(9), t.acceptorNonce())
                .sign(x.hostile.identity, Role.DIALLER, x.claim()))
        .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
  }

  @Test
  void aProofForOtherCertificatesIdsOrProtocolsIsRefused() {
    List<UnaryOperator<Transcript>> changes =
        List.of(
            t -> copy(t, nonce(7), t.acceptorSpki(), t.alpn()),
            t -> copy(t, t.diallerSpki(), nonce(7), t.alpn()),
            t -> copy(t, t.diallerSpki(), t.acceptorSpki(), "nodenet/1"),
            t ->
                new Transcript(
                    t.diallerNonce(),
                    t.acceptorNonce(),
                    t.diallerSpki(),
                    t.acceptorSpki(),
                    t.dialler().flip(3),
                    t.acceptor(),
                    t.alpn()),
            t ->
                new Transcript(
                    t.diallerNonce(),
                    t.acceptorNonce(),
                    t.diallerSpki(),
                    t.acceptorSpki(),
                    t.dialler(),
                    t.acceptor().flip(3),
                    t.alpn()));
    for (UnaryOperator<Transcript> change : changes) {
      third((x, t) -> change.apply(t).sign(x.hostile.identity, Role.DIALLER, x.claim()))
          .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
    }
  }

  private static Transcript copy(
      Transcript t, byte[] diallerSpki, byte[] acceptorSpki, String alpn) {
    return new Transcript(
        t.diallerNonce(),
        t.acceptorNonce(),
        diallerSpki,
        acceptorSpki,
        t.dialler(),
        t.acceptor(),
        alpn);
  }

  @Test
  void aClaimChangedAfterItsSignatureIsRefused() {
    List<UnaryOperator<Claim>> changes =
        List.of(
            c -> new Claim(c.network(), 1, c.time(), c.order(), c.record()),
            c -> new Claim(c.network(), c.features(), c.time() + 1, c.order(), c.record()),
            c -> new Claim(c.network(), c.features(), c.time(), c.order() + 1, c.record()),
            c ->
                new Claim(
                    c.network(),
                    c.features(),
                    c.time(),
                    c.order(),
                    Records.of(NET, HOSTILE, 1_800_000_000_001L).bytes()));
    for (UnaryOperator<Claim> change : changes) {
      third(
              (x, t) -> {
                Proof p = t.sign(x.hostile.identity, Role.DIALLER, x.claim());
                return new Proof(change.apply(p.claim()), p.signature());
              })
          .assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
    }
  }

  private static Duel withRecord(byte[] record) {
    return third((x, t) ->
        t.sign(
            x.hostile.identity,
            Role.DIALLER,
            new Claim(NET.id(), 0, x.hostile.wallMillis(), 5, record)));
  }

  @Test
  void aRecordOfAnotherNodeIsRefused() {
    withRecord(Records.of(NET, 9, 1_800_000_000_000L).bytes())
        .assertRefused(Tally.HELLO_RECORD_OTHER, CloseReason.REFUSED);
  }

  @Test
  void aRecordThatItsKeyDidNotSignIsRefused() {
    byte[] record = Records.of(NET, HOSTILE, 1_800_000_000_000L).bytes().clone();
    record[record.length - 1] ^= 1;
    Duel d = withRecord(record);
    d.assertRefused(Tally.RECORD_SIGNATURE, CloseReason.REFUSED);
    assertThat(d.honest.counted(Tally.HELLO_RECORD_REFUSED)).isEqualTo(1);
  }

  @Test
  void aRecordOfAnotherNetworkIsRefused() {
    withRecord(Records.of(Network.local("x"), HOSTILE, 1_800_000_000_000L).bytes())
        .assertRefused(Tally.RECORD_SIGNATURE, CloseReason.REFUSED);
  }

  @Test
  void anExpiredOrEternalOrMalformedRecordIsRefused() {
    long now = 1_800_000_000_000L;
    withRecord(Records.of(NET, HOSTILE, now - PeerRecord.LIFE_MILLIS).bytes())
        .assertRefused(Tally.RECORD_EXPIRED, CloseReason.REFUSED);
    PeerRecord.Body b = Records.body(HOSTILE, now);
    PeerRecord.Body eternal =
        new PeerRecord.Body(
            b.key(), now, Long.MAX_VALUE, b.sealingKeyHash(), 0, List.of(), List.of());
    withRecord(Records.sign(NET, HOSTILE, eternal).bytes())
        .assertRefused(Tally.RECORD_TOO_LONG_LIVED, CloseReason.REFUSED);
    withRecord(new byte[0]).assertRefused(Tally.RECORD_MALFORMED, CloseReason.REFUSED);
  }

  @Test
  void timesOutOfRangeAreMalformed() {
    for (long t : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, HelloFrame.MAX_TIME}) {
      third((x, tr) ->
              tr.sign(
                  x.hostile.identity,
                  Role.DIALLER,
                  new Claim(NET.id(), 0, t, 5, x.record().bytes())))
          .assertRefused(Tally.HELLO_MALFORMED, CloseReason.MALFORMED);
      third((x, tr) ->
              tr.sign(
                  x.hostile.identity,
                  Role.DIALLER,
                  new Claim(NET.id(), 0, x.hostile.wallMillis(), t, x.record().bytes())))
          .assertRefused(Tally.HELLO_MALFORMED, CloseReason.MALFORMED);
    }
  }

  @Test
  void ourOwnProofSentBackIsRefused() {
    Duel d = Duel.open(true);
    d.say(new First(nonce(1)));
    d.say(new Third(((Second) d.heard(0)).proof()));
    d.assertRefused(Tally.HELLO_RECORD_OTHER, CloseReason.REFUSED);
  }

  @Test
  void ourOwnNonceSentBackDoesNotHelp() {
    Duel d = Duel.open(false);
    First first = (First) d.heard(0);
    Transcript t = d.transcript(first.nonce(), first.nonce());
    d.say(new Second(first.nonce(), t.sign(d.hostile.identity, Role.DIALLER, d.claim())));
    d.assertRefused(Tally.HELLO_SIGNATURE, CloseReason.REFUSED);
  }

  @Test
  void stepsThatAreNotDueCloseTheConnection() {
    Proof p = new Proof(new Claim(NET.id(), 0, 1, 1, new byte[0]), new byte[64]);
    List<List<HelloFrame>> toAcceptor =
        List.of(
            List.of(new Second(nonce(1), p)),
            List.of(new Third(p)),
            List.of(new First(nonce(1)), new First(nonce(1))),
            List.of(new First(nonce(1)), new Second(nonce(1), p)));
    for (List<HelloFrame> steps : toAcceptor) {
      Duel d = Duel.open(true);
      steps.forEach(d::say);
      d.assertRefused(Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED);
    }
    for (HelloFrame step : List.of(new First(nonce(1)), new Third(p))) {
      Duel d = Duel.open(false);
      d.say(step);
      d.assertRefused(Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED);
    }
  }

  @Test
  void aSecondProofWhileTheFirstIsCheckedClosesTheConnection() {
    Duel d = Duel.open(true);
    d.say(new First(nonce(1)));
    d.honest.slow(SECOND / 2);
    Transcript t = d.transcript(nonce(1), ((Second) d.heard(0)).nonce());
    byte[] third = new Third(t.sign(d.hostile.identity, Role.DIALLER, d.claim())).encode();
    d.from.write(third);
    d.say(read(third));
    d.w.run(SECOND);
    d.assertRefused(Tally.HELLO_OUT_OF_STEP, CloseReason.MALFORMED);
  }

  @Test
  void aHelloOnALinkThatIsUpClosesIt() {
    Duel d = third((x, t) -> t.sign(x.hostile.identity, Role.DIALLER, x.claim()));
    d.say(new First(nonce(1)));
    assertThat(d.at.alive()).isFalse();
    assertThat(d.honest.hello.size()).isZero();
    assertThat(d.honest.counted(Tally.HELLO_OUT_OF_STEP)).isEqualTo(1);
    d.say(new First(nonce(1)));
    assertThat(d.honest.events(HelloRefused.class)).isEmpty();
  }

  @Test
  void aHelloReplayedOnAnotherConnectionIsRefused() {
    World w = new World(3);
    NodeSide a = w.node(1, NET);
    NodeSide b = w.node(2, NET);
    Ends good = w.connect(a, b);
    w.run(SECOND);
    assertThat(b.hello.proven(good.acceptor())).isTrue();

    // Whoever holds a's TLS key but not its identity, or a later process of a: same certificate,
    // old frames.
    a.deaf = true;
    for (boolean sameLeaf : new boolean[] {true, false}) {
      byte[] leaf = a.leaf.clone();
      leaf[9] = (byte) (sameLeaf ? 0 : 1);
      Ends again = w.connect(a, b, leaf, b.leaf);
      w.run(SECOND);
      for (byte[] frame : good.dialler().wrote) {
        again.dialler().write(frame);
        w.run(SECOND);
      }
      assertThat(b.hello.proven(again.acceptor())).isFalse();
      assertThat(again.acceptor().alive()).isFalse();
    }
    assertThat(b.counted(Tally.HELLO_SIGNATURE)).isEqualTo(2);
    assertThat(b.hello.proven(good.acceptor())).as("the victim's link is untouched").isTrue();
    assertThat(b.events(Input.LinkUp.class)).hasSize(1);
  }

  @Test
  void anAcceptorsAnswerReplayedToAnotherDialIsRefused() {
    World w = new World(3);
    NodeSide a = w.node(1, NET);
    NodeSide b = w.node(2, NET);
    Ends good = w.connect(a, b);
    w.run(SECOND);
    b.deaf = true;
    Ends again = w.connect(a, b);
    w.run(SECOND);
    again.acceptor().write(good.acceptor().wrote.getFirst());
    w.run(SECOND);
    assertThat(a.counted(Tally.HELLO_SIGNATURE)).isEqualTo(1);
    assertThat(a.hello.proven(again.dialler())).isFalse();
    assertThat(a.hello.proven(good.dialler())).isTrue();
  }

  @Test
  void aManInTheMiddleWhoPassesTheHelloOnGetsNoLink() {
    World w = new World(3);
    NodeSide a = w.node(1, NET);
    NodeSide b = w.node(2, NET);
    NodeSide m = w.node(3, NET);
    m.deaf = true;
    // a dialled m, and m dialled b, and each frame is passed on. Both ends know m by its
    // certificate.
    Ends left = w.connect(a, m);
    Ends right = w.connect(m, b);
    w.run(SECOND);
    right.dialler().write(left.dialler().wrote.getFirst());
    w.run(SECOND);
    left.acceptor().write(right.acceptor().wrote.getFirst());
    w.run(SECOND);
    assertThat(a.drops()).containsOnlyKeys(Tally.HELLO_RECORD_OTHER);
    assertThat(a.events(Input.LinkUp.class)).isEmpty();
    assertThat(b.events(Input.LinkUp.class)).isEmpty();
  }

  /**
   * Runs one hello in which {@code change} is done to the frame number {@code which} of the three.
   */
  private static NodeSide run(int which, UnaryOperator<byte[]> change) {
    World w = new World(3);
    NodeSide a = w.node(HONEST, NET);
    NodeSide b = w.node(HOSTILE, NET);
    a.own.addresses(List.of(a.address));
    b.own.addresses(List.of(b.address));
    Ends e = w.connect(a, b);
    Side from = which == 2 ? e.acceptor() : e.dialler();
    int[] n = {0};
    int at = which == 3 ? 1 : 0;
    from.tamper = f -> n[0]++ == at ? change.apply(f) : f;
    w.run(15 * SECOND);
    NodeSide receiver = which == 2 ? a : b;
    assertThat(receiver.events(Input.LinkUp.class)).as("up").isEmpty();
    assertThat(a.hello.size() + b.hello.size()).as("links").isZero();
    assertThat(e.dialler().alive() || e.acceptor().alive()).as("alive").isFalse();
    assertThat(w.pool.outstanding()).isZero();
    assertThat(receiver.drops()).isNotEmpty();
    return receiver;
  }

  private static byte[] frame(int which) {
    World w = new World(3);
    NodeSide a = w.node(HONEST, NET);
    NodeSide b = w.node(HOSTILE, NET);
    a.own.addresses(List.of(a.address));
    b.own.addresses(List.of(b.address));
    Ends e = w.connect(a, b);
    w.run(SECOND);
    assertThat(b.hello.proven(e.acceptor())).isTrue();
    return which == 2 ? e.acceptor().wrote.getFirst() : e.dialler().wrote.get(which == 1 ? 0 : 1);
  }

  @Test
  void noTruncationOfAnyFrameMakesALinkOrAnException() {
    for (int which = 1; which <= 3; which++) {
      int length = frame(which).length;
      for (int n = 0; n < length; n++) {
        int cut = n;
        run(which, f -> Arrays.copyOf(f, cut));
      }
    }
  }

  @Test
  void noFlippedByteOfAnyFrameMakesALinkOrAnException() {
    for (int which = 1; which <= 3; which++) {
      int length = frame(which).length;
      for (int n = 0; n < length; n++) {
        int at = n;
        int bits = 1 << n % 8;
        run(
            which,
            f -> {
              byte[] g = f.clone();
              g[at] ^= (byte) bits;
              return g;
            });
      }
    }
  }

  @Test
  void noiseMakesNoLinkAndNoException() {
    SplittableRandom r = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[r.nextInt(900)];
      r.nextBytes(payload);
      if (payload.length > 0) {
        payload[0] = (byte) r.nextInt(5);
      }
      Duel d = new Duel(r.nextBoolean());
      d.hostile.deaf = true;
      d.from.write(
          FrameHeader.frame(r.nextInt(8) == 0 ? r.nextInt(256) : FrameType.LINK_HELLO, payload));
      d.w.run(SECOND);
      assertThat(d.honest.events(Input.LinkUp.class)).isEmpty();
      assertThat(d.w.pool.outstanding()).isZero();
    }
  }

  @Test
  void aFloodOfConnectionsLeavesNothingBehind() {
    World w = new World(3);
    NodeSide a = w.node(HONEST, NET);
    NodeSide b = w.node(HOSTILE, NET);
    b.deaf = true;
    List<Ends> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(w.connect(b, a));
    }
    w.run(11 * SECOND);
    assertThat(a.counted(Tally.HELLO_TIMEOUT)).isEqualTo(500);
    assertThat(all.stream().noneMatch(e -> e.acceptor().alive())).isTrue();
    assertThat(a.hello.connections()).isZero();
  }
}
