package org.wayfolk.messenger.meeting;

import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;

/**
 * Somebody whose introduction holds: the root has signed the list, the list certifies a device at
 * the very node that was talked to, and that certificate holds now. Both sides of a meeting ask
 * this (dcomms D4 is what happens where one does not).
 *
 * @param name what they call themselves; may be empty
 * @param device the device that was talked to
 */
record Introduced(String name, RootClaim claim, DeviceList list, DeviceCertificate device) {

  /**
   * Verifies an introduction; empty if anything of it does not hold.
   *
   * @param node the authenticated sender
   * @param now ms since the epoch
   */
  static Optional<Introduced> verify(Hello.Self self, NodeId node, long now) {
    if (self.list().check(self.claim(), now) != DeviceList.Verdict.VALID) {
      return Optional.empty();
    }
    return self.list()
        .device(node)
        .filter(d -> d.at(now) == DeviceCertificate.Validity.VALID)
        .map(d -> new Introduced(self.name(), self.claim(), self.list(), d));
  }
}
