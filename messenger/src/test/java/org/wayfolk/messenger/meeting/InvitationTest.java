package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.peer.Peer;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.Malformed;

class InvitationTest {
  static final long EXPIRES = 1_767_830_400_000L;

  static Invitation sample() {
    return new Invitation(
        filled(1),
        Card.of(filled(2)),
        new Invitation.Peers(
            NodeId.of(filled(3)),
            List.of(Address.parse("192.0.2.7:4242"), Address.parse("[2001:db8::7]:4243")),
            List.of(new Peer(NodeId.of(filled(4)), Address.parse("198.51.100.1:443")))),
        "local:demo",
        EXPIRES);
  }

  static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void aLinkReadsAsWhatWasWritten() throws Malformed {
    Invitation read = Invitation.parse(sample().text());
    assertThat(read).isEqualTo(sample());
    assertThat(read.secret()).isEqualTo(filled(1));
    assertThat(read.card()).isEqualTo(Card.of(filled(2)));
    assertThat(read.node()).isEqualTo(NodeId.of(filled(3)));
    assertThat(read.network()).isEqualTo("local:demo");
    assertThat(read.expires()).isEqualTo(EXPIRES);
    assertThat(read.peers())
        .containsExactly(
            new Peer(NodeId.of(filled(3)), Address.parse("192.0.2.7:4242")),
            new Peer(NodeId.of(filled(3)), Address.parse("[2001:db8::7]:4243")),
            new Peer(NodeId.of(filled(4)), Address.parse("198.51.100.1:443")));
  }

  @Test
  void aLinkThatAMailProgramHasBrokenIntoLinesIsRead() throws Malformed {
    String text = sample().text();
    String broken = "  " + text.substring(0, 70) + "\r\n " + text.substring(70) + "\n";
    assertThat(Invitation.looksLike(broken)).isTrue();
    assertThat(Invitation.parse(broken)).isEqualTo(sample());
  }

  @Test
  void everyCutOfALinkIsToldToBeCut() {
    String text = sample().text();
    for (int length = Invitation.PREFIX.length(); length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> Invitation.parse(cut))
          .as("%s", cut)
          .isInstanceOf(Malformed.class)
          .hasMessageContaining("end is missing");
    }
  }

  @Test
  void everyMistypedCharacterIsFound() {
    String text = sample().text();
    for (int at = Invitation.PREFIX.length(); at < text.length(); at++) {
      for (char other : "AQgw9_.ö".toCharArray()) {
        if (text.charAt(at) == other) {
          continue;
        }
        String typed = text.substring(0, at) + other + text.substring(at + 1);
        assertThatThrownBy(() -> Invitation.parse(typed)).isInstanceOf(Malformed.class);
      }
    }
    String doubled = text + "A";
    assertThatThrownBy(() -> Invitation.parse(doubled)).hasMessageContaining("is not right");
  }

  @Test
  void aLinkOfAnotherVersionSaysSo() {
    String next = sample().text().replace("wayfolk:i1.", "wayfolk:i2.");
    assertThatThrownBy(() -> Invitation.parse(next)).hasMessageContaining("another version");
    assertThatThrownBy(() -> Invitation.parse("wayfolk:")).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> Invitation.parse("x".repeat(Invitation.MAX_TEXT + 1)))
        .hasMessageContaining("too long");
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws Malformed {
    byte[] bytes = sample().encode();
    int body = bytes.length - 2 - 4;
    byte[] longer = Arrays.copyOfRange(bytes, 2, 2 + body + 9);
    Arrays.fill(longer, body, body + 9, (byte) 7);
    assertThat(Invitation.decode(sealed(longer))).isEqualTo(sample());
  }

  @Test
  void aBodyThatHoldsMoreThanItMayIsRefused() {
    byte[] bytes = sample().encode();
    int counts = 2 + 32 + 32 + 32 + 8 + 1 + "local:demo".length();
    for (int value : new int[] {9, 200, 255}) {
      byte[] body = Arrays.copyOfRange(bytes, 2, bytes.length - 4);
      body[counts - 2] = (byte) value;
      assertThatThrownBy(() -> Invitation.decode(sealed(body))).isInstanceOf(Malformed.class);
    }
    byte[] noName = Arrays.copyOfRange(bytes, 2, bytes.length - 4);
    noName[104] = 0;
    assertThatThrownBy(() -> Invitation.decode(sealed(noName))).hasMessageContaining("no network");
  }

  @Test
  void aNetworkThatAShellWouldObeyIsNone() {
    for (String evil : List.of("a;curl${IFS}x", "$(reboot)", "a`b`", "A", "a|sh", "a\u001b[2J")) {
      byte[] body =
          new Invitation(
                  filled(1),
                  Card.of(filled(2)),
                  new Invitation.Peers(NodeId.of(filled(3)), List.of(), List.of()),
                  evil,
                  EXPIRES)
              .encode();
      assertThatThrownBy(() -> Invitation.decode(body)).hasMessageContaining("no network");
    }
  }

  @Test
  void itsTextFormTellsNothingOfTheSecret() {
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(filled(1));
    assertThat(sample().toString()).doesNotContain(secret.substring(0, 8)).hasSizeLessThan(60);
  }

  /** A body with its right length and checksum, as whoever holds a link can make one. */
  static byte[] sealed(byte[] body) {
    byte[] length = {(byte) (body.length >>> 8), (byte) body.length};
    byte[] label = "wayfolk/1 invitation\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] check = Crypto.best().sha256(label, length, body);
    byte[] out = new byte[2 + body.length + 4];
    System.arraycopy(length, 0, out, 0, 2);
    System.arraycopy(body, 0, out, 2, body.length);
    System.arraycopy(check, 0, out, 2 + body.length, 4);
    return out;
  }
}
