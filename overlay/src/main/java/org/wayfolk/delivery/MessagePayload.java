package org.wayfolk.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The two payloads of this room, behind their prefix (docs/protocol/sealing.md,
 * docs/protocol/receipt.md):
 *
 * <pre>
 *   message   1   suite
 *             8   id of the receiver's sealing key
 *             16  message id
 *             ..  enc, as long as the suite says
 *             ..  ciphertext of the content, to the end
 *
 *   content   1   flags: bit 0 = a counter follows, bit 1 = an application follows; others are
 *                 refused
 *             8   counter, only if flagged
 *             1   application, only if flagged; not 0
 *             ..  what the application sent, to the end
 *
 *   receipt   16  message id
 *             1   status
 *             1   hops, 255 = as many or more
 *             16  proof: export of the sealing's HPKE context
 * </pre>
 *
 * The counter is the place for replay protection across restarts toward admitted peers (RFC 4303);
 * this version writes none, and reads past one.
 */
final class MessagePayload {
  /** Bytes of a receipt's proof. */
  static final int PROOF_BYTES = 16;

  private static final int COUNTER = 1;
  private static final int APPLICATION = 2;
  private static final int MAX_HOPS = 255;
  private static final byte[] LABEL = "wayfolk/1 message\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RECEIPT = "receipt".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_AAD = {};

  /** A message as it travels. */
  record Sealed(HpkeSuite suite, byte[] keyId, MessageId id, byte[] enc, byte[] ciphertext) {}

  /** A receipt as it travels. */
  record Receipted(MessageId id, Status status, int hops, byte[] proof) {}

  /** What is inside the seal, for the application of that number. */
  record Content(int application, byte[] payload) {}

  private MessagePayload() {}

  /**
   * What the seal is bound to besides its key: label, network, suite, origin key, target,
   * receiver's key id, message id, frame type and payload kind. All behind the label have fixed
   * lengths, so no two contexts share their bytes.
   */
  static byte[] info(
      byte[] network,
      HpkeSuite suite,
      byte[] originKey,
      NodeId target,
      byte[] keyId,
      MessageId id) {
    Writer w = new Writer(LABEL.length + network.length + 1 + 32 + 32 + 8 + MessageId.BYTES + 2);
    w.bytes(LABEL).bytes(network).u8(suite.code()).bytes(originKey).nodeId(target).bytes(keyId);
    id.write(w);
    return w.u8(FrameType.ROUTE).u8(PayloadKind.MESSAGE).toBytes();
  }

  /** The associated data of the seal: none, since the info says it all. */
  static byte[] aad() {
    return NO_AAD;
  }

  /** What is sealed, for an application's payload. */
  static byte[] content(int application, byte[] payload) {
    Writer w = new Writer(2 + payload.length);
    if (application == Applications.RAW) {
      w.u8(0);
    } else {
      w.u8(APPLICATION).u8(application);
    }
    return w.bytes(payload).toBytes();
  }

  /**
   * What an opened content says, or null if it has flags of a later version.
   *
   * @throws Malformed if it is cut, longer than a message may be, or says at length that it is raw
   */
  static @Nullable Content readContent(byte[] content) throws Malformed {
    Reader r = new Reader(content);
    int flags = r.u8();
    if ((flags & ~(COUNTER | APPLICATION)) != 0) {
      return null;
    }
    if ((flags & COUNTER) != 0) {
      r.skip(Long.BYTES);
    }
    int application = Applications.RAW;
    if ((flags & APPLICATION) != 0) {
      application = r.u8();
      if (application == Applications.RAW) {
        throw new Malformed("raw has no application byte");
      }
    }
    if (r.remaining() > Send.MAX_PAYLOAD) {
      throw new Malformed("message too long");
    }
    return new Content(application, r.copy(r.remaining()));
  }

  static byte[] write(Sealed s) {
    int length = PayloadKind.PREFIX_BYTES + 25 + s.enc.length + s.ciphertext.length;
    Writer w = PayloadKind.write(new Writer(length), PayloadKind.MESSAGE);
    w.u8(s.suite.code()).bytes(s.keyId);
    s.id.write(w);
    return w.bytes(s.enc).bytes(s.ciphertext).toBytes();
  }

  static Sealed readMessage(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    HpkeSuite suite = HpkeSuite.ofCode(r.u8());
    byte[] keyId = r.copy(SealingKeyPair.ID_BYTES);
    MessageId id = MessageId.read(r);
    byte[] enc = r.copy(suite.encBytes());
    if (r.remaining() < Crypto.TAG_BYTES + 1) {
      throw new Malformed("truncated");
    }
    return new Sealed(suite, keyId, id, enc, r.copy(r.remaining()));
  }

  /** What a proof is exported over. */
  static byte[] proofContext(Status status, int hops) {
    byte[] c = Arrays.copyOf(RECEIPT, RECEIPT.length + 2);
    c[RECEIPT.length] = (byte) status.code();
    c[RECEIPT.length + 1] = (byte) hops;
    return c;
  }

  /** Hops as a receipt can say them. */
  static int saidHops(int hops) {
    return Math.min(hops, MAX_HOPS);
  }

  static byte[] write(Receipted r) {
    int length = PayloadKind.PREFIX_BYTES + MessageId.BYTES + 2 + PROOF_BYTES;
    Writer w = PayloadKind.write(new Writer(length), PayloadKind.RECEIPT);
    r.id.write(w);
    return w.u8(r.status.code()).u8(r.hops).bytes(r.proof).toBytes();
  }

  static Receipted readReceipt(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    MessageId id = MessageId.read(r);
    Receipted out = new Receipted(id, Status.of(r.u8()), r.u8(), r.copy(PROOF_BYTES));
    r.end();
    return out;
  }
}
