package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.Malformed;

/** How connections begin: what is lost, what is refused, what is asked for first. */
@Timeout(60)
final class HandshakeTest {
  private static final Transport.Limits ROOMY =
      new Transport.Limits(1000, 1000, 1000, 1000, 10_000_000_000L);

  @Test
  void theFirstFrameOfEachOfTwoHundredHandshakesIsNotRepeated() throws Exception {
    TestWire wire = new TestWire();
    AtomicInteger packets = new AtomicInteger();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2)) {
      int fewest = Integer.MAX_VALUE;
      for (int i = 0; i < 200; i++) {
        packets.set(0);
        wire.tap(d -> packets.incrementAndGet() > 0);
        Link l = a.dial(b);
        a.send(l, new byte[] {(byte) i});
        assertThat(TestNode.next(b.frames)).containsExactly(i);
        fewest = Math.min(fewest, packets.get());
        l.close(CloseReason.NORMAL);
        TestNode.next(b.closed);
        TestNode.next(b.opened);
      }
      // Counted, not timed: on a busy machine a slow answer alone makes packets repeat.
      assertThat(b.count(Counter.DROP_EARLY)).isZero();
      assertThat(fewest).isLessThanOrEqualTo(9);
    }
  }

  @Test
  void aForcedRetryCostsOneMoreRoundTripAndOpens() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2, o -> o.alwaysRetry(true))) {
      Link l = a.dial(b);
      a.send(l, new byte[] {7});
      assertThat(TestNode.next(b.frames)).containsExactly(7);
      assertThat(b.count(Counter.RETRIES_SENT)).isBetween(1L, 2L);
      assertThat(b.count(Counter.LINKS_ACCEPTED)).isEqualTo(1);
    }
  }

  @Test
  void aRetryTokenIsWorthNothingFromAnotherAddress() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = TestNode.on(wire, 2, o -> o.alwaysRetry(true))) {
      Path thief = new Path(0, Path.mapped(0x0a000009), 999);
      List<TestWire.Datagram> withToken = Collections.synchronizedList(new ArrayList<>());
      AtomicInteger answers = new AtomicInteger();
      wire.tap(d -> {
        if (d.to().equals(thief)) {
          answers.incrementAndGet();
        }
        // Everything of a's that carries a token is stolen, and never arrives from a.
        if (d.to().equals(b.path()) && tokenLength(d.bytes()) > 0) {
          withToken.add(d);
          wire.inject(new TestWire.Datagram(thief, b.path(), d.bytes()));
          return false;
        }
        return true;
      });
      a.startDial(b);
      assertThat(TestNode.next(a.failed)).isEqualTo(DialFailure.UNREACHABLE);
      assertThat(withToken).isNotEmpty();
      assertThat(b.count(Counter.REFUSED_TOKEN)).isEqualTo(withToken.size());
      assertThat(b.opened).isEmpty();
      assertThat(answers).hasPositiveValue();
    }
  }

  @Test
  void manySilentNewcomersMakeTheNextOneProveItsAddress() throws Exception {
    TestWire wire = new TestWire();
    Transport.Limits limits = new Transport.Limits(1000, 64, 64, 64, 10_000_000_000L);
    try (TestNode a = TestNode.with(1, ROOMY, o -> o.sockets(wire.sockets()));
        TestNode b = TestNode.with(2, limits, o -> o.sockets(wire.sockets()))) {
      for (int i = 0; i < 8; i++) {
        a.dial(b);
        TestNode.next(b.opened);
      }
      assertThat(b.count(Counter.RETRIES_SENT)).isZero();
      a.dial(b);
      TestNode.next(b.opened);
      assertThat(b.count(Counter.RETRIES_SENT)).isPositive();
    }
  }

  @Test
  void anUnknownVersionIsAnsweredWithOurs() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode b = TestNode.on(wire, 2)) {
      Path asker = new Path(0, Path.mapped(0x0a000003), 77);
      LinkedBlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
      wire.tap(d -> answers.add(d.bytes()));
      byte[] first = new byte[1200];
      byte[] head = {
        (byte) 0xc0, 0x1a, 0x2a, 0x3a, 0x4a, 8, 1, 2, 3, 4, 5, 6, 7, 8, 4, 21, 22, 23, 24
      };
      System.arraycopy(head, 0, first, 0, head.length);
      wire.inject(new TestWire.Datagram(asker, b.path(), java.util.Arrays.copyOf(first, 1199)));
      wire.inject(new TestWire.Datagram(asker, b.path(), first));
      awaitCount(b, Counter.VERSIONS_NEGOTIATED, 1);
      byte[] answer = TestNode.next(answers);
      // Version 0, then the ids crossed over, then at least version 1 (RFC 9000 17.2.1).
      assertThat(answer).startsWith(new byte[] {answer[0], 0, 0, 0, 0, 4, 21, 22, 23, 24, 8, 1, 2});
      assertThat(answer.length % 4).isEqualTo((7 + 12) % 4);
      assertThat(versions(answer)).contains(1);
      assertThat(b.count(Counter.DROP_UNKNOWN)).isEqualTo(1);
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void noCommonProtocolIsIncompatible() throws Exception {
    TestWire wire = new TestWire();
    try (TestNode a = TestNode.on(wire, 1, o -> o.alpns(List.of("other/1")));
        TestNode b = TestNode.on(wire, 2)) {
      a.startDial(b);
      assertThat(TestNode.next(a.failed)).isEqualTo(DialFailure.INCOMPATIBLE);
      awaitCount(b, Counter.HANDSHAKES_FAILED, 1);
      assertThat(b.opened).isEmpty();
    }
  }

  @Test
  void anAcceptorThatRefusesOurCertificateClosesTheLinkAsRefused() throws Exception {
    TestWire wire = new TestWire();
    QuicTransport t = QuicTransport.builder(address()).sockets(wire.sockets()).build();
    try (TestNode a = TestNode.on(wire, 1);
        TestNode b = new TestNode(t, new Sceptic(new TestCredentials(2)), ROOMY)) {
      a.startDial(b);
      TestNode.next(a.opened);
      assertThat(TestNode.next(a.closed)).isEqualTo(CloseReason.REFUSED);
      awaitCount(b, Counter.REFUSED_CERTIFICATE, 1);
      assertThat(b.opened).isEmpty();
    }
  }

  @Test
  void aDialWhoseTargetShowsNoValidCertificateIsIncompatible() throws Exception {
    TestWire wire = new TestWire();
    QuicTransport t = QuicTransport.builder(address()).sockets(wire.sockets()).build();
    try (TestNode a = new TestNode(t, new Sceptic(new TestCredentials(1)), ROOMY);
        TestNode b = TestNode.on(wire, 2)) {
      a.startDial(b);
      assertThat(TestNode.next(a.failed)).isEqualTo(DialFailure.INCOMPATIBLE);
    }
  }

  @Test
  void ipv6Works() throws Exception {
    try (TestNode a = onV6(1);
        TestNode b = onV6(2)) {
      Link l = a.dial(b);
      a.send(l, new byte[] {6});
      assertThat(TestNode.next(b.frames)).containsExactly(6);
      assertThat(l.remote()).isEqualTo(b.address());
    }
  }

  @Test
  void anIpv6WildcardServesIpv4Too() throws Exception {
    QuicTransport t = QuicTransport.at("[::]:0");
    try (TestNode a = TestNode.with(1, ROOMY, o -> {});
        TestNode b = new TestNode(t, new TestCredentials(2), ROOMY)) {
      a.transport.dial(
          1, org.wayfolk.transport.Address.parse("127.0.0.1:" + b.address().port()), b.id());
      a.send(TestNode.next(a.opened), new byte[] {6});
      assertThat(TestNode.next(b.frames)).containsExactly(6);
      assertThat(TestNode.next(b.opened).remote()).isEqualTo(a.address());
    }
  }

  private static TestNode onV6(int n) throws IOException {
    return new TestNode(QuicTransport.at("[::1]:0"), new TestCredentials(n), ROOMY);
  }

  private static org.wayfolk.transport.Address address() {
    return org.wayfolk.transport.Address.parse("127.0.0.1:0");
  }

  private static void awaitCount(TestNode node, Counter what, long atLeast) {
    while (node.count(what) < atLeast) {
      Thread.onSpinWait();
    }
  }

  private static int tokenLength(byte[] packet) {
    if ((packet[0] & 0xf0) != 0xc0) {
      return 0;
    }
    int at = 6 + packet[5];
    at += 1 + packet[at];
    return packet[at] & 0x3f;
  }

  private static List<Integer> versions(byte[] answer) {
    List<Integer> out = new ArrayList<>();
    for (int i = 19; i + 4 <= answer.length; i += 4) {
      out.add(java.nio.ByteBuffer.wrap(answer, i, 4).getInt());
    }
    return out;
  }

  /** Believes nobody. */
  private record Sceptic(Credentials mine) implements Credentials {
    @Override
    public NodeId id() {
      return mine.id();
    }

    @Override
    public byte[] leaf() {
      return mine.leaf();
    }

    @Override
    public java.security.PrivateKey leafKey() {
      return mine.leafKey();
    }

    @Override
    public byte[] leafSpkiHash() {
      return mine.leafSpkiHash();
    }

    @Override
    public Leaf check(byte[] leafDer) throws Malformed {
      throw new Malformed("nobody");
    }
  }
}
