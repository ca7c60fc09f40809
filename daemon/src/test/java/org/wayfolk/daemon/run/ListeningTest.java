package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.transport.Address;

/** Where a node listens. */
final class ListeningTest {

  private static List<String> tries(String asked, int kept, boolean loopback) throws Failure {
    return Listening.of(Listening.parse(asked), kept, loopback).tries().stream()
        .map(Address::toString)
        .toList();
  }

  @Test
  void thePortOfAHomeIsKept() {
    assertThat(Listening.of(null, 4_242, false).tries())
        .containsExactly(Address.parse("0.0.0.0:4242"));
    assertThat(Listening.of(null, 0, true).tries()).containsExactly(Address.parse("127.0.0.1:0"));
  }

  @Test
  void aChosenPortIsTheOnlyOneTriedAndBecomesTheKeptOne() throws Exception {
    assertThat(tries("127.5.1.1:99", 4_242, true)).containsExactly("127.5.1.1:99");
    assertThat(Listening.of(Address.parse("127.5.1.1:99"), 4_242, true).chosen()).isTrue();
    assertThat(Listening.of(Address.parse("127.5.1.1:0"), 0, true).chosen()).isFalse();
  }

  @Test
  void whereAnyPortWillDoTheKeptOneComesFirst() throws Exception {
    assertThat(tries("127.5.1.1:0", 4_242, true)).containsExactly("127.5.1.1:4242", "127.5.1.1:0");
    assertThat(tries("[::1]:0", 0, true)).containsExactly("[::1]:0");
  }

  @Test
  void whatIsNoAddressIsAUsageError() {
    for (String bad :
        new String[] {"", ":1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "::1:5", "[::1]"}) {
      assertThatThrownBy(() -> Listening.parse(bad))
          .as(bad)
          .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.USAGE));
    }
  }

  @Test
  void othersAreToldAnAddressOfThisMachineNeverAWildcard() {
    List<Address> local =
        List.of(
            Address.parse("127.0.0.1:0"),
            Address.parse("[fe80::1]:0"),
            Address.parse("8.8.4.4:0"),
            Address.parse("192.168.1.5:0"));
    assertThat(Interfaces.seen(Address.parse("0.0.0.0:99"), local))
        .isEqualTo(Address.parse("8.8.4.4:99"));
    assertThat(Interfaces.seen(Address.parse("0.0.0.0:99"), local.subList(0, 2)))
        .isEqualTo(Address.parse("127.0.0.1:99"));
    assertThat(Interfaces.seen(Address.parse("127.5.1.1:99")))
        .isEqualTo(Address.parse("127.5.1.1:99"));
  }
}
