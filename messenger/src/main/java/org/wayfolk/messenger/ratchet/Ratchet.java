package org.wayfolk.messenger.ratchet;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.messenger.ratchet.RatchetState.Chain;
import org.wayfolk.messenger.ratchet.RatchetState.RatchetPair;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * Seals and opens with a {@link RatchetState}: the Double Ratchet with header encryption (Signal,
 * The Double Ratchet Algorithm, section 4), ratchet keys made only when one is sent with (6.5), and
 * fresh ML-KEM-768 mixed in every 50 messages or day. Layout and derivations: {@code
 * docs/protocol/ratchet.md}.
 *
 * <p>Stateless, safe for many threads, never blocks. A message costs about 20 microseconds at each
 * end, the first of a chain 80 more, a refresh 100 more; one that skips, 2 for each skipped one.
 */
public final class Ratchet {

  /** Messages of one chain that may be passed over at once; more is refused. */
  public static final int MAX_SKIP = 1000;

  /** Bytes that sealing adds to a plaintext at least, the padding's mark included. */
  public static final int OVERHEAD = Header.FIXED + Crypto.TAG_BYTES + 1;

  private static final Opening NOT_FOR_THIS = new Opening.NotForThis();
  private static final Opening TOO_FAR = new Opening.TooFar();
  private static final Opening USED = new Opening.Used();

  private final Crypto crypto;
  private final KeySchedule keys;

  /** With the primitives of that provider. */
  public Ratchet(Crypto crypto) {
    this.crypto = crypto;
    this.keys = new KeySchedule(crypto);
  }

  /**
   * Seals one message. The next state is stored, durably and with the payload, before a byte of the
   * payload leaves. A state that went back all the same never repeats a key with a nonce, as long
   * as {@code random} does not go back with it.
   *
   * @param plaintext at most {@link Padding#capacity} bytes
   * @param ad what the receiver must know besides, byte for byte the same; not sent
   * @param around bytes that the caller puts around the payload, so that the whole has a padded
   *     size
   * @param now milliseconds since the epoch
   * @throws IllegalStateException if {@link RatchetState#maySeal} is false
   * @throws IllegalArgumentException if the plaintext is too long
   */
  public Sealed seal(
      RatchetState state,
      byte[] plaintext,
      byte[] ad,
      int around,
      RandomGenerator random,
      long now) {
    Draft draft = new Draft(state);
    draft.skipped = draft.skipped.unexpired(now);
    byte[] nonce = draw(random, Crypto.NONCE_BYTES);
    byte[] salt = draw(random, Header.SALT);
    Chain chain = draft.sending;
    if (chain == null) {
      chain = beginChain(draft, random, now);
    }
    RatchetPair own = draft.own;
    if (own == null) {
      throw new IllegalStateException("a sending chain without its ratchet key");
    }
    byte[] ciphertext = draft.refresh.ciphertext();
    byte[] offer = ciphertext == null ? offer(draft, chain.next(), random, now) : null;
    Header header = new Header(own.key(), draft.previous, chain.next(), salt, offer, ciphertext);
    int fixed = header.length() + Crypto.TAG_BYTES;
    int whole = Padding.sizeFor(around + fixed + plaintext.length + 1);
    byte[] padded = Padding.pad(plaintext, whole - around - fixed);

    byte[] sealedHeader = header.seal(crypto, chain.header(), draft.binding, nonce);
    KeySchedule.BodyKey body = keys.body(keys.messageKey(chain.key()), salt);
    byte[] sealedBody =
        crypto.seal(body.key(), body.nonce(), bodyAd(draft.binding, ad, sealedHeader), padded);
    draft.sending = new Chain(chain.header(), keys.nextChain(chain.key()), chain.next() + 1);
    draft.refresh = draft.refresh.counted();
    byte[] payload =
        new Writer(sealedHeader.length + sealedBody.length)
            .bytes(sealedHeader)
            .bytes(sealedBody)
            .toBytes();
    return new Sealed(draft.freeze(), payload);
  }

  // The sending half of a DH step, done when there is something to send: a key that nobody has seen
  // need not lie on the disk until then, and an offer may still come.
  private Chain beginChain(Draft draft, RandomGenerator random, long now) {
    byte[] peer = draft.peer;
    if (peer == null) {
      throw new IllegalStateException("nothing has been opened yet");
    }
    byte[] scalar = draw(random, Crypto.KEY_BYTES);
    RatchetPair own = new RatchetPair(scalar, crypto.x25519Public(scalar));
    byte[] offer = draft.refresh.peerOffer();
    KeySchedule.Step step;
    try {
      byte[] agreed = crypto.x25519Agree(scalar, peer);
      if (offer == null) {
        step = keys.step(draft.root, agreed);
      } else {
        MlKem768.Encapsulated made =
            MlKem768.encapsulate(offer, draw(random, MlKem768.ENTROPY_BYTES));
        step = keys.step(draft.root, agreed, made.secret(), offer, made.ciphertext());
        draft.refresh = draft.refresh.answering(now, made.ciphertext());
      }
    } catch (Malformed e) {
      throw new IllegalStateException("keys are checked when they are opened", e);
    }
    Chain chain = new Chain(draft.nextSending, step.chain(), 0);
    draft.own = own;
    draft.root = step.root();
    draft.nextSending = step.nextHeader();
    draft.sending = chain;
    return chain;
  }

  private byte @Nullable [] offer(Draft draft, int number, RandomGenerator random, long now) {
    if (draft.refresh.offer() == null && draft.refresh.due(now)) {
      draft.refresh = draft.refresh.offering(draw(random, MlKem768.SEED_BYTES), number);
    }
    byte[] seed = draft.refresh.offer();
    if (seed == null || !draft.refresh.carriesOffer(number)) {
      return null;
    }
    try (MlKem768.KeyPair pair = MlKem768.keyPair(seed)) {
      return pair.publicKey();
    }
  }

  /**
   * Opens one payload. Costs a try of a header key for each chain that still misses messages, at
   * most 258.
   *
   * @param payload exactly what {@link #seal} gave
   * @param ad as at {@link #seal}
   * @param now milliseconds since the epoch
   */
  public Opening open(RatchetState state, byte[] payload, byte[] ad, long now) {
    try {
      return tryAll(state, payload, ad, now);
    } catch (Malformed e) {
      return new Opening.Broken(String.valueOf(e.getMessage()));
    }
  }

  private Opening tryAll(RatchetState state, byte[] payload, byte[] ad, long now) throws Malformed {
    Draft draft = new Draft(state);
    draft.skipped = draft.skipped.unexpired(now);
    Chain current = draft.receiving;
    if (current != null) {
      Header.Read read = Header.open(crypto, current.header(), draft.binding, payload);
      if (read != null) {
        return inCurrent(draft, current, new Message(read, payload, ad, now));
      }
    }
    Header.Read next = Header.open(crypto, draft.nextReceiving, draft.binding, payload);
    if (next != null) {
      return inNext(draft, new Message(next, payload, ad, now));
    }
    for (byte[] header : draft.skipped.headers()) {
      Header.Read old = Header.open(crypto, header, draft.binding, payload);
      if (old != null) {
        return skipped(draft, header, new Message(old, payload, ad, now));
      }
    }
    return NOT_FOR_THIS;
  }

  /** A payload whose header opened. */
  private record Message(Header.Read read, byte[] payload, byte[] ad, long now) {
    Header header() {
      return read.header();
    }
  }

  private Opening inCurrent(Draft draft, Chain chain, Message message) throws Malformed {
    Header header = message.header();
    if (!Arrays.equals(header.ratchetKey(), draft.peer)) {
      // Two chains from one header key: its state went back and stepped again.
      return new Opening.Broken("another ratchet key in the same chain");
    }
    if (header.number() < chain.next()) {
      return skipped(draft, chain.header(), message);
    }
    if (header.number() - chain.next() > MAX_SKIP) {
      return TOO_FAR;
    }
    return atEnd(draft, chain, message);
  }

  // The receiving half of a DH step.
  private Opening inNext(Draft draft, Message message) throws Malformed {
    Header header = message.header();
    RatchetPair own = draft.own;
    if (own == null) {
      // We have not answered its last chain yet: an honest peer cannot have stepped.
      return new Opening.Broken("a step out of turn");
    }
    Chain ended = draft.receiving;
    int missed = ended == null ? 0 : Math.max(0, header.previous() - ended.next());
    if (missed > MAX_SKIP || header.number() > MAX_SKIP) {
      return TOO_FAR;
    }
    if (ended != null) {
      draft.skipTo(keys, ended, header.previous(), message.now());
    }
    byte[] agreed = crypto.x25519Agree(own.scalar(), header.ratchetKey());
    KeySchedule.Step step = receivingStep(draft, header, agreed, message.now());
    Chain begun = new Chain(draft.nextReceiving, step.chain(), 0);
    Chain sent = draft.sending;
    draft.root = step.root();
    draft.nextReceiving = step.nextHeader();
    draft.peer = header.ratchetKey();
    draft.previous = sent == null ? 0 : sent.next();
    draft.sending = null;
    draft.own = null;
    draft.refresh = draft.refresh.chainOver();
    return atEnd(draft, begun, message);
  }

  private KeySchedule.Step receivingStep(Draft draft, Header header, byte[] agreed, long now)
      throws Malformed {
    byte[] ciphertext = header.ciphertext();
    if (ciphertext == null) {
      return keys.step(draft.root, agreed);
    }
    byte[] seed = draft.refresh.offer();
    if (seed == null) {
      throw new Malformed("a ciphertext nobody asked for");
    }
    try (MlKem768.KeyPair pair = MlKem768.keyPair(seed)) {
      byte[] secret = pair.decapsulate(ciphertext);
      draft.refresh = Refresh.mixed(now);
      return keys.step(draft.root, agreed, secret, pair.publicKey(), ciphertext);
    }
  }

  /** A message at or beyond the end of the receiving chain. */
  private Opening atEnd(Draft draft, Chain from, Message message) throws Malformed {
    Header header = message.header();
    Chain chain = draft.skipTo(keys, from, header.number(), message.now());
    byte[] messageKey = keys.messageKey(chain.key());
    draft.receiving = new Chain(chain.header(), keys.nextChain(chain.key()), chain.next() + 1);
    takeOffer(draft, header);
    return body(draft, messageKey, message);
  }

  private Opening skipped(Draft draft, byte[] headerKey, Message message) throws Malformed {
    SkippedKeys.Entry entry = draft.skipped.find(headerKey, message.header().number());
    if (entry == null) {
      return USED;
    }
    draft.skipped = draft.skipped.without(entry);
    Chain current = draft.receiving;
    if (current != null && entry.of(current.header())) {
      takeOffer(draft, message.header());
    }
    return body(draft, entry.messageKey(), message);
  }

  // Only the next chain can answer, so an offer is of use until that has begun.
  private static void takeOffer(Draft draft, Header header) {
    byte[] offer = header.offer();
    if (offer != null && draft.own == null) {
      draft.refresh = draft.refresh.offered(offer);
    }
  }

  private Opening body(Draft draft, byte[] messageKey, Message message) throws Malformed {
    byte[] payload = message.payload();
    int at = message.read().length();
    KeySchedule.BodyKey body = keys.body(messageKey, message.header().salt());
    byte[] associated = bodyAd(draft.binding, message.ad(), Arrays.copyOf(payload, at));
    byte[] padded =
        crypto.open(body.key(), body.nonce(), associated, payload, at, payload.length - at);
    byte[] plaintext = Padding.unpad(padded);
    draft.refresh = draft.refresh.counted();
    return new Opening.Opened(draft.freeze(), plaintext);
  }

  // CONCAT of the specification: the length makes the parts unambiguous.
  private static byte[] bodyAd(byte[] binding, byte[] ad, byte[] sealedHeader) {
    return new Writer(binding.length + Integer.BYTES + ad.length + sealedHeader.length)
        .bytes(binding)
        .i32(ad.length)
        .bytes(ad)
        .bytes(sealedHeader)
        .toBytes();
  }

  private static byte[] draw(RandomGenerator random, int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }
}
