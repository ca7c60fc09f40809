package org.wayfolk.rendezvous;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Input;

/** What came of asking for a peer's key. Also events, for the rooms above. */
public sealed interface Answer extends Input.Event {
  /** Who was asked for. */
  NodeId target();

  /**
   * The peer's own record and current sealing key, verified.
   *
   * @param suite what the key is for
   * @param sealingKey its public sealing key; do not modify
   * @param roundTripNanos from the ask that was answered to its answer; 0 if it was known before
   * @param hops links the answer crossed, 0 if it was known before; forwarders could lie
   */
  record KeyFound(
      NodeId target,
      PeerRecord record,
      HpkeSuite suite,
      byte[] sealingKey,
      long roundTripNanos,
      int hops)
      implements Answer {

    /**
     * What a message sealed to this key names it by: the first 8 bytes of the hash that the record
     * carries.
     */
    public byte[] keyId() {
      return Arrays.copyOf(record.sealingKeyHash(), SealingKeyPair.ID_BYTES);
    }
  }

  /** Nothing was learned. */
  record KeyMissing(NodeId target, Why why) implements Answer {}

  /** Why nothing was learned. */
  enum Why {
    /** No link took the ask. */
    NO_ROUTE,
    /** No valid answer in time: absent, unreachable, or silent toward us. */
    NO_ANSWER,
    /** Too many asks wait here. */
    BUSY
  }
}
