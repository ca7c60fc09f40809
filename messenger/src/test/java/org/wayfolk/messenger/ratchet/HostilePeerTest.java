package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.messenger.ratchet.Opening.Broken;
import org.wayfolk.messenger.ratchet.Opening.NotForThis;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.wire.Malformed;

/** Altered payloads, and headers that only a peer with the right keys can make. */
class HostilePeerTest {

  private final Crypto crypto = Crypto.best();
  private final Talk talk;

  HostilePeerTest() throws Malformed {
    talk = Talk.begun(crypto, 5);
  }

  private void refused(byte[] payload, String what) {
    byte[] before = talk.states[1].encode();
    assertThat(talk.open(1, payload)).as(what).isNotInstanceOf(Opened.class);
    assertThat(talk.states[1].encode()).as(what).isEqualTo(before);
  }

  private void everyByteCounts(byte[] payload) {
    for (int i = 0; i < payload.length; i++) {
      byte[] altered = payload.clone();
      altered[i] ^= (byte) (1 << i % 8);
      refused(altered, "byte " + i);
    }
    for (int length = 0; length < payload.length; length += length < 300 ? 1 : 17) {
      refused(Arrays.copyOf(payload, length), "length " + length);
    }
    refused(Arrays.copyOf(payload, payload.length + 1), "longer");
    assertThat(talk.open(1, payload)).isInstanceOf(Opened.class);
  }

  @Test
  void everyByteOfAPayloadCounts() {
    everyByteCounts(talk.seal(0));
  }

  @Test
  void everyByteOfTheFirstOfAChainCounts() {
    talk.pass(1);
    everyByteCounts(talk.seal(0));
  }

  @Test
  void everyByteOfAPassedOverMessageCounts() {
    byte[] late = talk.seal(0);
    talk.pass(0);
    talk.pass(1);
    talk.pass(0);
    everyByteCounts(late);
  }

  @Test
  void everyByteOfAnOfferAndOfItsAnswerCounts() {
    talk.now += Refresh.EVERY_MILLIS;
    talk.pass(1); // an offer
    assertThat(talk.states[0].refresh.peerOffer()).isNotNull();
    byte[] answer = talk.seal(0);
    assertThat(answer.length).isEqualTo(2048);
    everyByteCounts(answer);
    talk.pass(1);
    talk.now += Refresh.EVERY_MILLIS;
    byte[] offer = talk.seal(0);
    assertThat(offer.length).isEqualTo(2048);
    everyByteCounts(offer);
    assertThat(talk.states[1].refresh.peerOffer()).isNotNull();
  }

  @Test
  void otherAssociatedDataIsRefused() {
    byte[] payload = talk.seal(0);
    assertThat(talk.ratchet.open(talk.states[1], payload, new byte[1], talk.now))
        .isInstanceOf(Broken.class);
  }

  @Test
  void randomBytesAreForNobody() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] payload = Device.bytes(random, random.nextInt(2000));
      assertThat(talk.open(1, payload)).isInstanceOf(NotForThis.class);
    }
  }

  // What follows: bob (1) opens what alice (0) makes with her true header keys.

  private byte[] forge(Header header, byte[] headerKey) {
    byte[] sealed =
        header.seal(crypto, headerKey, talk.states[0].binding, Device.bytes(talk.random, 12));
    return Arrays.copyOf(sealed, sealed.length + 100);
  }

  private Header current(byte @org.jspecify.annotations.Nullable [] ciphertext) {
    RatchetState alice = talk.states[0];
    RatchetState.Chain chain = Objects.requireNonNull(alice.sending);
    byte[] key = Objects.requireNonNull(alice.own).key();
    return new Header(key, alice.previous, chain.next(), new byte[16], null, ciphertext);
  }

  private byte[] sendingHeader() {
    return Objects.requireNonNull(talk.states[0].sending).header();
  }

  private void broken(byte[] payload, String why) {
    byte[] before = talk.states[1].encode();
    assertThat(talk.open(1, payload)).isEqualTo(new Broken(why));
    assertThat(talk.states[1].encode()).isEqualTo(before);
  }

  @Test
  void aBodyThatIsNoneIsBroken() {
    broken(forge(current(null), sendingHeader()), "seal does not open");
  }

  @Test
  void negativeNumbersAreRefused() {
    Header good = current(null);
    Header number = new Header(good.ratchetKey(), 0, -1, good.salt(), null, null);
    Header previous = new Header(good.ratchetKey(), -1, 0, good.salt(), null, null);
    broken(forge(number, sendingHeader()), "header numbers");
    broken(forge(previous, sendingHeader()), "header numbers");
  }

  @Test
  void unknownFlagsAreRefused() {
    byte[] nonce = new byte[12];
    byte[] plain = new byte[Header.SEALED - Crypto.TAG_BYTES];
    plain[0] = 4;
    byte[] sealed = crypto.seal(sendingHeader(), nonce, talk.states[0].binding, plain);
    byte[] payload = new byte[400];
    System.arraycopy(sealed, 0, payload, 12, sealed.length);
    broken(payload, "header flags");
  }

  @Test
  void anotherRatchetKeyInTheSameChainIsRefused() {
    Header good = current(null);
    Header other = new Header(new byte[32], 0, good.number(), good.salt(), null, null);
    broken(forge(other, sendingHeader()), "another ratchet key in the same chain");
  }

  @Test
  void aStepOutOfTurnIsRefused() {
    broken(forge(current(null), talk.states[0].nextSending), "a step out of turn");
  }

  @Test
  void aRatchetKeyOfSmallOrderIsRefused() {
    talk.pass(1); // now a step of alice is in turn
    Header low = new Header(new byte[32], 1, 0, new byte[16], null, null);
    byte[] before = talk.states[1].encode();
    assertThat(talk.open(1, forge(low, talk.states[0].nextSending))).isInstanceOf(Broken.class);
    assertThat(talk.states[1].encode()).isEqualTo(before);
  }

  @Test
  void aCiphertextThatNobodyAskedForIsRefused() {
    talk.pass(1);
    Header header =
        new Header(
            crypto.x25519Public(Device.bytes(talk.random, 32)),
            1,
            0,
            new byte[16],
            null,
            new byte[MlKem768.CIPHERTEXT_BYTES]);
    broken(forge(header, talk.states[0].nextSending), "a ciphertext nobody asked for");
  }

  @Test
  void anOfferThatIsNoKeyIsRefused() {
    Header good = current(null);
    byte[] offer = new byte[MlKem768.PUBLIC_BYTES];
    Arrays.fill(offer, (byte) 0xff);
    Header header =
        new Header(good.ratchetKey(), good.previous(), good.number(), good.salt(), offer, null);
    broken(forge(header, sendingHeader()), "ml-kem key out of range");
  }

  @Test
  void aPeerWhoseStateWentBackIsNoticedAndHarmsNothing() {
    RatchetState copy = talk.states[0];
    talk.pass(0);
    talk.states[0] = copy;
    assertThat(talk.open(1, talk.seal(0))).isInstanceOf(Opening.Used.class);
    talk.pass(0); // one further than before, and it goes on
  }

  @Test
  void paddingWithoutItsMarkIsRefused() {
    for (byte[] bad : new byte[][] {{}, {0}, {0, 0}, {1}, {(byte) 0x80, 1}}) {
      assertThatThrownBy(() -> Padding.unpad(bad)).isInstanceOf(Malformed.class);
    }
  }
}
