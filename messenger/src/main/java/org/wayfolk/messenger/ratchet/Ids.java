package org.wayfolk.messenger.ratchet;

import org.wayfolk.wire.Malformed;

/** Prekey ids as a peer writes them: above 0, and 0 where none is allowed. */
final class Ids {

  private Ids() {}

  static int some(int id) throws Malformed {
    if (id <= 0) {
      throw new Malformed("prekey id");
    }
    return id;
  }

  static int orNone(int id) throws Malformed {
    if (id < 0) {
      throw new Malformed("prekey id");
    }
    return id;
  }
}
