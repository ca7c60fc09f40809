package org.wayfolk.messenger.conversation;

import java.util.Optional;
import org.wayfolk.messenger.event.ConversationName;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.Place;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Finds conversations, and makes those that are not there yet. */
record Talks(Tx tx, Vault vault, Around around) {

  private Rows rows() {
    return new Rows(tx, vault);
  }

  /**
   * The conversation with a friend, or notes to self.
   *
   * @throws org.wayfolk.messenger.work.Trouble UNKNOWN
   */
  Talk with(long friend) {
    return rows().talk(friend).orElseGet(() -> make(friend));
  }

  private Talk make(long friend) {
    Hash32 mine = around.self(tx, vault).card();
    Hash32 theirs = friend == Talk.NOTES_NUMBER ? mine : around.friend(tx, vault, friend).card();
    int kind = friend == Talk.NOTES_NUMBER ? Talk.NOTES : Talk.TWO;
    Talk talk =
        new Talk(friend, kind, Place.writer(mine, theirs), Place.writer(theirs, mine), 0, 0);
    return rows().add(talk, ConversationName.ofTwo(mine, theirs));
  }

  /** The conversation of ours with that name; another device of ours may have begun it. */
  Optional<Talk> named(Hash32 name) {
    Optional<Talk> known = rows().talkNamed(name);
    if (known.isPresent()) {
      return known;
    }
    with(Talk.NOTES_NUMBER);
    around.friends(tx, vault).forEach(this::with);
    return rows().talkNamed(name);
  }
}
