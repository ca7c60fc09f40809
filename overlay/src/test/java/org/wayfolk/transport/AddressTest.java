package org.wayfolk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/** Literal addresses: text, bytes, reach. */
final class AddressTest {
  private final SplittableRandom dice = new SplittableRandom(4);

  private Address draw() {
    int port = dice.nextInt(65_536);
    if (dice.nextBoolean()) {
      return Address.ofV4(dice.nextInt(), port);
    }
    byte[] ip = new byte[16];
    // Groups of zeros, so that every form of compression occurs.
    for (int i = 0; i < 16; i += 2) {
      if (dice.nextBoolean()) {
        ip[i] = (byte) (dice.nextBoolean() ? dice.nextInt() : 0);
        ip[i + 1] = (byte) dice.nextInt();
      }
    }
    return Address.of(ip, port);
  }

  @Test
  void textAndBytesCarryAnAddressThereAndBack() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      Address a = draw();
      String text = a.toString();
      assertThat(Address.parse(text)).isEqualTo(a);
      assertThat(text.length()).isLessThanOrEqualTo(Address.MAX_TEXT);
      assertThat(Address.of(a.ip(), a.port())).isEqualTo(a);
      assertThat(InetAddress.getByAddress(a.ip())).isEqualTo(InetAddress.ofLiteral(host(text)));
      Writer w = new Writer(100);
      a.write(w);
      assertThat(w.length()).isEqualTo(a.wireBytes());
      Reader r = new Reader(w.toBytes());
      assertThat(Address.read(r)).isEqualTo(a);
      r.end();
    }
  }

  private static String host(String text) {
    String host = text.substring(0, text.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @ParameterizedTest
  @CsvSource({
    "[::]:1, [0:0:0:0:0:0:0:0]:1",
    "[::1]:1, [0:0:0:0:0:0:0:1]:1",
    "[1::]:1, [1:0:0:0:0:0:0:0]:1",
    "[2001:db8::1]:1, [2001:DB8:0:0:0:0:0:1]:1",
    "[2001:db8:0:1:1:1:1:1]:1, [2001:db8:0:1:1:1:1:1]:1",
    "[2001:0:0:1::1]:1, [2001:0:0:1:0:0:0:1]:1",
    "[2001:db8::1:0:0:1]:1, [2001:db8:0:0:1:0:0:1]:1",
    "1.2.3.4:1, [::ffff:1.2.3.4]:1"
  })
  void textIsThatOfRfc5952(String canonical, String other) {
    assertThat(Address.parse(other)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "1.2.3.4",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:+1",
        "1.2.3.4:000001",
        "1.2.3.4:1 ",
        "1.2.3:80",
        "1.2:80",
        "1:80",
        "16909060:80",
        "0x1.2.3.4:80",
        "01.2.3.4:80",
        "1.2.3.256:80",
        "1.2.3.4.5:80",
        "::1:80",
        "[1.2.3.4]:80",
        "[::1:80",
        "::1]:80",
        "[]:80",
        "[:::]:80",
        "[fe80::1%1]:80",
        "[fe80::1%lo]:80",
        "[::1]80:80",
        "localhost:80",
        "example.org:80",
        "١.2.3.4:80"
      })
  void anythingElseIsNoAddress(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void aStrangersTextIsMalformedAndNeverThrowsOtherwise() {
    byte[] junk = new byte[60];
    for (int i = 0; i < 20_000; i++) {
      dice.nextBytes(junk);
      junk[0] = 4;
      System.arraycopy("quic".getBytes(StandardCharsets.US_ASCII), 0, junk, 1, 4);
      junk[5] = (byte) dice.nextInt(60);
      String alphabet = "0123456789abcdef:.[]%x";
      for (int j = 6; j < junk.length; j++) {
        junk[j] = (byte) alphabet.charAt(dice.nextInt(alphabet.length()));
      }
      try {
        Address a = Address.read(new Reader(junk));
        assertThat(Address.parse(a.toString())).isEqualTo(a);
      } catch (Malformed e) {
        assertThat(e).hasMessageNotContaining("'");
      }
    }
    byte[] otherNet = new Writer(40).prefixed(new byte[] {'t', 'c', 'p'}).uvarint(0).toBytes();
    assertThatThrownBy(() -> Address.read(new Reader(otherNet))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, LOOPBACK",
    "127.255.255.255, LOOPBACK",
    "10.0.0.0, LAN",
    "10.255.255.255, LAN",
    "9.255.255.255, GLOBAL",
    "11.0.0.0, GLOBAL",
    "172.15.255.255, GLOBAL",
    "172.16.0.0, LAN",
    "172.31.255.255, LAN",
    "172.32.0.0, GLOBAL",
    "192.167.255.255, GLOBAL",
    "192.168.0.0, LAN",
    "192.169.0.0, GLOBAL",
    "169.254.0.1, LAN",
    "100.63.255.255, GLOBAL",
    "100.64.0.0, LAN",
    "100.127.255.255, LAN",
    "100.128.0.0, GLOBAL",
    "192.0.0.1, NONE",
    "192.0.2.1, NONE",
    "198.51.100.1, NONE",
    "203.0.113.1, NONE",
    "198.18.0.1, NONE",
    "198.19.255.255, NONE",
    "198.20.0.0, GLOBAL",
    "0.0.0.0, NONE",
    "0.1.2.3, NONE",
    "223.255.255.255, GLOBAL",
    "224.0.0.1, NONE",
    "255.255.255.255, NONE",
    "8.8.8.8, GLOBAL",
    "[::1], LOOPBACK",
    "[::2], NONE",
    "[::], NONE",
    "[fe80::1], LAN",
    "[febf::1], LAN",
    "[fec0::1], NONE",
    "[fc00::1], LAN",
    "[fdff::1], LAN",
    "[ff02::1], NONE",
    "[2001:db8::1], NONE",
    "[3fff:fff::1], NONE",
    "[2001:db9::1], GLOBAL",
    "[2606:4700::1], GLOBAL",
    "[4000::1], NONE",
    "[64:ff9b::1], NONE"
  })
  void reachIsThatOfTheRegistry(String ip, Address.Scope scope) {
    assertThat(Address.parse(ip + ":1").scope()).isEqualTo(scope);
  }

  @Test
  void subnetsAndSitesGroupWhatTheySayAndNoMore() {
    assertThat(subnet("8.8.1.1")).isEqualTo(subnet("8.8.255.9")).isNotEqualTo(subnet("8.9.1.1"));
    assertThat(subnet("127.0.1.1")).isEqualTo(subnet("127.0.1.9"));
    assertThat(subnet("127.0.1.1")).isNotEqualTo(subnet("127.0.2.1"));
    assertThat(subnet("192.168.1.1")).isNotEqualTo(subnet("192.168.2.1"));
    assertThat(subnet("[2606:4700:1::1]")).isEqualTo(subnet("[2606:4700:2::1]"));
    assertThat(subnet("[2606:4700::1]")).isNotEqualTo(subnet("[2606:4701::1]"));
    assertThat(site("8.8.1.1")).isEqualTo(site("8.8.1.9")).isNotEqualTo(site("8.8.2.1"));
    assertThat(site("[2606:4700:0:0100::1]")).isEqualTo(site("[2606:4700:0:01ff::9]"));
    assertThat(site("[2606:4700:0:0100::1]")).isNotEqualTo(site("[2606:4700:0:0200::1]"));
    // Kinds never meet: no v6 subnet has the number of a v4 one.
    assertThat(subnet("[0:808::1]")).isNotEqualTo(subnet("8.8.1.1"));
    assertThat(site("[0:8:801::1]")).isNotEqualTo(site("8.8.1.1"));
  }

  private static long subnet(String ip) {
    return Address.parse(ip + ":1").subnet();
  }

  private static long site(String ip) {
    return Address.parse(ip + ":1").site();
  }

  @Test
  void oneAddressHasOneValue() {
    assertThatThrownBy(() -> new Address(1, 2, true, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address(0, 1L << 32, true, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address(0, 0xffff_0102_0304L, false, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.ofV4(1, 65_536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.of(new byte[5], 1))
        .isInstanceOf(IllegalArgumentException.class);
    Address a = Address.parse("1.2.3.4:5");
    assertThat(a.sameIp(a.withPort(9))).isTrue();
    assertThat(a.sameIp(Address.parse("[::102:304]:5"))).isFalse();
    assertThat(Address.parse("0.0.0.0:5").wildcard()).isTrue();
    assertThat(Address.parse("[::]:5").wildcard()).isTrue();
    assertThat(a.wildcard()).isFalse();
  }
}
