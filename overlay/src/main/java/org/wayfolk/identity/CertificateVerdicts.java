package org.wayfolk.identity;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;

/**
 * Remembers certificates that were accepted, by the SHA-256 of their bytes, so that a peer who
 * connects again costs a hash and no signature check. Refusals are not kept: an honest peer has
 * none, and a hostile one would fill the table with them for the price of a random byte. Least
 * recently used out first. Safe for many threads.
 */
public final class CertificateVerdicts {

  /** Links of the largest node we plan for, several times over; about 300 bytes each. */
  public static final int DEFAULT_LIMIT = 1024;

  private final Crypto crypto;
  private final int limit;
  private final SequencedMap<ByteBuffer, PeerCertificate> accepted; // guarded by this

  /** Keeps at most {@code limit} verdicts, at least one. */
  public CertificateVerdicts(Crypto crypto, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a cache of " + limit);
    }
    this.crypto = crypto;
    this.limit = limit;
    this.accepted = new LinkedHashMap<>(16, 0.75f, true);
  }

  /**
   * What {@link PeerCertificate#verify} says, from memory where it can.
   *
   * @throws Malformed as that says
   */
  public PeerCertificate check(byte[] der) throws Malformed {
    if (der.length > PeerCertificate.MAX_BYTES) {
      throw new Malformed("certificate: too large"); // before hashing it
    }
    ByteBuffer name = ByteBuffer.wrap(crypto.sha256(der));
    PeerCertificate known = known(name);
    if (known != null) {
      return known;
    }
    PeerCertificate fresh = PeerCertificate.verify(crypto, der); // outside the lock
    keep(name, fresh);
    return fresh;
  }

  /** How many verdicts are kept now. */
  public synchronized int size() {
    return accepted.size();
  }

  private synchronized @Nullable PeerCertificate known(ByteBuffer name) {
    return accepted.get(name);
  }

  private synchronized void keep(ByteBuffer name, PeerCertificate verdict) {
    accepted.put(name, verdict);
    if (accepted.size() > limit) {
      accepted.pollFirstEntry();
    }
  }
}
