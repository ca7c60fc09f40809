package org.wayfolk.messenger.people;

import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.person.DeviceCertificate;

/**
 * A device of a friend, as the newest list that I know has it. Its certificate may have expired:
 * then it is no stranger, since its first message brings a newer list, but nothing is sealed to it.
 *
 * @param friend that friend's local number
 */
public record Device(long friend, DeviceCertificate certificate) {

  /** Its number among that friend's devices. */
  public int number() {
    return certificate.number();
  }

  /** The node at which it is reached. */
  public NodeId node() {
    return certificate.node();
  }
}
