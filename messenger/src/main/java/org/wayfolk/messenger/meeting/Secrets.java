package org.wayfolk.messenger.meeting;

import java.nio.charset.StandardCharsets;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The keys that a secret of 32 bytes gives to a guest and an inviter, and what is sealed under
 * them. HKDF-SHA256 with {@code PRK = Extract("wayfolk/1 meeting", secret)}:
 *
 * <pre>
 *   id               Expand(PRK, 16, "id")
 *   guest's key      Expand(PRK, 32, "guest")
 *   inviter's key    Expand(PRK, 32, "inviter")
 *   session's PSK    Expand(PRK, 32, "session" ‖ transcript)
 *
 *   sealed:  16  random r
 *            ..  ChaCha20-Poly1305 of the plaintext, nonce 0, under Expand(sender's key, 32, "message" ‖ kind ‖ r)
 *   bound:   "wayfolk/1 meeting" ‖ 0x00 ‖ network id (16) ‖ kind (1) ‖ id (16) ‖ guest's NodeId ‖ inviter's NodeId
 * </pre>
 *
 * A key for each message: no nonce can be used twice, whatever a rolled-back disk repeats.
 */
final class Secrets {
  private static final byte[] LABEL = ascii("wayfolk/1 meeting");
  private static final byte[] BOUND = ascii("wayfolk/1 meeting\0");
  private static final byte[] TRANSCRIPT = ascii("wayfolk/1 meeting transcript\0");
  private static final byte[] ZERO = new byte[Crypto.NONCE_BYTES];
  private static final int RANDOM = 16;

  private final Crypto crypto = Crypto.best();
  private final byte[] prk;
  private final byte[] network;
  private final byte[] id;

  /**
   * The keys of a secret.
   *
   * @param network id of the network that both are in
   */
  Secrets(byte[] secret, byte[] network) {
    this.prk = crypto.hkdfExtract(LABEL, secret);
    this.network = network.clone();
    this.id = id(secret);
  }

  /** The id of the invitation with that secret. */
  static byte[] id(byte[] secret) {
    Crypto crypto = Crypto.best();
    return crypto.hkdfExpand(crypto.hkdfExtract(LABEL, secret), Wire.ID_BYTES, ascii("id"));
  }

  /** Names the invitation on the wire, 16 bytes; tells nothing of the secret. */
  byte[] id() {
    return id.clone();
  }

  /** Seals and wraps a message. */
  byte[] seal(Turn turn, Wire.Kind kind, Pair pair, byte[] plain) {
    return seal(turn.randomBytes(RANDOM), kind, pair, plain);
  }

  /** The same with 16 bytes that never come again. */
  byte[] seal(byte[] random, Wire.Kind kind, Pair pair, byte[] plain) {
    byte[] sealed = crypto.seal(key(kind, random), ZERO, bound(kind, pair), plain);
    byte[] body = new Writer(RANDOM + sealed.length).bytes(random).bytes(sealed).toBytes();
    return new Wire(kind, id, body).encode();
  }

  /**
   * Opens what the other side sealed.
   *
   * @throws Malformed if it was not made under this secret, by and for this pair
   */
  byte[] open(Wire wire, Pair pair) throws Malformed {
    Reader r = new Reader(wire.body());
    byte[] random = r.copy(RANDOM);
    byte[] sealed = r.copy(r.remaining());
    return crypto.open(key(wire.kind(), random), ZERO, bound(wire.kind(), pair), sealed);
  }

  private byte[] key(Wire.Kind kind, byte[] random) {
    String role =
        switch (kind) {
          case HELLO, CONFIRM -> "guest";
          case ANSWER, DONE, NO -> "inviter";
          default -> throw new IllegalArgumentException("not sealed: " + kind);
        };
    byte[] side = crypto.hkdfExpand(prk, Crypto.KEY_BYTES, ascii(role));
    byte[] number = {(byte) kind.number()};
    return crypto.hkdfExpand(side, Crypto.KEY_BYTES, ascii("message"), number, random);
  }

  private byte[] bound(Wire.Kind kind, Pair pair) {
    return new Writer(BOUND.length + network.length + 1 + id.length + 2 * NodeId.BYTES)
        .bytes(BOUND)
        .bytes(network)
        .u8(kind.number())
        .bytes(id)
        .nodeId(pair.guest)
        .nodeId(pair.inviter)
        .toBytes();
  }

  /**
   * What both sides have seen once the inviter has answered: SHA-256 over a label, network, id,
   * both NodeIds and both plaintexts, each of these behind its length in four bytes.
   */
  byte[] transcript(Pair pair, byte[] hello, byte[] answer) {
    byte[] lengths = new Writer(8).i32(hello.length).i32(answer.length).toBytes();
    return crypto.sha256(
        TRANSCRIPT, network, id, pair.guest.bytes(), pair.inviter.bytes(), lengths, hello, answer);
  }

  /** What the new session is bound to. */
  byte[] psk(byte[] transcript) {
    return crypto.hkdfExpand(prk, Crypto.KEY_BYTES, ascii("session"), transcript);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The two devices, by their roles. */
  record Pair(NodeId guest, NodeId inviter) {}
}
