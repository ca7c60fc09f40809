package org.wayfolk.messenger.conversation;

import java.util.List;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** What conversations need of the rooms below: who is who, and the way out. */
interface Around {

  /** Us. */
  record Self(Hash32 card, int device, ListMark list) {}

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
   */
  void post(Turn turn, long friend, EventId id, byte[] event);

  /** Sends an event to one device of a friend, whatever was sent to it before. */
  void postAgain(Turn turn, long friend, int device, EventId id, byte[] event);

  /** Takes an event back if no device can have it yet; answers whether it did. */
  boolean withdraw(Turn turn, EventId id);

  /** How far an event of ours has come towards a friend; never RECEIVED or READ. */
  State carried(Tx tx, long friend, EventId id);
}
