package org.wayfolk.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.transport.Address;

class NetworkTest {
  private static final long NOW = 1_800_000_000_000L;

  @Test
  void theIdIsTheHashThatTheDesignSays() {
    byte[] name = "local:demo".getBytes(StandardCharsets.US_ASCII);
    Blake2bDigest d = new Blake2bDigest(256);
    byte[] label = "wayfolk/1 network".getBytes(StandardCharsets.US_ASCII);
    d.update(label, 0, label.length);
    d.update((byte) 0);
    d.update((byte) 0);
    d.update((byte) name.length);
    d.update(name, 0, name.length);
    byte[] out = new byte[32];
    d.doFinal(out, 0);

    assertThat(Network.local("demo").id()).isEqualTo(Arrays.copyOf(out, 16));
  }

  @Test
  void builtInNetworksHaveTheirDifficultyAndAreApart() {
    assertThat(Network.main().difficulty()).isEqualTo(16);
    assertThat(Network.local().difficulty()).isZero();
    assertThat(List.of(Network.main(), Network.local(), Network.local("a"), Network.local("b")))
        .doesNotHaveDuplicates();
    assertThat(Network.parse("local:a"))
        .isEqualTo(Network.local("a"))
        .hasSameHashCodeAs(Network.local("a"));
    assertThat(Network.parse("main").name()).isEqualTo("main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Main", "local:", "local:A", "other", "local:a:b", "local:-", "local: a"})
  void whatIsNoNetworkIsRefusedWithAMessage(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("'");
  }

  @Test
  void aBuiltInNameCannotBeTakenForAnother() {
    assertThatThrownBy(() -> Network.of("local:x", 3, List.of(), false))
        .hasMessageContaining("built-in");
    assertThatThrownBy(() -> Network.of("a:b", 3, List.of(), false)).hasMessageContaining("colon");
    assertThat(Network.of("ours", 3, List.of(), false).difficulty()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4242, false, true",
    "[::1]:4242, false, true",
    "192.168.1.2:4242, true, true",
    "8.8.8.8:4242, true, true",
    "8.8.8.8:443, true, true",
    "8.8.8.8:53, false, false",
    "8.8.8.8:0, false, false",
    "0.0.0.0:4242, false, false",
    "[::]:4242, false, false",
    "224.0.0.1:4242, false, false",
    "203.0.113.1:4242, false, false"
  })
  void whatMayBeDialledDependsOnTheNetwork(String address, boolean main, boolean local) {
    Address a = Address.parse(address);
    assertThat(Network.main().reachable(a)).isEqualTo(main);
    assertThat(Network.local().reachable(a)).isEqualTo(local);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4242, 127.0.0.9:1, true",
    "127.0.0.1:4242, 192.168.1.9:1, false",
    "127.0.0.1:4242, 8.8.8.8:1, false",
    "192.168.1.2:4242, 127.0.0.1:1, true",
    "192.168.1.2:4242, 192.168.7.9:1, true",
    "192.168.1.2:4242, 10.0.0.9:1, false",
    "192.168.1.2:4242, 8.8.8.8:1, false",
    "[fd00:1:2::1]:4242, [fd00:1:2:3::1]:1, true",
    "[fd00:1:2::1]:4242, [fd00:1:3::1]:1, false",
    "[fd00:1:2::1]:4242, 192.168.1.2:1, false",
    "8.8.8.8:4242, 127.0.0.1:1, true",
    "8.8.8.8:4242, 192.168.1.9:1, true",
    "8.8.8.8:4242, 9.9.9.9:1, true",
    "0.0.0.0:4242, 127.0.0.1:1, false",
    "[::]:4242, 127.0.0.1:1, false"
  })
  void anAddressIsToldOnlyAtItsOwnScopeOrANarrowerOne(String address, String to, boolean told) {
    assertThat(Network.local().mayTell(Address.parse(address), Address.parse(to))).isEqualTo(told);
  }

  @Test
  void onMainLoopbackIsToldToNobody() {
    assertThat(
            Network.main().mayTell(Address.parse("127.0.0.1:4242"), Address.parse("127.0.0.1:1")))
        .isFalse();
  }

  @Test
  void oneNarrowAddressHoldsTheWholeRecordBack() {
    Network n = Network.local();
    PeerRecord mixed = Records.of(n, 1, NOW, "8.8.8.8:4242", "192.168.1.2:4242");
    assertThat(n.mayTell(mixed, Address.parse("9.9.9.9:1"), NOW)).isFalse();
    assertThat(n.mayTell(mixed, Address.parse("192.168.1.3:1"), NOW)).isTrue();
  }

  @Test
  void oneNarrowEntryNodeHoldsTheWholeRecordBack() {
    Network n = Network.local();
    PeerRecord.Body b = Records.body(1, NOW);
    PeerRecord.Entry lan =
        new PeerRecord.Entry(Records.identity(2).id(), Address.parse("10.0.0.1:4242"));
    PeerRecord withEntry =
        Records.sign(
            n,
            1,
            new PeerRecord.Body(
                b.key(), b.sequence(), b.expiry(), b.sealingKeyHash(), 0, List.of(), List.of(lan)));
    assertThat(n.mayTell(withEntry, Address.parse("9.9.9.9:1"), NOW)).isFalse();
    assertThat(n.mayTell(withEntry, Address.parse("10.0.9.9:1"), NOW)).isTrue();
  }

  @Test
  void endedAddressesAreNotPassedOnButARecordWithoutAnyIs() {
    Network n = Network.local();
    Address to = Address.parse("9.9.9.9:1");
    long end = NOW + PeerRecord.ADDRESS_LIFE_MILLIS;
    PeerRecord dialable = Records.of(n, 1, NOW, "8.8.8.8:4242");
    assertThat(n.mayTell(dialable, to, end - 1)).isTrue();
    assertThat(n.mayTell(dialable, to, end)).isFalse();
    PeerRecord plain = Records.of(n, 1, NOW);
    assertThat(n.mayTell(plain, to, end)).isTrue();
    assertThat(n.mayTell(plain, to, plain.expiry())).isFalse();
  }
}
