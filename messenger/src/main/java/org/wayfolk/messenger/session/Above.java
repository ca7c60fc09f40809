package org.wayfolk.messenger.session;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.work.Turn;

/** What sessions need of the rooms above them, and tell them. Called inside a turn. */
public interface Above {

  /**
   * Sends a payload until its receiver has accepted it, before any message to that device, in place
   * of one of the same kind that still waits. Then {@link Sessions#delivered} is called. An {@link
   * Control#ASK} is repeated, if seldom, until it is withdrawn.
   */
  void send(Turn t, Device to, Control kind, byte[] payload);

  /** Sends what still waits of that kind no more. */
  void withdraw(Turn t, Device to, Control kind);

  /**
   * A session can be sealed with. What was sealed for that device and is not known to have arrived
   * is to be sealed again; so is what its owner no longer holds.
   *
   * @param theirs what the other side says it holds; null if it has not said
   * @param renewed whether it takes the place of a session that was lost, which users are told
   */
  void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed);

  /** What we hold of what is between us and that device. */
  Held held(Turn t, Device device);

  /** A friend has other devices than before; their new list is in force. */
  void devices(Turn t, DevicesUpdate.Updated update);
}
