package org.wayfolk.messenger.conversation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** What conversations need of the rooms below: who is who, and the way out. */
interface Around {

  /**
   * Us.
   *
   * @param device number of this device
   * @param list our list of devices
   * @param others numbers of our other devices that are in that list
   */
  record Self(Hash32 card, int device, ListMark list, List<Integer> others) {}

  /** A friend. */
  record Other(Hash32 card, boolean blocked) {}

  /** Us, on this device. */
  Self self(Tx tx, Vault vault);

  /**
   * A friend by the local number.
   *
   * @throws org.wayfolk.messenger.work.Trouble UNKNOWN
   */
  Other friend(Tx tx, Vault vault, long number);

  /** The numbers of all friends. */
  List<Long> friends(Tx tx, Vault vault);

  /**
   * Sends an event to all devices of a friend and to our own others; of friend 0 to those alone.
   *
   * @param replaces of what only matters at once: what waits under the same bytes is dropped
   */
  void post(Turn turn, long friend, EventId id, byte[] event, byte @Nullable [] replaces);

  /** Tries at once what waits or failed of an event that goes to a friend. */
  void retry(Turn turn, long friend, EventId id, byte[] event);

  /** Takes an event back if no device can have it yet; answers whether it did. */
  boolean withdraw(Turn turn, EventId id);

  /**
   * How far an event of ours has come towards a friend, never RECEIVED or READ; empty if it was
   * another device of ours that sent it, or this one in another life.
   */
  Optional<State> carried(Tx tx, long friend, EventId id);
}
