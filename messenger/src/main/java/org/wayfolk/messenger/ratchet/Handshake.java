package org.wayfolk.messenger.ratchet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.identity.Purpose;
import org.wayfolk.messenger.ratchet.RatchetState.Chain;
import org.wayfolk.messenger.ratchet.RatchetState.RatchetPair;
import org.wayfolk.wire.Malformed;

/**
 * The set-up of a session between this device and one other, as PQXDH (Signal, revision 3) does it,
 * with both identities, all prekeys and their ids bound into the keys. Every set-up has X25519 and
 * ML-KEM-768; there is no lesser one to fall back to.
 *
 * <p>Stateless, safe for many threads, never blocks; costs half a millisecond.
 */
public final class Handshake {

  /** Bytes of a pre-shared key; a set-up without one passes an empty array. */
  public static final int PSK_BYTES = 32;

  private static final Purpose SETUP = new Purpose("ratchet setup");
  private static final byte[] NONE = {};
  private static final int HAS_ONE_TIME = 1;
  private static final int HAS_PSK = 2;

  private final Crypto crypto;
  private final KeySchedule keys;
  private final Party.Own self;
  private final Party peer;

  /**
   * A session begun by this side.
   *
   * @param state seals at once
   * @param initial goes before each message until one of the other side is opened
   */
  public record Initiated(RatchetState state, InitialMessage initial) {}

  /** Between these two. */
  public Handshake(Crypto crypto, Party.Own self, Party peer) {
    this.crypto = crypto;
    this.keys = new KeySchedule(crypto);
    this.self = self;
    this.peer = peer;
  }

  /**
   * Begins a session from the peer's bundle, whose signatures and ML-KEM key it checks.
   *
   * @param psk a secret that both have besides (a meeting's), 32 bytes, or empty for none
   * @param now milliseconds since the epoch
   * @throws Malformed if the bundle is not signed by the peer's device or a key in it is none
   */
  public Initiated initiate(PrekeyBundle bundle, byte[] psk, RandomGenerator random, long now)
      throws Malformed {
    checkPsk(psk);
    bundle.verify(crypto, peer.signing());
    byte[] scalar = draw(random, Crypto.KEY_BYTES);
    byte[] ephemeral = crypto.x25519Public(scalar);
    byte[] curve = bundle.curve().key();
    OneTimePrekey oneTime = bundle.oneTime();
    MlKem768.Encapsulated made =
        MlKem768.encapsulate(bundle.kem().key(), draw(random, MlKem768.ENTROPY_BYTES));
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(crypto.x25519Agree(self.agreement(), curve));
    secrets.add(crypto.x25519Agree(scalar, peer.agreement()));
    secrets.add(crypto.x25519Agree(scalar, curve));
    if (oneTime != null) {
      secrets.add(crypto.x25519Agree(scalar, oneTime.key()));
    }
    secrets.add(made.secret());
    secrets.add(psk);

    int oneTimeId = oneTime == null ? 0 : oneTime.id();
    InitialMessage initial =
        new InitialMessage(bundle.id(), oneTimeId, ephemeral, made.ciphertext());
    byte[] own = crypto.x25519Public(self.agreement());
    byte[] binding =
        binding(
            new Side(self.identity(), own),
            new Side(peer.identity(), peer.agreement()),
            initial,
            new Prekeys(curve, bundle.kem().key(), oneTime == null ? NONE : oneTime.key()),
            psk);
    KeySchedule.Setup setup = keys.setup(binding, secrets.toArray(byte[][]::new));

    // RatchetInitAliceHE
    byte[] first = draw(random, Crypto.KEY_BYTES);
    KeySchedule.Step step = keys.step(setup.root(), crypto.x25519Agree(first, curve));
    Draft draft =
        new Draft(
            binding, step.root(), step.nextHeader(), setup.responderHeader(), Refresh.mixed(now));
    draft.own = new RatchetPair(first, crypto.x25519Public(first));
    draft.peer = curve;
    draft.sending = new Chain(setup.initiatorHeader(), step.chain(), 0);
    return new Initiated(draft.freeze(), initial);
  }

  /**
   * The accepting side. The state is proven right only when {@link Ratchet#open} opens the message
   * that came with the initial one: nothing is kept or deleted before that.
   *
   * @param initial the peer's; it names the prekeys
   * @param secrets the signed prekeys of id {@link InitialMessage#prekey}
   * @param oneTime the one-time prekey of id {@link InitialMessage#oneTime}, null if that is 0; it
   *     is deleted once the first message opened
   * @param psk as the initiator's
   * @param now milliseconds since the epoch
   * @throws Malformed if a key of the peer is none
   * @throws IllegalArgumentException if the prekeys are not those that the message names
   */
  public RatchetState accept(
      InitialMessage initial,
      PrekeySecrets secrets,
      OneTimePrekey.@Nullable Secret oneTime,
      byte[] psk,
      long now)
      throws Malformed {
    checkPsk(psk);
    if (initial.prekey() != secrets.id()
        || initial.oneTime() != (oneTime == null ? 0 : oneTime.id())) {
      throw new IllegalArgumentException("other prekeys than the message names");
    }
    byte[] curve = crypto.x25519Public(secrets.scalar());
    List<byte[]> agreed = new ArrayList<>();
    agreed.add(crypto.x25519Agree(secrets.scalar(), peer.agreement()));
    agreed.add(crypto.x25519Agree(self.agreement(), initial.ephemeral()));
    agreed.add(crypto.x25519Agree(secrets.scalar(), initial.ephemeral()));
    byte[] oneTimeKey = NONE;
    if (oneTime != null) {
      agreed.add(crypto.x25519Agree(oneTime.scalar(), initial.ephemeral()));
      oneTimeKey = crypto.x25519Public(oneTime.scalar());
    }
    byte[] kemKey;
    try (MlKem768.KeyPair kem = MlKem768.keyPair(secrets.kemSeed())) {
      agreed.add(kem.decapsulate(initial.ciphertext()));
      kemKey = kem.publicKey();
    }
    agreed.add(psk);
    byte[] binding =
        binding(
            new Side(peer.identity(), peer.agreement()),
            new Side(self.identity(), crypto.x25519Public(self.agreement())),
            initial,
            new Prekeys(curve, kemKey, oneTimeKey),
            psk);
    KeySchedule.Setup setup = keys.setup(binding, agreed.toArray(byte[][]::new));

    // RatchetInitBobHE: the signed prekey is our first ratchet key
    Draft draft =
        new Draft(
            binding,
            setup.root(),
            setup.responderHeader(),
            setup.initiatorHeader(),
            Refresh.mixed(now));
    draft.own = new RatchetPair(secrets.scalar(), curve);
    return draft.freeze();
  }

  private record Side(byte[] identity, byte[] agreement) {}

  private record Prekeys(byte[] curve, byte[] kem, byte[] oneTime) {}

  /** What both sides must agree on: it enters the keys, and every seal as associated data. */
  private byte[] binding(
      Side initiator, Side responder, InitialMessage initial, Prekeys prekeys, byte[] psk) {
    int has = (initial.oneTime() == 0 ? 0 : HAS_ONE_TIME) | (psk.length == 0 ? 0 : HAS_PSK);
    return crypto.sha256(
        SETUP.signedBytes(
            new byte[] {PrekeyBundle.SUITE, (byte) has},
            initiator.identity,
            responder.identity,
            initiator.agreement,
            responder.agreement,
            initial.ephemeral(),
            fourBytes(initial.prekey()),
            prekeys.curve,
            crypto.sha256(prekeys.kem),
            crypto.sha256(initial.ciphertext()),
            fourBytes(initial.oneTime()),
            prekeys.oneTime));
  }

  private static byte[] fourBytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static void checkPsk(byte[] psk) {
    if (psk.length != 0 && psk.length != PSK_BYTES) {
      throw new IllegalArgumentException("length of a pre-shared key");
    }
  }

  private static byte[] draw(RandomGenerator random, int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }
}
