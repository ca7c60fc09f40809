package org.wayfolk.peer;

import java.util.List;
import java.util.stream.Stream;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.transport.Address;

/** Identities and signed records for tests. */
public final class Records {
  private Records() {}

  /** The identity number {@code n}: always the same. */
  public static Identity identity(int n) {
    byte[] seed = new byte[Identity.SEED_BYTES];
    seed[0] = (byte) n;
    seed[1] = (byte) (n >>> 8);
    seed[31] = 1;
    return Identity.ofSeed(seed);
  }

  /**
   * What identity {@code n} says: issued at {@code sequence}, full life, these addresses, no entry
   * nodes.
   */
  public static PeerRecord.Body body(int n, long sequence, String... addresses) {
    return new PeerRecord.Body(
        identity(n).publicIdentity().key(),
        sequence,
        sequence + PeerRecord.LIFE_MILLIS,
        new byte[32],
        0,
        Stream.of(addresses).map(Address::parse).toList(),
        List.of());
  }

  /** The same of a node that carries nothing for others. */
  public static PeerRecord.Body leaf(PeerRecord.Body b) {
    return new PeerRecord.Body(
        b.key(),
        b.sequence(),
        b.expiry(),
        b.sealingKeyHash(),
        PeerRecord.CARRIES_NOTHING,
        b.addresses(),
        b.entries());
  }

  /** That, signed. */
  public static PeerRecord of(Network network, int n, long sequence, String... addresses) {
    return sign(network, n, body(n, sequence, addresses));
  }

  /** A body signed by identity {@code n}. */
  public static PeerRecord sign(Network network, int n, PeerRecord.Body body) {
    return new RecordCheck(Crypto.best(), network).sign(identity(n), body);
  }
}
