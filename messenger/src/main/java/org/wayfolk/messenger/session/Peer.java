package org.wayfolk.messenger.session;

import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.people.Device;

/**
 * What is kept about one device of a friend.
 *
 * @param id row
 * @param last the newest session there ever was with it, if any
 * @param givenSigned id of our signed prekeys that it has from us, 0 for none
 * @param held what it said it holds, until a session can be sealed with
 */
record Peer(
    long id,
    Device device,
    Standing standing,
    @Nullable SessionId last,
    int givenSigned,
    @Nullable Held held) {

  Peer with(Standing next) {
    return new Peer(id, device, next, last, givenSigned, held);
  }

  Peer withHeld(@Nullable Held next) {
    return new Peer(id, device, standing, last, givenSigned, next);
  }
}
