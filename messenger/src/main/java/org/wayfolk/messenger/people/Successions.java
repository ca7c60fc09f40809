package org.wayfolk.messenger.people;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceList;

/** Whether a device list may follow the one that is known of a friend. Pure. */
final class Successions {

  private Successions() {}

  static DevicesUpdate judge(Friend friend, DeviceList list, long now) {
    DeviceList old = friend.devices();
    if (list.card().equals(old.card()) && Arrays.equals(list.hash(), old.hash())) {
      return new DevicesUpdate.Same();
    }
    DeviceList.Verdict verdict = list.check(friend.claim(), now);
    if (list.sequence() < old.sequence()) {
      // An old list has expired by right; one that nobody signed is worth a word all the same.
      boolean expired = verdict == DeviceList.Verdict.EXPIRED;
      boolean signed = verdict == DeviceList.Verdict.VALID || expired;
      return signed ? new DevicesUpdate.Older() : new DevicesUpdate.Bad(verdict);
    }
    if (verdict != DeviceList.Verdict.VALID) {
      return new DevicesUpdate.Bad(verdict);
    }
    if (list.sequence() == old.sequence() || contradicts(old, list)) {
      return new DevicesUpdate.Fork(friend.alarmed(now));
    }
    return new DevicesUpdate.Updated(
        friend.with(list), only(friend, list, old), only(friend, old, list));
  }

  /**
   * A root that knows its own lists never brings back a revoked device, and never gives a number to
   * other keys. (A device may move to another node.)
   */
  private static boolean contradicts(DeviceList old, DeviceList next) {
    for (DeviceCertificate device : next.devices()) {
      Optional<DeviceCertificate> before = old.device(device.number());
      boolean others =
          before.isPresent()
              && !Arrays.equals(before.get().claim().deviceKey(), device.claim().deviceKey());
      if (others || old.revoked().contains(device.number())) {
        return true;
      }
    }
    return false;
  }

  private static List<Device> only(Friend friend, DeviceList in, DeviceList notIn) {
    return in.devices().stream()
        .filter(device -> notIn.device(device.number()).isEmpty())
        .map(device -> new Device(friend.number(), device))
        .toList();
  }
}
