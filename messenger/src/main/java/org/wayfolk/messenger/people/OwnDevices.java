package org.wayfolk.messenger.people;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootKey;

/**
 * Which lists of my own devices I sign, and when.
 *
 * @param node where this device is reached
 */
record OwnDevices(RootKey root, Card card, Identity node) {

  /**
   * Friends who were away for a month still get the renewed certificate before the old one ends.
   */
  static final long RENEW_BEFORE_MILLIS = 30L * 24 * 3_600_000;

  /** The first device of a new person. */
  static final int FIRST = 1;

  /** Whether a certificate of this device serves on as it is. */
  static boolean serves(DeviceCertificate device, Identity node, long now) {
    return device.at(now) == DeviceCertificate.Validity.VALID
        && device.notAfter() - now >= RENEW_BEFORE_MILLIS
        && device.node().equals(node.id());
  }

  /** The highest number that a list knows of. */
  static int highest(DeviceList list) {
    return Stream.concat(
            list.devices().stream().map(DeviceCertificate::number), list.revoked().stream())
        .max(Integer::compare)
        .orElse(0);
  }

  /** A list of one device. */
  DeviceList first(int number, DeviceKeys keys, long now) {
    return DeviceList.issue(root, card, now, List.of(certify(number, keys, now)), Set.of());
  }

  /** The list with a fresh certificate of one device; the other devices stay as they are. */
  DeviceList renewed(DeviceList old, int number, DeviceKeys keys, long now) {
    return replaced(old, number, certify(number, keys, now), Set.of(), now);
  }

  /** The list in which a new device takes the place of an old one, which is revoked. */
  DeviceList succeeded(DeviceList old, int from, int to, DeviceKeys keys, long now) {
    return replaced(old, from, certify(to, keys, now), Set.of(from), now);
  }

  private DeviceList replaced(
      DeviceList old, int gone, DeviceCertificate instead, Set<Integer> revoked, long now) {
    List<DeviceCertificate> devices = new ArrayList<>(old.devices());
    devices.removeIf(device -> device.number() == gone);
    devices.add(instead);
    Set<Integer> all = new HashSet<>(old.revoked());
    all.addAll(revoked);
    return DeviceList.issue(root, card, next(old.sequence(), now), devices, all);
  }

  private DeviceCertificate certify(int number, DeviceKeys keys, long now) {
    DeviceClaim claim = DeviceClaim.make(card, keys, node);
    long end = now + DeviceCertificate.MAX_LIFE_MILLIS;
    return DeviceCertificate.issue(root, card, number, claim, now, end);
  }

  /**
   * Sequences grow, unless the last one was signed under a clock that went ahead: nobody whose own
   * clock is right has taken that list, and nobody would take one above it for a long time.
   */
  private static long next(long last, long now) {
    return last > now + DeviceCertificate.SKEW_MILLIS ? now : Math.max(now, last + 1);
  }
}
