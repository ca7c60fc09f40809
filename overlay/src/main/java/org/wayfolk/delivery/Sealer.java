package org.wayfolk.delivery;

import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.Network;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.routing.Envelope;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;

/** The heavy work of this room: seals, opens, proves, signs. Immutable; any thread; for workers. */
final class Sealer {
  private final Identity me;
  private final Crypto crypto;
  private final byte[] myKey;
  private final byte[] network;

  /** A sealed and signed frame, and what its receipt is checked with. */
  record Shipment(byte[] frame, HpkeContext context) {}

  /** An opened message, and what its receipt is made with. */
  record Opened(byte[] content, byte[] digest, HpkeContext context) {}

  Sealer(Identity me, Network network) {
    this.me = me;
    this.crypto = me.crypto();
    this.myKey = me.publicIdentity().key();
    this.network = network.id();
  }

  /**
   * Seals and signs one try.
   *
   * @throws Malformed if the receiver's key is none
   */
  Shipment seal(
      MessageId id,
      MessagePayload.Content what,
      Answer.KeyFound to,
      byte[] entropy,
      long sentMillis)
      throws Malformed {
    byte[] keyId = to.keyId();
    byte[] info = MessagePayload.info(network, to.suite(), myKey, to.target(), keyId, id);
    HpkeContext context = to.suite().sender(crypto, to.sealingKey(), info, entropy);
    byte[] content = MessagePayload.content(what.application(), what.payload());
    byte[] ciphertext = context.seal(MessagePayload.aad(), content);
    byte[] body =
        MessagePayload.write(
            new MessagePayload.Sealed(to.suite(), keyId, id, context.enc(), ciphertext));
    return new Shipment(sign(to.target(), body, sentMillis), context);
  }

  /** Opens one; null if it does not open. */
  @Nullable Opened open(MessagePayload.Sealed s, byte[] originKey, SealingKeyPair own) {
    byte[] info = MessagePayload.info(network, s.suite(), originKey, me.id(), s.keyId(), s.id());
    try {
      HpkeContext context = s.suite().receiver(crypto, own, s.enc(), info);
      byte[] content = context.open(MessagePayload.aad(), s.ciphertext());
      return new Opened(content, crypto.sha256(content), context);
    } catch (Malformed e) {
      return null;
    }
  }

  /** A signed receipt for the sealing of {@code context}, which it closes. */
  byte[] receipt(
      NodeId to, MessageId id, Status status, int hops, HpkeContext context, long sentMillis) {
    int said = MessagePayload.saidHops(hops);
    byte[] proof =
        context.export(MessagePayload.proofContext(status, said), MessagePayload.PROOF_BYTES);
    context.close();
    byte[] body = MessagePayload.write(new MessagePayload.Receipted(id, status, said, proof));
    return sign(to, body, sentMillis);
  }

  private byte[] sign(NodeId target, byte[] payload, long sentMillis) {
    return Envelope.sign(
        FrameType.ROUTE, target, myKey, sentMillis * 1_000_000L, payload, me::signEnvelope);
  }
}
