package org.wayfolk.messenger.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wayfolk.messenger.person.Someone.DAY;
import static org.wayfolk.messenger.person.Someone.NOW;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Purpose;
import org.wayfolk.messenger.person.DeviceCertificate.Validity;
import org.wayfolk.messenger.person.DeviceList.Verdict;
import org.wayfolk.wire.Malformed;

final class DeviceListTest {

  private final Someone alice = new Someone(1);
  private final Someone mallory = new Someone(2);

  @Test
  void aListOfEightDevicesSurvivesItsBytes() throws Malformed {
    DeviceCertificate[] eight =
        IntStream.rangeClosed(1, 8).mapToObj(alice::certificate).toArray(DeviceCertificate[]::new);
    Set<Integer> revoked = IntStream.rangeClosed(10, 99).boxed().collect(Collectors.toSet());
    DeviceList list = DeviceList.issue(alice.root, alice.card(), NOW, List.of(eight), revoked);

    DeviceList again = DeviceList.decode(list.encode());

    assertThat(list.encode()).hasSize(DeviceList.MAX_BYTES);
    assertThat(again).isEqualTo(list);
    assertThat(again.devices()).containsExactly(eight);
    assertThat(again.revoked()).hasSize(64).contains(99, 36).doesNotContain(35);
    assertThat(again.check(alice.claim, NOW)).isEqualTo(Verdict.VALID);
    assertThat(again.device(eight[3].node())).contains(eight[3]);
    assertThat(again.device(4)).contains(eight[3]);
    assertThat(again.device(9)).isEmpty();
  }

  @Test
  void nineDevicesAreTooMany() {
    List<DeviceCertificate> nine =
        IntStream.rangeClosed(1, 9).mapToObj(alice::certificate).toList();
    assertThatThrownBy(() -> DeviceList.issue(alice.root, alice.card(), NOW, nine, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListWithoutDevicesOrWithTheSameNumberTwiceIsNone() {
    assertThatThrownBy(() -> alice.list()).isInstanceOf(IllegalArgumentException.class);
    DeviceCertificate one = alice.certificate(1);
    DeviceCertificate renewed = alice.certificate(1, NOW + 1, NOW + DAY);
    assertThatThrownBy(() -> alice.list(one, renewed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCertificateLivesNinetyDaysAtMost() {
    assertThat(alice.certificate(1, NOW, NOW + 90 * DAY).notAfter()).isEqualTo(NOW + 90 * DAY);
    assertThatThrownBy(() -> alice.certificate(1, NOW, NOW + 90 * DAY + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> alice.certificate(1, NOW, NOW - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> alice.certificate(1, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> DeviceCertificate.issue(alice.root, alice.card(), 0, alice.device(1), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCertificateHoldsFromItsBeginWithAQuarterOfAnHourOfToleranceToItsEnd() {
    DeviceCertificate certificate = alice.certificate(1, NOW, NOW + DAY);
    assertThat(certificate.at(NOW - 15 * 60_000 - 1)).isEqualTo(Validity.NOT_YET);
    assertThat(certificate.at(NOW - 15 * 60_000)).isEqualTo(Validity.VALID);
    assertThat(certificate.at(NOW + DAY)).isEqualTo(Validity.VALID);
    assertThat(certificate.at(NOW + DAY + 1)).isEqualTo(Validity.EXPIRED);
  }

  @Test
  void aListIsBelievedOfItsOwnPersonOnly() {
    DeviceList list = alice.list(alice.certificate(1));
    assertThat(list.check(mallory.claim, NOW)).isEqualTo(Verdict.WRONG_CARD);
  }

  @Test
  void aListSignedByAnotherRootIsRefused() {
    DeviceList forged =
        DeviceList.issue(mallory.root, alice.card(), NOW, List.of(alice.certificate(1)), Set.of());
    assertThat(forged.check(alice.claim, NOW)).isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void aForgedCertificateIsRefusedEvenInAListOfTheTrueRoot() {
    DeviceCertificate forged =
        DeviceCertificate.issue(mallory.root, alice.card(), 1, alice.device(1), NOW, NOW + DAY);
    assertThat(alice.list(forged).check(alice.claim, NOW)).isEqualTo(Verdict.BAD_CERTIFICATE);
  }

  @Test
  void aCertificateOfAnotherCardIsRefused() {
    DeviceCertificate others =
        DeviceCertificate.issue(alice.root, mallory.card(), 1, mallory.device(1), NOW, NOW + DAY);
    assertThat(alice.list(others).check(alice.claim, NOW)).isEqualTo(Verdict.BAD_CERTIFICATE);
  }

  @Test
  void nobodyCanListTheDeviceOrTheNodeOfAnother() throws Malformed {
    // Mallory takes Alice's claim as it is: it was made for another card.
    DeviceCertificate stolen =
        DeviceCertificate.issue(mallory.root, mallory.card(), 1, alice.device(1), NOW, NOW + DAY);
    assertThat(mallory.list(stolen).check(mallory.claim, NOW)).isEqualTo(Verdict.DEVICE_NOT_PROVEN);

    // She makes one with her own device keys, and puts Alice's node key in it.
    byte[] mixed = mallory.device(1).encode();
    System.arraycopy(alice.device(1).encode(), 64, mixed, 64, 32);
    DeviceClaim claim = DeviceClaim.decode(mixed);
    assertThat(claim.node()).isEqualTo(alice.node(1).id());
    DeviceCertificate node =
        DeviceCertificate.issue(mallory.root, mallory.card(), 1, claim, NOW, NOW + DAY);
    assertThat(mallory.list(node).check(mallory.claim, NOW)).isEqualTo(Verdict.DEVICE_NOT_PROVEN);
  }

  @Test
  void twoDevicesNeverShareANodeOrAKey() {
    DeviceClaim sameNode = DeviceClaim.make(alice.card(), alice.keys(2), alice.node(1));
    DeviceClaim sameKeys = DeviceClaim.make(alice.card(), alice.keys(1), alice.node(2));
    for (DeviceClaim second : List.of(sameNode, sameKeys)) {
      DeviceCertificate other =
          DeviceCertificate.issue(alice.root, alice.card(), 2, second, NOW, NOW + DAY);
      assertThat(alice.list(alice.certificate(1), other).check(alice.claim, NOW))
          .isEqualTo(Verdict.CONTRADICTION);
    }
  }

  @Test
  void aListedDeviceIsNotRevokedInTheSameList() {
    DeviceList list =
        DeviceList.issue(alice.root, alice.card(), NOW, List.of(alice.certificate(1)), Set.of(1));
    assertThat(list.check(alice.claim, NOW)).isEqualTo(Verdict.CONTRADICTION);
  }

  @Test
  void timesAreJudgedByTheReadersClock() {
    DeviceList list = alice.list(alice.certificate(1), alice.certificate(2, NOW, NOW + DAY));
    assertThat(list.check(alice.claim, NOW - 15 * 60_000)).isEqualTo(Verdict.VALID);
    assertThat(list.check(alice.claim, NOW - 15 * 60_000 - 1)).isEqualTo(Verdict.FROM_THE_FUTURE);
    assertThat(list.check(alice.claim, NOW + 2 * DAY)).isEqualTo(Verdict.VALID);
    assertThat(list.devices(NOW + 2 * DAY)).hasSize(1);
    assertThat(list.check(alice.claim, NOW + 91 * DAY)).isEqualTo(Verdict.EXPIRED);
    DeviceList early = alice.list(alice.certificate(1, NOW + DAY, NOW + 2 * DAY));
    assertThat(early.check(alice.claim, NOW)).isEqualTo(Verdict.NOT_YET_VALID);
  }

  @Test
  void theHashNamesTheContent() {
    DeviceList one = alice.list(alice.certificate(1));
    DeviceList same = alice.list(alice.certificate(1));
    DeviceList other = alice.list(alice.certificate(1), alice.certificate(2));
    assertThat(one.hash()).isEqualTo(same.hash()).isNotEqualTo(other.hash());
  }

  @Test
  void noAlteredByteIsBelieved() {
    byte[] good = alice.list(alice.certificate(1)).encode();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      try {
        assertThat(DeviceList.decode(bad).check(alice.claim, NOW)).isNotEqualTo(Verdict.VALID);
      } catch (Malformed e) {
        // as good
      }
    }
  }

  @Test
  void cutLongOrRandomBytesAreMalformed() {
    byte[] good = alice.list(alice.certificate(1)).encode();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> DeviceList.decode(cut)).isInstanceOf(Malformed.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> DeviceList.decode(longer)).isInstanceOf(Malformed.class);
    byte[] huge = Arrays.copyOf(good, DeviceList.MAX_BYTES + 1);
    assertThatThrownBy(() -> DeviceList.decode(huge)).isInstanceOf(Malformed.class);
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] noise = new byte[random.nextInt(DeviceList.MAX_BYTES)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> DeviceList.decode(noise)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void anAgreementKeyOfSmallOrderIsRefused() throws Malformed {
    byte[] bytes = alice.device(1).encode();
    Arrays.fill(bytes, 32, 64, (byte) 0);
    byte[] node = alice.node(1).publicIdentity().key();
    byte[][] fields = {alice.card().bytes(), alice.keys(1).deviceKey(), new byte[32], node};
    byte[] byDevice = alice.keys(1).sign(Labels.CLAIM_DEVICE, fields);
    byte[] byNode = alice.node(1).sign(Labels.CLAIM_NODE, fields);
    System.arraycopy(byDevice, 0, bytes, 96, 64);
    System.arraycopy(byNode, 0, bytes, 160, 64);
    DeviceCertificate certificate =
        DeviceCertificate.issue(
            alice.root, alice.card(), 1, DeviceClaim.decode(bytes), NOW, NOW + DAY);
    assertThat(alice.list(certificate).check(alice.claim, NOW))
        .isEqualTo(Verdict.DEVICE_NOT_PROVEN);
  }

  @Test
  void aDeviceSignsForOnePurposeAndAgreesWithItsPeer() throws Malformed {
    Purpose ask = new Purpose("a test");
    byte[] signature = alice.keys(1).sign(ask, new byte[] {1});
    assertThat(alice.device(1).verify(ask, signature, new byte[] {1})).isTrue();
    assertThat(alice.device(1).verify(ask, signature, new byte[] {2})).isFalse();
    assertThat(alice.device(1).verify(new Purpose("another"), signature, new byte[] {1})).isFalse();
    assertThat(alice.keys(1).agree(mallory.keys(1).agreementKey()))
        .isEqualTo(mallory.keys(1).agree(alice.keys(1).agreementKey()));
  }

  @Test
  void secretsDoNotShowAsText() {
    assertThat(alice.phrase.toString()).isEqualTo("Phrase");
    assertThat(alice.root.toString()).isEqualTo("RootKey");
    assertThat(alice.keys(1).toString()).isEqualTo("DeviceKeys");
    assertThat(alice.claim.toString()).doesNotContain(alice.card().hex());
  }
}
