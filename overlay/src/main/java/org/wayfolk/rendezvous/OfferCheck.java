package org.wayfolk.rendezvous;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.wire.Malformed;

/** Decides whether an offer proves a key. Immutable; for workers, since it verifies a signature. */
final class OfferCheck {
  private final Crypto crypto;
  private final RecordCheck records;

  OfferCheck(Crypto crypto, Network network) {
    this.crypto = crypto;
    this.records = new RecordCheck(crypto, network);
  }

  /**
   * The key, if the record verifies, is that of {@code from}, and names the key; else null.
   *
   * @param from who signed the envelope that the offer came in
   */
  Answer.@Nullable KeyFound prove(
      NodeId from,
      KeyPayload.Offer offer,
      long roundTripNanos,
      int hops,
      long wallMillis,
      long networkMillis) {
    RecordCheck.Verdict verdict = records.check(offer.record(), wallMillis, networkMillis);
    if (!(verdict instanceof RecordCheck.Verdict.Valid valid)) {
      return null;
    }
    PeerRecord record = valid.record();
    boolean named = Arrays.equals(crypto.sha256(offer.key()), record.sealingKeyHash());
    try {
      HpkeSuite suite = HpkeSuite.ofCode(offer.suite());
      return named && record.id().equals(from)
          ? new Answer.KeyFound(from, record, suite, offer.key(), roundTripNanos, hops)
          : null;
    } catch (Malformed e) {
      return null;
    }
  }
}
