package org.wayfolk.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wayfolk.peer.Network;
import org.wayfolk.transport.Address;

class DialableTest {
  private static final List<Address> LOCAL =
      addresses(
          "127.0.0.1:0",
          "[::1]:0",
          "192.168.1.7:0",
          "172.17.0.1:0",
          "172.18.0.1:0",
          "172.19.0.1:0",
          "172.20.0.1:0",
          "172.21.0.1:0",
          "85.10.20.30:0",
          "[fe80::1]:0",
          "[2a01::5]:0");

  private static List<Address> addresses(String... text) {
    return Stream.of(text).map(Address::parse).toList();
  }

  private static List<Address> introduced(Dialable d, Network network, String... bound) {
    return d.introduced(network, addresses(bound), LOCAL);
  }

  @Test
  void whoIsToldInPersonHearsOfTheHouseAndTheOutsideButNotOfThisMachine() {
    assertThat(introduced(Dialable.AUTO, Network.main(), "0.0.0.0:4040"))
        .isEqualTo(
            addresses(
                "192.168.1.7:4040",
                "85.10.20.30:4040",
                "172.17.0.1:4040",
                "172.18.0.1:4040",
                "172.19.0.1:4040",
                "172.20.0.1:4040"));
    // An address that needs the name of an interface is none.
    assertThat(introduced(Dialable.YES, Network.main(), "[::]:4040"))
        .isEqualTo(addresses("[2a01::5]:4040"));
  }

  @Test
  void onANetworkOfOneMachineLoopbackComesFirst() {
    assertThat(introduced(Dialable.AUTO, Network.local(), "127.0.0.1:4040"))
        .isEqualTo(addresses("127.0.0.1:4040"));
    assertThat(introduced(Dialable.AUTO, Network.local(), "0.0.0.0:4040"))
        .startsWith(addresses("127.0.0.1:4040", "192.168.1.7:4040").toArray(Address[]::new));
  }

  @Test
  void whoListensAtOneAddressNamesThatAlone() {
    assertThat(introduced(Dialable.AUTO, Network.main(), "192.168.1.7:4040"))
        .isEqualTo(addresses("192.168.1.7:4040"));
    assertThat(introduced(Dialable.AUTO, Network.main(), "127.0.0.1:4040")).isEmpty();
  }

  @Test
  void whoIsNotDialableNamesNone() {
    assertThat(introduced(Dialable.NO, Network.main(), "0.0.0.0:4040")).isEmpty();
  }
}
