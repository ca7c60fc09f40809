package org.wayfolk.messenger.person;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wayfolk.identity.Identity;

/** A person with as many devices as a test wants, all from one number. */
public final class Someone {

  public static final long NOW = 1_800_000_000_000L;
  public static final long DAY = 24 * 3_600_000L;

  public final Phrase phrase;
  public final RootKey root;
  public final RootClaim claim;
  private final int number;

  public Someone(int number) {
    this.number = number;
    phrase = Phrase.of(bytes(number, 1));
    root = phrase.root(0);
    claim = phrase.claim();
  }

  public Card card() {
    return claim.card();
  }

  public DeviceKeys keys(int device) {
    return DeviceKeys.ofSeed(bytes(number, 2 * device + 2));
  }

  public Identity node(int device) {
    return Identity.ofSeed(bytes(number, 2 * device + 3));
  }

  public DeviceClaim device(int device) {
    return DeviceClaim.make(card(), keys(device), node(device));
  }

  public DeviceCertificate certificate(int device) {
    return certificate(device, NOW, NOW + 90 * DAY);
  }

  public DeviceCertificate certificate(int device, long from, long to) {
    return DeviceCertificate.issue(root, card(), device, device(device), from, to);
  }

  public DeviceList list(DeviceCertificate... devices) {
    return DeviceList.issue(root, card(), NOW, List.of(devices), Set.of());
  }

  /** A list of another time. */
  public DeviceList listAt(long sequence, Set<Integer> revoked, DeviceCertificate... devices) {
    return DeviceList.issue(root, card(), sequence, List.of(devices), revoked);
  }

  private static byte[] bytes(int a, int b) {
    byte[] out = new byte[32];
    Arrays.fill(out, (byte) a);
    out[0] = (byte) b;
    return out;
  }
}
