package org.wayfolk.messenger.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.messenger.person.PersonVectors.hex;
import static org.wayfolk.messenger.person.PersonVectors.text;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.words.Mnemonic;
import org.wayfolk.wire.Malformed;

/** The vectors come from a program that shares no code with ours. */
final class PersonVectorsTest {

  private static final long DAY = 24 * 3_600_000L;
  private static final long BEGIN = 1_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aPhraseGivesItsWordsRootsClaimAndCard(String who) {
    Phrase phrase = Phrase.of(hex(who + ".entropy"));

    assertThat(String.join(" ", phrase.words())).isEqualTo(text(who + ".words"));
    assertThat(phrase.root(0).seed()).isEqualTo(hex(who + ".root0.seed"));
    assertThat(phrase.root(0).publicKey()).isEqualTo(hex(who + ".root0.public"));
    assertThat(phrase.root(1).publicKey()).isEqualTo(hex(who + ".root1.public"));
    assertThat(phrase.claim().encode()).isEqualTo(hex(who + ".claim"));
    assertThat(phrase.claim().card().bytes()).isEqualTo(hex(who + ".card"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void theWordsGiveThePhraseAgain(String who) {
    Mnemonic.Reading reading = Mnemonic.read(text(who + ".words"), Mnemonic.LONG_WORDS);
    assertThat(reading).isInstanceOf(Mnemonic.Reading.Bytes.class);
    assertThat(((Mnemonic.Reading.Bytes) reading).bytes()).isEqualTo(hex(who + ".entropy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aDeviceItsCertificateAndListAreTheseBytes(String who) throws Malformed {
    RootKey root = Phrase.of(hex(who + ".entropy")).root(0);
    RootClaim claim = RootClaim.decode(hex(who + ".claim"));
    DeviceKeys keys = DeviceKeys.ofSeed(hex(who + ".device.seed"));
    Identity node = Identity.ofSeed(hex(who + ".node.seed"));
    DeviceClaim device = DeviceClaim.make(claim.card(), keys, node);
    int number = who.equals("a") ? 1 : 2;
    long end = BEGIN + (who.equals("a") ? 90 : 30) * DAY;
    DeviceCertificate certificate =
        DeviceCertificate.issue(root, claim.card(), number, device, BEGIN, end);
    DeviceList list =
        DeviceList.issue(root, claim.card(), BEGIN, List.of(certificate), Set.of(9, 3));

    assertThat(keys.deviceKey()).isEqualTo(hex(who + ".device.key"));
    assertThat(keys.agreementKey()).isEqualTo(hex(who + ".device.agreement"));
    assertThat(device.node().bytes()).isEqualTo(hex(who + ".node.id"));
    assertThat(device.encode()).isEqualTo(hex(who + ".device.claim"));
    assertThat(certificate.encode()).isEqualTo(hex(who + ".certificate"));
    assertThat(list.encode()).isEqualTo(hex(who + ".list"));
    assertThat(list.hash()).isEqualTo(hex(who + ".list.hash"));
    assertThat(DeviceList.decode(hex(who + ".list")).check(claim, BEGIN))
        .isEqualTo(DeviceList.Verdict.VALID);
  }

  @Test
  void twoPeopleReadTheseTwelveWords() throws Malformed {
    RootClaim a = RootClaim.decode(hex("a.claim"));
    RootClaim b = RootClaim.decode(hex("b.claim"));

    assertThat(String.join(" ", Verification.words(a, b))).isEqualTo(text("verification.words"));
    assertThat(Verification.words(b, a)).isEqualTo(Verification.words(a, b));
    assertThat(Verification.qr(a.card(), b.card())).isEqualTo(text("verification.qr.a.for.b"));
  }
}
