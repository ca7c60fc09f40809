package org.wayfolk.messenger.meeting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.delivery.Handled.Verdict;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.Phrase;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.work.Trouble.Reason;
import org.wayfolk.wire.Malformed;

/** Whoever stands in the middle, and whoever lies. Mallory's node is {@code mal}. */
class MiddleTest {
  private static final long DAY = 24 * 3_600_000L;

  @TempDir Path dir;
  Town town;
  Home ana;
  Home ben;
  Home mal;

  /** The plaintext of Mallory's last hello. */
  byte[] hello = {};

  @BeforeEach
  void people() {
    town = new Town(dir, 1);
    ana = town.home("ana");
    ben = town.home("ben");
    mal = town.home("mal");
    town.run(Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void whoRelaysUnderAnIdOfTheirOwnGetsSilence() {
    CompletableFuture<Long> met = ben.accept(ana.invite().link());
    town.meddler = parcels -> parcels.stream().map(p -> p.from(mal.node())).toList();
    town.run(Duration.ofMinutes(5));
    assertThat(met).isNotDone();
    assertThat(ana.friends()).isEmpty();
    assertThat(ana.verdicts).isNotEmpty().containsOnly(Verdict.SILENT);
    assertThat(ana.refusals(Refused.NOT_SEALED)).isPositive();
    town.meddler = parcels -> parcels;
    town.await(met, Duration.ofMinutes(11));
    Says.friends(town, ana, ben);
  }

  @Test
  void noAlteredByteOfAnyMessageGetsThrough() {
    for (Wire.Kind kind :
        List.of(Wire.Kind.HELLO, Wire.Kind.ANSWER, Wire.Kind.CONFIRM, Wire.Kind.DONE)) {
      Home one = town.home("one" + kind);
      Home other = town.home("other" + kind);
      int[] seen = {0};
      town.meddler =
          parcels ->
              parcels.stream()
                  .map(p -> {
                    if (!p.is(kind) || seen[0] >= 40) {
                      return p;
                    }
                    int at = seen[0]++ * p.payload().length / 40;
                    byte[] bad = p.payload().clone();
                    bad[at] ^= (byte) (1 << town.random.nextInt(8));
                    return p.with(bad);
                  })
                  .toList();
      CompletableFuture<Long> met = other.accept(one.invite(null, Duration.ofDays(2)).link());
      // Zeros of the padding are all that may change unseen; else nothing happens 40 times.
      town.await(met, Duration.ofDays(2));
      assertThat(seen[0]).isPositive();
      town.meddler = parcels -> parcels;
      Says.friends(town, one, other);
    }
  }

  @Test
  void everyByteOfAHelloIsCovered() {
    String link = ana.invite().link();
    town.lost = 1;
    var _ = ben.accept(link);
    town.run(Duration.ofSeconds(1));
    Town.Parcel hello = town.sent(Wire.Kind.HELLO).getFirst();
    int end = hello.wire().body().length + 2 + Wire.ID_BYTES;
    ana.verdicts.clear();
    int alter = 0;
    for (int at = 0; at <= end; at += 1 + at / 100) {
      byte[] bad = hello.payload().clone();
      bad[at] ^= 1;
      if (bad[0] == Wire.TYPE) {
        ana.arrive(hello.with(bad));
        alter++;
      }
      if (alter % 50 == 0) {
        // Under the limit a minute, so that each is looked at.
        town.run(Duration.ofMinutes(1));
      }
    }
    town.run(Duration.ofMinutes(2));
    assertThat(ana.verdicts).hasSize(alter).containsOnly(Verdict.SILENT);
    assertThat(ana.refusals(Refused.NOT_SEALED)).isGreaterThan(100);
    assertThat(ana.refusals(Refused.TOO_OFTEN)).isZero();
    assertThat(town.sent.stream().filter(p -> p.from().equals(ana.node()))).isEmpty();
  }

  @Test
  void messagesOfTwoMeetingsSwappedDoNotMix() {
    Home cem = town.home("cem");
    String first = ana.invite().link();
    String second = ana.invite().link();
    town.meddler =
        parcels ->
            parcels.stream()
                .flatMap(p ->
                    p.from().equals(ana.node())
                        ? List.of(
                            new Town.Parcel(p.from(), cem.node(), p.payload()),
                            new Town.Parcel(p.from(), ben.node(), p.payload()))
                            .stream()
                        : List.of(p, p.from(cem.node()), p.from(ben.node())).stream())
                .toList();
    CompletableFuture<Long> ofBen = ben.accept(first);
    CompletableFuture<Long> ofCem = cem.accept(second);
    town.until(Duration.ofMinutes(5), () -> ofBen.isDone() && ofCem.isDone());
    town.meddler = parcels -> parcels;
    assertThat(ana.friends()).hasSize(2);
    Says.hear(town, ana, ben);
    Says.hear(town, ana, cem);
    assertThat(ben.friends()).hasSize(1);
    assertThat(cem.friends()).hasSize(1);
  }

  @Test
  void whoHasNoLinkLearnsNothingFromWhatPassesTheWire() throws Malformed {
    // dcomms D3: there the token crossed every proxy in clear, and any of them could use it first.
    String link = ana.invite().link();
    Invitation invitation = Invitation.parse(link);
    town.await(ben.accept(link));
    for (Town.Parcel p : town.sent) {
      assertThat(contains(p.payload(), invitation.secret())).isFalse();
      assertThat(contains(p.payload(), invitation.card().bytes())).isFalse();
      assertThat(contains(p.payload(), Arrays.copyOf(invitation.secret(), 8))).isFalse();
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * An inviter who knows the secret and sits at {@code mal}, and answers with what a test wants:
   * what Ben hears of that.
   */
  private void answersAs(Invitation invitation, Hello.Self claims) {
    Secrets secrets = new Secrets(invitation.secret(), ana.network.id());
    town.lost = 1;
    CompletableFuture<Long> met = ben.accept(invitation.text());
    town.run(Duration.ofSeconds(1));
    ben.arrive(answered(secrets, town.sent(Wire.Kind.HELLO).getLast(), claims));
    Says.trouble(town, met, Reason.NOT_THE_INVITER);
    assertThat(ben.friends()).isEmpty();
    assertThat(ben.met()).isEmpty();
    assertThat(ben.watched).isEmpty();
  }

  private Town.Parcel answered(Secrets secrets, Town.Parcel hello, Hello.Self claims) {
    Secrets.Pair pair = new Secrets.Pair(hello.from(), mal.node());
    byte[] payload =
        mal.turn(t -> {
          try {
            Hello asked = Hello.guest(secrets.open(hello.wire(), pair));
            byte[] bundle = mal.sessions().bundle(t).encode();
            byte[] nonce = t.randomBytes(Hello.NONCE_BYTES);
            Hello answer = new Hello(asked.guestNonce(), nonce, claims, bundle);
            return secrets.seal(t, Wire.Kind.ANSWER, pair, answer.encode());
          } catch (Malformed e) {
            throw new IllegalStateException(e);
          }
        });
    return new Town.Parcel(mal.node(), hello.from(), payload);
  }

  /** A link that Mallory made of Ana's: the same secret and card, another node. */
  private Invitation turned() throws Malformed {
    Invitation of = Invitation.parse(ana.invite().link());
    return new Invitation(
        of.secret(),
        of.card(),
        new Invitation.Peers(mal.node(), List.of(), List.of()),
        of.network(),
        of.expires());
  }

  private static Hello.Self self(Home home) {
    return home.turn(t -> {
      var me = home.people().me(t);
      return new Hello.Self(me.name(), me.claim(), me.devices());
    });
  }

  @Test
  void anInviterWhoseRootIsNotThatOfTheLinkIsNotTheInviter() throws Malformed {
    Invitation turned = turned();
    answersAs(turned, self(mal));
  }

  @Test
  void anInviterWithTheRightRootAndAListThatDoesNotNameItsNodeIsNotTheInviter() throws Malformed {
    // dcomms D4, guest's side: Ana's claim and list are known to all her friends.
    Invitation turned = turned();
    answersAs(turned, self(ana));
  }

  @Test
  void anInviterWithAForgedCertificateIsNotTheInviter() throws Malformed {
    Invitation turned = turned();
    Hello.Self anas = self(ana);
    Hello.Self forged = new Hello.Self("ana", anas.claim(), forged(anas, mal.node()));
    answersAs(turned, forged);
  }

  /** A list under Ana's card that names Mallory's node, signed by Mallory's root. */
  private DeviceList forged(Hello.Self of, NodeId node) {
    assertThat(node).isEqualTo(mal.node());
    Phrase phrase = Phrase.of(InvitationTest.filled(66));
    DeviceKeys keys = DeviceKeys.ofSeed(InvitationTest.filled(67));
    DeviceClaim claim = DeviceClaim.make(of.claim().card(), keys, mal.identity);
    long now = of.list().sequence();
    DeviceCertificate certificate =
        DeviceCertificate.issue(
            phrase.root(0), of.claim().card(), 1, claim, now - DAY, now + 30 * DAY);
    return DeviceList.issue(phrase.root(0), of.claim().card(), now, List.of(certificate), Set.of());
  }

  /** A guest at {@code mal} who has the link, and says to be somebody else. */
  private List<Town.Parcel> pretend(String link, Hello.Self claims) throws Malformed {
    Invitation invitation = Invitation.parse(link);
    Secrets secrets = new Secrets(invitation.secret(), ana.network.id());
    Secrets.Pair pair = new Secrets.Pair(mal.node(), ana.node());
    byte[] plain = mal.turn(t -> Hello.guest(t.randomBytes(Hello.NONCE_BYTES), claims).encode());
    hello = plain;
    byte[] payload = mal.turn(t -> secrets.seal(t, Wire.Kind.HELLO, pair, plain));
    int before = town.sent.size();
    ana.arrive(new Town.Parcel(mal.node(), ana.node(), payload));
    town.run(Duration.ofSeconds(5));
    return List.copyOf(town.sent.subList(before, town.sent.size()));
  }

  private No.Reason told(String link, List<Town.Parcel> answers) throws Malformed {
    assertThat(answers).hasSize(1);
    Secrets secrets = new Secrets(Invitation.parse(link).secret(), ana.network.id());
    Secrets.Pair pair = new Secrets.Pair(mal.node(), ana.node());
    return No.decode(secrets.open(answers.getFirst().wire(), pair)).reason();
  }

  @Test
  void aGuestWithAnothersListIsNotTaken() throws Malformed {
    // dcomms D4 itself: the responder there believed the claimed UserID.
    String link = ana.invite().link();
    assertThat(told(link, pretend(link, self(ben)))).isEqualTo(No.Reason.NOT_PROVEN);
    assertThat(ana.friends()).isEmpty();
  }

  @Test
  void aGuestWithAForgedCertificateIsNotTaken() throws Malformed {
    String link = ana.invite().link();
    Hello.Self bens = self(ben);
    Hello.Self forged = new Hello.Self("ben", bens.claim(), forged(bens, mal.node()));
    assertThat(told(link, pretend(link, forged))).isEqualTo(No.Reason.NOT_PROVEN);
    assertThat(ana.friends()).isEmpty();
    // The invitation is as open as before.
    town.await(ben.accept(link));
    Says.friends(town, ana, ben);
  }

  @Test
  void aGuestWithTheInvitersOwnCardIsToldSo() throws Malformed {
    String link = ana.invite().link();
    Hello.Self anas = self(ana);
    assertThat(told(link, pretend(link, anas))).isEqualTo(No.Reason.NOT_PROVEN);
  }

  /** Brings a confirmation with that payload of a session before the inviter. */
  private void confirms(String link, Function<Opened, byte[]> payload) throws Malformed {
    List<Town.Parcel> answers = pretend(link, self(mal));
    Secrets secrets = new Secrets(Invitation.parse(link).secret(), ana.network.id());
    Secrets.Pair pair = new Secrets.Pair(mal.node(), ana.node());
    byte[] plain = secrets.open(answers.getFirst().wire(), pair);
    Hello answer = Hello.inviter(plain);
    byte[] first = payload.apply(new Opened(secrets, answer, plain));
    byte[] confirm = new Confirm(answer.guestNonce(), answer.inviterNonce(), first).encode();
    byte[] message = mal.turn(t -> secrets.seal(t, Wire.Kind.CONFIRM, pair, confirm));
    ana.arrive(new Town.Parcel(mal.node(), ana.node(), message));
    town.run(Duration.ofSeconds(5));
  }

  private void isNotTaken(Function<Opened, byte[]> payload) throws Malformed {
    String link = ana.invite().link();
    confirms(link, payload);
    assertThat(ana.refusals(Refused.SESSION)).isEqualTo(1);
    assertThat(ana.friends()).isEmpty();
    assertThat(ana.news).noneMatch(n -> n instanceof Met || n.toString().contains("Added"));
    town.await(ben.accept(link));
    Says.friends(town, ana, ben);
  }

  private record Opened(Secrets secrets, Hello answer, byte[] plain) {}

  @Test
  void aGuestWhoCannotSealAFirstMessageIsNotTakenAndTheTrueOneIs() throws Malformed {
    isNotTaken(opened -> new byte[1_500]);
  }

  @Test
  void aFirstMessageThatIsRightIsTaken() throws Malformed {
    confirms(
        ana.invite().link(),
        opened -> first(opened, psk(opened), Meetings.guestSays(transcript(opened))));
    assertThat(ana.sessions().refusals()).isEmpty();
    assertThat(ana.refusals(Refused.SESSION)).isZero();
    assertThat(ana.friends()).hasSize(1);
  }

  private byte[] transcript(Opened opened) {
    Secrets.Pair pair = new Secrets.Pair(mal.node(), ana.node());
    return opened.secrets.transcript(pair, hello, opened.plain);
  }

  private byte[] psk(Opened opened) {
    return opened.secrets.psk(transcript(opened));
  }

  @Test
  void aFirstMessageThatIsNotOfThisTranscriptIsNotTaken() throws Malformed {
    isNotTaken(opened -> first(opened, opened.secrets.psk(new byte[32]), new byte[32]));
  }

  @Test
  void aFirstMessageThatSaysSomethingElseIsNotTaken() throws Malformed {
    isNotTaken(opened -> first(opened, psk(opened), "hello".getBytes(US_ASCII)));
  }

  /** A first message of a session from Mallory's own device to Ana's. */
  private byte[] first(Opened opened, byte[] psk, byte[] content) {
    return mal.turn(t -> {
      Hello.Self to = opened.answer.self();
      long number = mal.people().propose(t, to.claim(), to.list());
      Device device = new Device(number, to.list().devices().getFirst());
      try {
        PrekeyBundle bundle = PrekeyBundle.decode(opened.answer.bundle());
        return mal.sessions().first(t, device, bundle, psk, content);
      } catch (Malformed e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void aMessageOfAFriendIsFoundWhileAnotherMeetingHangs() {
    // dcomms D12: there a pending contact before the sender's made the look-up throw, and a text
    // that was already receipted was lost.
    String link = mal.invite().link();
    mal.kill();
    var _ = ana.accept(link);
    ana.invite();
    town.await(ben.accept(ana.invite().link()));
    Says.hear(town, ana, ben);
    assertThat(ana.friends()).hasSize(1);
  }
}
