package org.wayfolk.hello;

import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The three frames of a link hello, type 15 (docs/protocol/hello.md):
 *
 * <pre>
 *   first   dialler -> acceptor   1 ‖ nonce 32
 *   second  acceptor -> dialler   2 ‖ nonce 32 ‖ proof
 *   third   dialler -> acceptor   3 ‖ proof
 *
 *   proof   network id 16 ‖ features 8 ‖ time 8 ‖ order 8 ‖ uvarint n &lt;= 600, record n ‖ signature 64
 * </pre>
 */
sealed interface HelloFrame {
  int NONCE_BYTES = 32;
  int SIGNATURE_BYTES = 64;

  /** Times and orders beyond this are nonsense, and below it no difference of two overflows. */
  long MAX_TIME = 1L << 62;

  int MAX_BYTES =
      FrameHeader.MAX_BYTES
          + 1
          + NONCE_BYTES
          + Network.ID_BYTES
          + 3 * Long.BYTES
          + 2
          + PeerRecord.MAX_BYTES
          + SIGNATURE_BYTES;

  /** The dialler's nonce. */
  record First(byte[] nonce) implements HelloFrame {}

  /** The acceptor's nonce and proof. */
  record Second(byte[] nonce, Proof proof) implements HelloFrame {}

  /** The dialler's proof. */
  record Third(Proof proof) implements HelloFrame {}

  /**
   * What a side says about itself; its {@link Transcript} signs all of it.
   *
   * @param network id of its network
   * @param features bits; unknown ones are ignored
   * @param time its wall clock, ms since the epoch, when it sent this
   * @param order its monotonic ms at this connection's first frame, from an origin of its own
   *     choice, growing with each connection; decides between two links of the same two processes
   * @param record its peer record
   */
  record Claim(byte[] network, long features, long time, long order, byte[] record) {}

  /** A claim and the signature that binds it to one connection. */
  record Proof(Claim claim, byte[] signature) {}

  /**
   * Reads the payload of a type-15 frame to its end.
   *
   * @throws Malformed if it is none
   */
  static HelloFrame read(Reader r) throws Malformed {
    HelloFrame frame =
        switch (r.u8()) {
          case 1 -> new First(r.copy(NONCE_BYTES));
          case 2 -> new Second(r.copy(NONCE_BYTES), readProof(r));
          case 3 -> new Third(readProof(r));
          default -> throw new Malformed("unknown step of a hello");
        };
    r.end();
    return frame;
  }

  private static Proof readProof(Reader r) throws Malformed {
    byte[] network = r.copy(Network.ID_BYTES);
    long features = r.i64();
    long time = r.i64();
    long order = r.i64();
    if (time < 0 || time >= MAX_TIME || order < 0 || order >= MAX_TIME) {
      throw new Malformed("time out of range");
    }
    byte[] record = r.copyPrefixed(PeerRecord.MAX_BYTES);
    Claim claim = new Claim(network, features, time, order, record);
    return new Proof(claim, r.copy(SIGNATURE_BYTES));
  }

  /** The whole frame, header included. */
  default byte[] encode() {
    Writer w = new Writer(MAX_BYTES);
    switch (this) {
      case First f -> w.u8(1).bytes(f.nonce());
      case Second s -> {
        w.u8(2).bytes(s.nonce());
        write(w, s.proof());
      }
      case Third t -> {
        w.u8(3);
        write(w, t.proof());
      }
    }
    return FrameHeader.frame(FrameType.LINK_HELLO, w.toBytes());
  }

  private static void write(Writer w, Proof p) {
    Claim c = p.claim();
    w.bytes(c.network()).i64(c.features()).i64(c.time()).i64(c.order());
    w.prefixed(c.record()).bytes(p.signature());
  }
}
