package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.crypto.agreement.jpake.JPAKEPrimeOrderGroup;
import org.bouncycastle.crypto.agreement.jpake.JPAKEPrimeOrderGroups;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.peer.Network;
import org.wayfolk.wire.Malformed;

/** docs/protocol/invitation.md: the file is read and made anew, byte for byte. */
class InvitationVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long NOW = 1_767_225_600_000L;
  private static final byte[] SECRET = InvitationTest.filled(1);
  private static final byte[] RANDOM = Arrays.copyOf(InvitationTest.filled(9), 16);

  private static Hello.Self person(int number, String name, Identity node) {
    Phrase phrase = Phrase.of(InvitationTest.filled(number));
    Card card = phrase.claim().card();
    DeviceKeys keys = DeviceKeys.ofSeed(InvitationTest.filled(number + 1));
    DeviceCertificate device =
        DeviceCertificate.issue(
            phrase.root(0),
            card,
            1,
            DeviceClaim.make(card, keys, node),
            NOW,
            NOW + 30L * 24 * 3_600_000);
    DeviceList list = DeviceList.issue(phrase.root(0), card, NOW, List.of(device), Set.of());
    return new Hello.Self(name, phrase.claim(), list);
  }

  private static Map<String, String> made() {
    Identity guestNode = Identity.ofSeed(InvitationTest.filled(31));
    Identity inviterNode = Identity.ofSeed(InvitationTest.filled(41));
    Secrets.Pair pair = new Secrets.Pair(guestNode.id(), inviterNode.id());
    byte[] network = Network.local().id();
    Secrets secrets = new Secrets(SECRET, network);
    Map<String, String> made = new LinkedHashMap<>();
    made.put("link.bytes", HEX.formatHex(InvitationTest.sample().encode()));
    made.put("link.text", InvitationTest.sample().text());
    NodeId node = NodeId.parse("00003f5c9a7712e4" + "ab".repeat(24));
    made.put("code.node", node.hex());
    made.put("code.difficulty", "16");
    made.put("code.password", "1234567");
    made.put("code.words", SpokenCode.of(node, 16, 1_234_567).words());
    made.put("code.target", SpokenCode.of(node, 16, 1_234_567).target(16).hex());
    made.put("secret", HEX.formatHex(SECRET));
    made.put("network.id", HEX.formatHex(network));
    made.put("guest.node", pair.guest().hex());
    made.put("inviter.node", pair.inviter().hex());
    made.put("id", HEX.formatHex(secrets.id()));
    made.put("random", HEX.formatHex(RANDOM));
    byte[] hello = Hello.guest(InvitationTest.filled(7), person(50, "Ben", guestNode)).encode();
    byte[] answer =
        new Hello(
                InvitationTest.filled(7),
                InvitationTest.filled(8),
                person(60, "Ana", inviterNode),
                new byte[] {1, 2, 3})
            .encode();
    byte[] confirm =
        new Confirm(InvitationTest.filled(7), InvitationTest.filled(8), new byte[] {4, 5, 6})
            .encode();
    byte[] no = new No(InvitationTest.filled(7), No.Reason.USED).encode();
    add(made, secrets, pair, Wire.Kind.HELLO, hello);
    add(made, secrets, pair, Wire.Kind.ANSWER, answer);
    add(made, secrets, pair, Wire.Kind.CONFIRM, confirm);
    add(made, secrets, pair, Wire.Kind.DONE, confirm);
    add(made, secrets, pair, Wire.Kind.NO, no);
    byte[] transcript = secrets.transcript(pair, hello, answer);
    made.put("transcript", HEX.formatHex(transcript));
    made.put("session.psk", HEX.formatHex(secrets.psk(transcript)));
    made.put("says.guest", HEX.formatHex(Meetings.guestSays(transcript)));
    made.put("says.inviter", HEX.formatHex(Meetings.inviterSays(transcript)));
    JPAKEPrimeOrderGroup group = JPAKEPrimeOrderGroups.NIST_3072;
    made.put("jpake.p", group.getP().toString(16));
    made.put("jpake.q", group.getQ().toString(16));
    made.put("jpake.g", group.getG().toString(16));
    made.put("jpake.guest", CodeDesk.party(true, pair.guest(), network));
    made.put("jpake.inviter", CodeDesk.party(false, pair.inviter(), network));
    byte[] key = jpake(made, pair, network);
    CodeDone done = new CodeDone(InvitationTest.filled(5), Card.of(InvitationTest.filled(2)), NOW);
    made.put("code.done.body", HEX.formatHex(done.encode(key, RANDOM)));
    return made;
  }

  /** A whole exchange of both sides under the password of the code above; answers the key. */
  private static byte[] jpake(Map<String, String> made, Secrets.Pair pair, byte[] network) {
    String guest = CodeDesk.party(true, pair.guest(), network);
    String inviter = CodeDesk.party(false, pair.inviter(), network);
    char[] password = new SpokenCode(0, 1_234_567).secret();
    Pake one = new Pake(guest, inviter, password, InvitationTest.filled(21));
    Pake other = new Pake(inviter, guest, password, InvitationTest.filled(22));
    try {
      byte[] ask = one.round1();
      byte[] answer = other.round1();
      other.takeRound1(ask);
      byte[] second = other.round2();
      one.takeRound1(answer);
      byte[] third = one.round2();
      one.takeRound2(second);
      other.takeRound2(third);
      made.put("jpake.guest.round1", HEX.formatHex(ask));
      made.put("jpake.inviter.round1", HEX.formatHex(answer));
      made.put("jpake.inviter.round2", HEX.formatHex(second));
      made.put("jpake.guest.round2", HEX.formatHex(third));
      made.put("jpake.guest.tag", HEX.formatHex(one.confirmation()));
      made.put("jpake.inviter.tag", HEX.formatHex(other.confirmation()));
      made.put("jpake.material", one.material().toString(16));
      made.put("jpake.key", HEX.formatHex(other.key()));
      return one.key();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(
      Map<String, String> made, Secrets secrets, Secrets.Pair pair, Wire.Kind kind, byte[] plain) {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT);
    made.put(name + ".plain", HEX.formatHex(plain));
    made.put(name + ".payload", HEX.formatHex(secrets.seal(RANDOM, kind, pair, plain)));
  }

  private static String text(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    return text.toString();
  }

  private static Map<String, String> file() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(
            InvitationVectorsTest.class.getResourceAsStream("/vectors/invitation.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" = ", 2);
          values.put(parts[0], parts[1]);
        }
      }
    }
    return values;
  }

  @Test
  void theFileIsWhatThisCodeMakes() throws IOException {
    assertThat(text(file())).isEqualTo(text(made()));
  }

  @Test
  void whatTheFileHoldsReadsAsWhatItStandsFor() throws IOException, Malformed {
    Map<String, String> file = file();
    assertThat(Invitation.parse(value(file, "link.text"))).isEqualTo(InvitationTest.sample());
    assertThat(SpokenCode.parse(value(file, "code.words")).password()).isEqualTo(1_234_567);
    Secrets secrets =
        new Secrets(HEX.parseHex(value(file, "secret")), HEX.parseHex(value(file, "network.id")));
    Secrets.Pair pair =
        new Secrets.Pair(
            NodeId.parse(value(file, "guest.node")), NodeId.parse(value(file, "inviter.node")));
    byte[] hello = secrets.open(Wire.decode(HEX.parseHex(value(file, "hello.payload"))), pair);
    Hello.Self ben = Hello.guest(hello).self();
    assertThat(ben.name()).isEqualTo("Ben");
    assertThat(Introduced.verify(ben, pair.guest(), NOW)).isPresent();
    assertThat(Introduced.verify(ben, pair.inviter(), NOW)).isEmpty();
    byte[] answer = secrets.open(Wire.decode(HEX.parseHex(value(file, "answer.payload"))), pair);
    assertThat(Hello.inviter(answer).bundle()).containsExactly(1, 2, 3);
    byte[] no = secrets.open(Wire.decode(HEX.parseHex(value(file, "no.payload"))), pair);
    assertThat(No.decode(no).reason()).isEqualTo(No.Reason.USED);
    byte[] body = HEX.parseHex(value(file, "code.done.body"));
    byte[] key = HEX.parseHex(value(file, "jpake.key"));
    assertThat(CodeDone.decode(body, key, RANDOM).expires()).isEqualTo(NOW);
  }

  private static String value(Map<String, String> file, String name) {
    return Objects.requireNonNull(file.get(name));
  }
}
