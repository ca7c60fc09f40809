package org.wayfolk.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.SendOptions;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.node.Node;
import org.wayfolk.peer.Network;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Host;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.ThreadedHost;
import org.wayfolk.transport.Transport;
import org.wayfolk.wire.Malformed;

/** The stand-in for cryptography: it answers as the real one does, and cannot leave the world. */
final class FastCryptoTest {
  private final Crypto crypto = new FastCrypto(1);

  private static byte[] key(int n) {
    byte[] key = new byte[Crypto.KEY_BYTES];
    key[0] = (byte) n;
    key[20] = 7;
    return key;
  }

  @Test
  void aSignatureIsGoodForItsMessageAndItsKeyOnly() {
    byte[] message = "a message".getBytes(UTF_8);
    byte[] other = "another".getBytes(UTF_8);
    Crypto.SigningKey mine = crypto.signingKey(key(1));
    byte[] signature = mine.sign(message);
    assertThat(crypto.ed25519Verify(mine.publicKey(), message, signature)).isTrue();
    assertThat(crypto.ed25519Verify(mine.publicKey(), other, signature)).isFalse();
    assertThat(crypto.ed25519Verify(crypto.ed25519Public(key(2)), message, signature)).isFalse();
    signature[63] ^= 1;
    assertThat(crypto.ed25519Verify(mine.publicKey(), message, signature)).isFalse();
    assertThat(new FastCrypto(2).signingKey(key(1)).sign(message)).isNotEqualTo(mine.sign(message));
  }

  @Test
  void twoWhoExchangeKeysAgree() throws Malformed {
    byte[] a = crypto.x25519Agree(key(1), crypto.x25519Public(key(2)));
    byte[] b = crypto.x25519Agree(key(2), crypto.x25519Public(key(1)));
    assertThat(a)
        .isEqualTo(b)
        .isNotEqualTo(crypto.x25519Agree(key(3), crypto.x25519Public(key(2))));
  }

  @Test
  void whatIsSealedOpensUnchangedUnderItsKeyOnly() throws Malformed {
    byte[] nonce = new byte[Crypto.NONCE_BYTES];
    byte[] text = "text".getBytes(UTF_8);
    byte[] sealed = crypto.seal(key(1), nonce, key(9), text);
    assertThat(sealed).hasSize(text.length + Crypto.TAG_BYTES);
    assertThat(crypto.open(key(1), nonce, key(9), sealed)).isEqualTo(text);
    assertThatThrownBy(() -> crypto.open(key(2), nonce, key(9), sealed))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> crypto.open(key(1), nonce, key(8), sealed))
        .isInstanceOf(Malformed.class);
    sealed[0] ^= 1;
    assertThatThrownBy(() -> crypto.open(key(1), nonce, key(9), sealed))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void aHashDoesNotTellWhereItsPartsWereCut() {
    byte[] whole = "one and two".getBytes(UTF_8);
    assertThat(crypto.sha256("one ".getBytes(UTF_8), "and two".getBytes(UTF_8)))
        .isEqualTo(crypto.sha256(whole))
        .isNotEqualTo(crypto.blake2b256(whole));
  }

  @Test
  void nodesReachEachOtherOnIt() {
    SimWorld world = new SimWorld(11);
    try (SimNetwork net = new SimNetwork(world).crypto(new FastCrypto(11))) {
      net.grow(20, Joining.everySecond());
      world.run(Duration.ofSeconds(30));
      Deliveries d = net.sample(100, Duration.ofMillis(10), SendOptions.DEFAULT);
      world.check(() -> assertThat(d.first()).as(d.toString()).isEqualTo(100));
    }
  }

  @Test
  void aNodeOnARealMachineRefusesIt() {
    Identity identity = Identity.ofSeed(key(1), crypto);
    Transport real = new Elsewhere(new SimTransport(new SimWorld(1)));
    assertThatThrownBy(
            () -> Node.builder(identity).network(Network.local("x")).transport(real).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("protects nothing");
  }

  /** A transport whose machine does not say that it is simulated. */
  private record Elsewhere(SimTransport inner) implements Transport {
    @Override
    public Host host() {
      return new ThreadedHost(1);
    }

    @Override
    public void start(Credentials credentials, Limits limits, Events events) throws IOException {
      inner.start(credentials, limits, events);
    }

    @Override
    public List<Address> bound() {
      return inner.bound();
    }

    @Override
    public void dial(long token, Address to, @Nullable NodeId expected) {
      inner.dial(token, to, expected);
    }

    @Override
    public Map<String, Long> counters() {
      return inner.counters();
    }

    @Override
    public PacketPool packets() {
      return inner.packets();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
