package org.wayfolk.messenger.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

class HandshakeTest {

  private static final long NOW = 1_800_000_000_000L;

  private final Crypto crypto = Crypto.best();
  private final Random random = new Random(1);
  private final Device alice = Device.named(crypto, "alice", random, NOW);
  private final Device bob = Device.named(crypto, "bob", random, NOW);
  private final Ratchet ratchet = new Ratchet(crypto);

  private Opening deliver(Handshake.Initiated begun, RatchetState accepted) {
    Sealed first =
        ratchet.seal(begun.state(), "hello".getBytes(UTF_8), Device.NO_AD, 0, random, NOW);
    return ratchet.open(accepted, first.payload(), Device.NO_AD, NOW);
  }

  @Test
  void bothSidesComeToTheSameSession() throws Malformed {
    Handshake.Initiated begun = alice.with(bob).initiate(bob.bundle(), Device.NO_PSK, random, NOW);
    InitialMessage sent = InitialMessage.decode(new Reader(begun.initial().encode()));
    RatchetState accepted = bob.accept(alice, sent, Device.NO_PSK, NOW);
    assertThat(accepted.session()).isEqualTo(begun.state().session());
    assertThat(accepted.maySeal()).isFalse();
    assertThatThrownBy(() -> ratchet.seal(accepted, Device.NO_AD, Device.NO_AD, 0, random, NOW))
        .isInstanceOf(IllegalStateException.class);

    Opening.Opened opened = (Opening.Opened) deliver(begun, accepted);
    assertThat(opened.plaintext()).asString().isEqualTo("hello");
    Sealed answer =
        ratchet.seal(opened.next(), "and you".getBytes(UTF_8), Device.NO_AD, 0, random, NOW);
    Sealed first = ratchet.seal(begun.state(), new byte[0], Device.NO_AD, 0, random, NOW);
    assertThat(first.next().heard()).isFalse();
    Opening.Opened back =
        (Opening.Opened) ratchet.open(first.next(), answer.payload(), Device.NO_AD, NOW);
    assertThat(back.plaintext()).asString().isEqualTo("and you");
    assertThat(back.next().heard()).isTrue();
  }
}
