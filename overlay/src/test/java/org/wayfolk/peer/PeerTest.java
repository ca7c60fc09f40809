package org.wayfolk.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.transport.Address;

class PeerTest {
  private static final String HEX =
      "45cd1496465d1e9e045a991d920ec5054c312f077765113c936b4d5c6d1e6ad5";

  @Test
  void aBareIdAndAnIdWithAnAddressAreBothPeers() {
    assertThat(Peer.parse(HEX).address()).isNull();
    assertThat(Peer.parse(HEX + "@[2001:db9::1]:4242").address())
        .isEqualTo(Address.parse("[2001:db9::1]:4242"));
    assertThat(Peer.parse(HEX + "@1.2.3.4:5")).hasToString(HEX + "@1.2.3.4:5");
    assertThat(Peer.parse(HEX)).hasToString(HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@1.2.3.4:5",
        HEX + "@",
        HEX + "@1.2.3.4",
        HEX + "@1.2.3.4:0",
        HEX + "@0.0.0.0:5",
        HEX + "@host:5",
        "45cd@1.2.3.4:5",
        HEX + "@1.2.3.4:5@1.2.3.4:5"
      })
  void anythingElseIsRefusedWithAMessage(String text) {
    assertThatThrownBy(() -> Peer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }
}
