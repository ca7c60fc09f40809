package org.wayfolk.messenger.person;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wayfolk.identity.Identity;

/** A person with as many devices as a test wants, all from one number. */
final class Someone {

  static final long NOW = 1_800_000_000_000L;
  static final long DAY = 24 * 3_600_000L;

  final Phrase phrase;
  final RootKey root;
  final RootClaim claim;
  private final int number;

  Someone(int number) {
    this.number = number;
    phrase = Phrase.of(bytes(number, 1));
    root = phrase.root(0);
    claim = phrase.claim();
  }

  Card card() {
    return claim.card();
  }

  DeviceKeys keys(int device) {
    return DeviceKeys.ofSeed(bytes(number, 2 * device + 2));
  }

  Identity node(int device) {
    return Identity.ofSeed(bytes(number, 2 * device + 3));
  }

  DeviceClaim device(int device) {
    return DeviceClaim.make(card(), keys(device), node(device));
  }

  DeviceCertificate certificate(int device) {
    return certificate(device, NOW, NOW + 90 * DAY);
  }

  DeviceCertificate certificate(int device, long from, long to) {
    return DeviceCertificate.issue(root, card(), device, device(device), from, to);
  }

  DeviceList list(DeviceCertificate... devices) {
    return DeviceList.issue(root, card(), NOW, List.of(devices), Set.of());
  }

  private static byte[] bytes(int a, int b) {
    byte[] out = new byte[32];
    Arrays.fill(out, (byte) a);
    out[0] = (byte) b;
    return out;
  }
}
