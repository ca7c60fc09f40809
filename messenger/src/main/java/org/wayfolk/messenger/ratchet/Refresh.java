package org.wayfolk.messenger.ratchet;

import org.jspecify.annotations.Nullable;

/**
 * How fresh ML-KEM comes into a session. A side that finds a refresh due puts an ML-KEM key on
 * offer in headers of its current chain; the other side answers in all headers of its next chain
 * with a ciphertext, whose secret enters the root key at the step that begins that chain.
 *
 * <p>An offer lives as long as the chain that carries it: the chain that answers ours either mixes
 * it or, if the offer was lost or came too late, never will; then the next chain offers a new key.
 * So neither loss nor order can part the two sides, and at most one key and one ciphertext are
 * kept.
 *
 * @param mixedAt when ML-KEM was mixed in last, in milliseconds since the epoch
 * @param since messages sealed and opened since
 * @param offer seed of our key on offer in the current sending chain, or null
 * @param offerFrom number of the first message that carried it
 * @param peerOffer the peer's key that our next chain will answer, or null
 * @param ciphertext what every header of our current sending chain carries, or null
 */
record Refresh(
    long mixedAt,
    int since,
    byte @Nullable [] offer,
    int offerFrom,
    byte @Nullable [] peerOffer,
    byte @Nullable [] ciphertext) {

  // security.md 26: every 50 messages or day.
  static final int EVERY_MESSAGES = 50;
  static final long EVERY_MILLIS = 24L * 60 * 60 * 1000;

  // An offer takes 1.2 KB; the peer needs it once before it answers. One in eight survives the loss
  // of some, and one who never gets an answer pays for one in eight.
  static final int OFFER_PERIOD = 8;

  static Refresh mixed(long now) {
    return new Refresh(now, 0, null, 0, null, null);
  }

  /** One more message sealed or opened. */
  Refresh counted() {
    int more = since == Integer.MAX_VALUE ? since : since + 1;
    return new Refresh(mixedAt, more, offer, offerFrom, peerOffer, ciphertext);
  }

  boolean due(long now) {
    return since >= EVERY_MESSAGES || Math.abs(now - mixedAt) >= EVERY_MILLIS;
  }

  /** Our sending chain is over, and with it what it carried. */
  Refresh chainOver() {
    return new Refresh(mixedAt, since, null, 0, peerOffer, null);
  }

  /** An offer of the peer that is to be answered; the first of a chain counts. */
  Refresh offered(byte[] key) {
    return peerOffer != null
        ? this
        : new Refresh(mixedAt, since, offer, offerFrom, key, ciphertext);
  }

  Refresh offering(byte[] seed, int number) {
    return new Refresh(mixedAt, since, seed, number, peerOffer, ciphertext);
  }

  /** Our new chain answers the peer's offer. */
  Refresh answering(long now, byte[] made) {
    return new Refresh(now, 0, null, 0, null, made);
  }

  boolean carriesOffer(int number) {
    return offer != null && (number - offerFrom) % OFFER_PERIOD == 0;
  }

  @Override
  public String toString() {
    return "Refresh[since=" + since + "]"; // nothing secret
  }
}
