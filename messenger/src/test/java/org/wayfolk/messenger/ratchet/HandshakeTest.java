package org.wayfolk.messenger.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Handshake.Initiated;
import org.wayfolk.messenger.ratchet.Opening.NotForThis;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

class HandshakeTest {

  private static final long NOW = 1_800_000_000_000L;

  private final Crypto crypto = Crypto.best();
  private final Random random = new Random(1);
  private final Device alice = Device.named(crypto, "alice", random, NOW);
  private final Device bob = Device.named(crypto, "bob", random, NOW);
  private final Ratchet ratchet = new Ratchet(crypto);

  private Initiated begin() throws Malformed {
    return alice.with(bob).initiate(bob.bundle(), Device.NO_PSK, random, NOW);
  }

  private Opening deliver(Initiated begun, RatchetState accepted) {
    Sealed first =
        ratchet.seal(begun.state(), "hello".getBytes(UTF_8), Device.NO_AD, 0, random, NOW);
    return ratchet.open(accepted, first.payload(), Device.NO_AD, NOW);
  }

  @Test
  void bothSidesComeToTheSameSession() throws Malformed {
    Initiated begun = begin();
    InitialMessage sent = InitialMessage.decode(new Reader(begun.initial().encode()));
    RatchetState accepted = bob.accept(alice, sent, Device.NO_PSK, NOW);
    assertThat(accepted.session()).isEqualTo(begun.state().session());
    assertThat(accepted.session()).isNotEqualTo(begin().state().session());

    Opened opened = (Opened) deliver(begun, accepted);
    assertThat(opened.plaintext()).asString().isEqualTo("hello");
    Sealed answer =
        ratchet.seal(opened.next(), "and you".getBytes(UTF_8), Device.NO_AD, 0, random, NOW);
    assertThat(begun.state().heard()).isFalse();
    Opened back = (Opened) ratchet.open(begun.state(), answer.payload(), Device.NO_AD, NOW);
    assertThat(back.plaintext()).asString().isEqualTo("and you");
    assertThat(back.next().heard()).isTrue();
  }

  @Test
  void theAcceptingSideSealsOnlyAfterItHasOpened() throws Malformed {
    RatchetState accepted = bob.accept(alice, begin().initial(), Device.NO_PSK, NOW);
    assertThat(accepted.maySeal()).isFalse();
    assertThatThrownBy(() -> ratchet.seal(accepted, Device.NO_AD, Device.NO_AD, 0, random, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBundleWithoutOneTimeKeyWorksToo() throws Malformed {
    Initiated begun = alice.with(bob).initiate(bob.bundle().with(null), Device.NO_PSK, random, NOW);
    assertThat(begun.initial().oneTime()).isZero();
    RatchetState accepted = bob.accept(alice, begun.initial(), Device.NO_PSK, NOW);
    assertThat(deliver(begun, accepted)).isInstanceOf(Opened.class);
  }

  @Test
  void aPreSharedKeyMustBeTheSameAndCannotBeLeftOut() throws Malformed {
    byte[] psk = Device.bytes(random, Handshake.PSK_BYTES);
    Initiated begun = alice.with(bob).initiate(bob.bundle(), psk, random, NOW);
    assertThat(deliver(begun, bob.accept(alice, begun.initial(), psk, NOW)))
        .isInstanceOf(Opened.class);
    byte[] other = psk.clone();
    other[31] ^= 1;
    for (byte[] wrong : new byte[][] {other, Device.NO_PSK, new byte[32]}) {
      assertThat(deliver(begun, bob.accept(alice, begun.initial(), wrong, NOW)))
          .isInstanceOf(NotForThis.class);
    }
    // Without the psk, 32 zero bytes do not do instead.
    Initiated none = begin();
    assertThat(deliver(none, bob.accept(alice, none.initial(), new byte[32], NOW)))
        .isInstanceOf(NotForThis.class);
    assertThatThrownBy(() -> bob.accept(alice, none.initial(), new byte[5], NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyByteOfTheInitialMessageCounts() throws Malformed {
    Initiated begun = begin();
    Sealed first = ratchet.seal(begun.state(), new byte[1], Device.NO_AD, 0, random, NOW);
    byte[] bytes = begun.initial().encode();
    assertThat(bytes).hasSize(InitialMessage.BYTES);
    for (int i = 0; i < bytes.length; i++) {
      byte[] altered = bytes.clone();
      altered[i] ^= 0x01;
      assertThat(opens(altered, first.payload())).as("byte %d", i).isFalse();
    }
    assertThat(opens(bytes, first.payload())).isTrue();
    // RFC 7748 ignores the top bit of a public key; the binding does not.
    byte[] altered = bytes.clone();
    altered[9 + 31] ^= (byte) 0x80;
    assertThat(opens(altered, first.payload())).isFalse();
  }

  private boolean opens(byte[] initial, byte[] payload) {
    try {
      InitialMessage message = InitialMessage.decode(new Reader(initial));
      PrekeySecrets secrets =
          new PrekeySecrets(message.prekey(), NOW, bob.prekeys().scalar(), bob.prekeys().kemSeed());
      OneTimePrekey.@Nullable Secret oneTime =
          message.oneTime() == 0
              ? null
              : new OneTimePrekey.Secret(message.oneTime(), bob.oneTime().scalar());
      RatchetState state = bob.with(alice).accept(message, secrets, oneTime, Device.NO_PSK, NOW);
      return ratchet.open(state, payload, Device.NO_AD, NOW) instanceof Opened;
    } catch (Malformed e) {
      return false;
    }
  }

  @Test
  void theIdentitiesAreBoundOnBothSides() throws Malformed {
    Initiated begun = begin();
    byte[] other = crypto.sha256("mallory".getBytes(UTF_8));
    Handshake self =
        new Handshake(crypto, new Party.Own(other, bob.own().agreement()), alice.party());
    Party renamed = new Party(other, alice.party().agreement(), alice.party().signing());
    Handshake peer = new Handshake(crypto, bob.own(), renamed);
    for (Handshake wrong : new Handshake[] {self, peer}) {
      RatchetState state =
          wrong.accept(begun.initial(), bob.prekeys(), bob.oneTime(), Device.NO_PSK, NOW);
      assertThat(deliver(begun, state)).isInstanceOf(NotForThis.class);
    }
  }

  @Test
  void someoneWithoutAliceKeyCannotPoseAsHer() throws Malformed {
    Device mallory = Device.named(crypto, "alice", random, NOW);
    Initiated begun = mallory.with(bob).initiate(bob.bundle(), Device.NO_PSK, random, NOW);
    assertThat(deliver(begun, bob.accept(alice, begun.initial(), Device.NO_PSK, NOW)))
        .isInstanceOf(NotForThis.class);
  }

  private void refused(PrekeyBundle bundle) {
    assertThatThrownBy(() -> alice.with(bob).initiate(bundle, Device.NO_PSK, random, NOW))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void bundlesThatTheDeviceDidNotSignAreRefused() {
    PrekeyBundle good = bob.bundle();
    PrekeyBundle foreign = alice.bundle();
    refused(foreign);
    refused(new PrekeyBundle(good.id() + 1, good.created(), good.curve(), good.kem(), null));
    refused(new PrekeyBundle(good.id(), good.created() + 1, good.curve(), good.kem(), null));
    refused(new PrekeyBundle(good.id(), good.created(), foreign.curve(), good.kem(), null));
    refused(new PrekeyBundle(good.id(), good.created(), good.curve(), foreign.kem(), null));
  }

  @Test
  void aKeyOfOneTypeIsNotTakenForTheOther() {
    PrekeyBundle good = bob.bundle();
    PrekeyBundle.Signer signer =
        (purpose, fields) -> bob.signing().sign(purpose.signedBytes(fields));
    byte[] key = good.curve().key();
    PrekeyBundle.Signed asKem =
        PrekeyBundle.sign(signer, PrekeyBundle.KEM, good.id(), good.created(), key);
    refused(new PrekeyBundle(good.id(), good.created(), asKem, good.kem(), null));
  }

  @Test
  void keysThatWouldGiveAnAllZeroSecretAreRefused() throws Malformed {
    PrekeyBundle.Signer signer =
        (purpose, fields) -> bob.signing().sign(purpose.signedBytes(fields));
    PrekeyBundle good = bob.bundle();
    byte[] zero = new byte[32];
    PrekeyBundle.Signed bad =
        PrekeyBundle.sign(signer, PrekeyBundle.CURVE, good.id(), good.created(), zero);
    refused(new PrekeyBundle(good.id(), good.created(), bad, good.kem(), null));
    refused(good.with(new OneTimePrekey(3, zero)));
    Party low = new Party(bob.own().identity(), zero, bob.signing().publicKey());
    assertThatThrownBy(() ->
            new Handshake(crypto, alice.own(), low).initiate(good, Device.NO_PSK, random, NOW))
        .isInstanceOf(Malformed.class);
    InitialMessage sent = begin().initial();
    InitialMessage low2 =
        new InitialMessage(sent.prekey(), sent.oneTime(), zero, sent.ciphertext());
    assertThatThrownBy(() -> bob.accept(alice, low2, Device.NO_PSK, NOW))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void anMlKemKeyOutOfRangeIsRefused() {
    PrekeyBundle.Signer signer =
        (purpose, fields) -> bob.signing().sign(purpose.signedBytes(fields));
    PrekeyBundle good = bob.bundle();
    byte[] key = good.kem().key().clone();
    Arrays.fill(key, 0, 3, (byte) 0xff); // coefficients of 4095
    PrekeyBundle.Signed bad =
        PrekeyBundle.sign(signer, PrekeyBundle.KEM, good.id(), good.created(), key);
    refused(new PrekeyBundle(good.id(), good.created(), good.curve(), bad, null));
  }

  @Test
  void codecsGiveBackWhatTheyWereGivenAndRefuseTheRest() throws Malformed {
    PrekeyBundle bundle = bob.bundle();
    for (PrekeyBundle one : new PrekeyBundle[] {bundle, bundle.with(null)}) {
      byte[] bytes = one.encode();
      assertThat(PrekeyBundle.decode(bytes).encode()).isEqualTo(bytes);
      PrekeyBundle.decode(bytes).verify(crypto, bob.signing().publicKey());
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> PrekeyBundle.decode(cut)).isInstanceOf(Malformed.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> PrekeyBundle.decode(longer)).isInstanceOf(Malformed.class);
    }
    assertThat(bundle.encode()).hasSize(PrekeyBundle.MAX_BYTES);
    byte[] secrets = bob.prekeys().encode();
    assertThat(PrekeySecrets.decode(secrets).encode()).isEqualTo(secrets);
    byte[] otherSuite = begin().initial().encode();
    otherSuite[0] = 2;
    assertThatThrownBy(() -> InitialMessage.decode(new Reader(otherSuite)))
        .isInstanceOf(Malformed.class);
  }
}
