package org.wayfolk.messenger.meeting;

import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * How a side introduces itself; the plaintext of M1, and with two parts more that of M2. Nothing of
 * it is verified: {@link Introduced} does that.
 *
 * <pre>
 *   32  the guest's nonce
 *   32  the inviter's nonce               (M2 only)
 *   ..  name: uvarint length &lt;= 256 ‖ UTF-8; may be empty
 *   64  root claim
 *   ..  device list: uvarint length ‖ bytes
 *   ..  bundle of prekeys: uvarint length ‖ bytes   (M2 only)
 *   ..  what later versions add, passed over
 * </pre>
 *
 * @param guestNonce 32 bytes, drawn for each try of an invitation
 * @param inviterNonce 32 bytes, or empty in M1
 * @param self who the sender says to be
 * @param bundle prekeys, or empty in M1
 */
record Hello(byte[] guestNonce, byte[] inviterNonce, Self self, byte[] bundle) {
  /** Bytes of a nonce. */
  static final int NONCE_BYTES = 32;

  /** Four bytes for each of the 64 characters that a name may have. */
  static final int MAX_NAME = 256;

  /** A bundle has some 1.4 KB; what is larger is none. */
  static final int MAX_BUNDLE = 4_096;

  private static final int MAX_BYTES =
      2 * NONCE_BYTES + MAX_NAME + RootClaim.BYTES + DeviceList.MAX_BYTES + MAX_BUNDLE + 32;

  /**
   * Who somebody says to be.
   *
   * @param name what they call themselves; may be empty
   */
  record Self(String name, RootClaim claim, DeviceList list) {}

  private static final byte[] NONE = new byte[0];

  /** M1. */
  static Hello guest(byte[] nonce, Self self) {
    return new Hello(nonce, NONE, self, NONE);
  }

  byte[] encode() {
    Writer w = new Writer(MAX_BYTES);
    w.bytes(guestNonce).bytes(inviterNonce);
    w.prefixed(Names.utf8(self.name));
    w.bytes(self.claim.encode());
    w.prefixed(self.list.encode());
    if (bundle.length > 0) {
      w.prefixed(bundle);
    }
    return w.toBytes();
  }

  /** Reads M1. */
  static Hello guest(byte[] plain) throws Malformed {
    Reader r = new Reader(plain);
    return new Hello(r.copy(NONCE_BYTES), NONE, self(r), NONE);
  }

  /** Reads M2. */
  static Hello inviter(byte[] plain) throws Malformed {
    Reader r = new Reader(plain);
    return new Hello(r.copy(NONCE_BYTES), r.copy(NONCE_BYTES), self(r), r.copyPrefixed(MAX_BUNDLE));
  }

  private static Self self(Reader r) throws Malformed {
    String name = Names.text(r.copyPrefixed(MAX_NAME));
    RootClaim claim = RootClaim.read(r);
    return new Self(name, claim, DeviceList.decode(r.copyPrefixed(DeviceList.MAX_BYTES)));
  }
}
