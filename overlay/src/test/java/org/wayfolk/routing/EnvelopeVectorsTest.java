package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.VectorFile;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/** The envelope of docs/protocol/envelope.md, on vectors that the Go code of nodenet produced. */
class EnvelopeVectorsTest {
  private final VectorFile v = VectorFile.named("envelope.txt");
  private final Identity origin = Identity.ofSeed(v.get("origin.seed"));
  private final NodeId target = NodeId.of(v.get("target.id"));
  private final long sent = number(v.get("sent"));

  private static long number(byte[] b) {
    try {
      return new Reader(b).i64();
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private byte[] signed(byte[] payload) {
    byte[] key = origin.publicIdentity().key();
    return Envelope.sign(1, target, key, sent, payload, origin::signEnvelope);
  }

  private static Envelope view(byte[] frame) throws Malformed {
    Reader r = new Reader(frame);
    assertThat(FrameHeader.read(r)).isEqualTo(1);
    Envelope e = new Envelope();
    e.over(frame, r.position(), r.remaining());
    return e;
  }

  @Test
  void framesAreMadeByteForByte() {
    assertThat(signed(v.get("payload"))).isEqualTo(v.get("frame"));
    assertThat(signed(new byte[0])).isEqualTo(v.get("frame.empty_payload"));
    byte[] long300 = new byte[300];
    Arrays.fill(long300, (byte) 0xa5);
    assertThat(signed(long300)).isEqualTo(v.get("frame.300"));
  }

  @Test
  void theSignatureIsOverTheDigest() throws Malformed {
    Envelope e = view(v.get("frame"));
    assertThat(e.signature()).isEqualTo(v.get("signature"));
    assertThat(Crypto.best().ed25519Verify(e.key(), v.get("digest"), e.signature())).isTrue();
  }

  @Test
  void anAvoidListAndAForwardersTtlLeaveTheSignatureGood() throws Malformed {
    Envelope plain = view(v.get("frame"));
    int length = v.get("frame").length - plain.start();
    for (List<String> avoid : List.of(List.of("avoid.C"), List.of("origin.id", "avoid.C"))) {
      NodeId[] ids = avoid.stream().map(n -> NodeId.of(v.get(n))).toArray(NodeId[]::new);
      Writer w = new Writer(Envelope.avoidingBytes(length, ids.length));
      plain.writeAvoiding(w, 1, length, ids, ids.length);
      String name = ids.length == 1 ? "frame.avoid_C" : "frame.avoid_A_C";
      assertThat(w.toBytes()).isEqualTo(v.get(name));
    }
    plain.ttl(15);
    assertThat(plain.array()).isEqualTo(v.get("frame.ttl15"));
    for (String name : List.of("frame.avoid_C", "frame.avoid_A_C", "frame.ttl15")) {
      Envelope e = view(v.get(name));
      assertThat(
              PublicIdentity.verifyEnvelope(
                  Crypto.best(), 1, e.array(), e.start(), e.payloadAt(), e.payloadLength()))
          .isTrue();
    }
  }

  @Test
  void everyFieldReadsBack() throws Malformed {
    Envelope e = view(v.get("frame.avoid_A_C"));
    assertThat(e.target()).isEqualTo(target);
    assertThat(e.ttl()).isEqualTo(16);
    assertThat(PublicIdentity.idOf(e.key(), 0).bytes()).isEqualTo(v.get("origin.id"));
    assertThat(e.sentNanos()).isEqualTo(sent);
    assertThat(e.avoidCount()).isEqualTo(2);
    assertThat(e.payload()).isEqualTo(v.get("payload"));
  }
}
