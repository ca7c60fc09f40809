package org.wayfolk.messenger.people;

import org.wayfolk.messenger.person.DeviceList;

/** What became of somebody to be added. */
public sealed interface Addition {

  /** A new friend. */
  record Added(Friend friend) implements Addition {}

  /** They were a friend already, and keep their name; a newer device list was taken over. */
  record Known(Friend friend) implements Addition {}

  /** It is my own card. */
  record Own() implements Addition {}

  /** The device list cannot be believed. */
  record Refused(DeviceList.Verdict why) implements Addition {}

  /** I have {@link People#MAX_FRIENDS} friends. */
  record TooMany() implements Addition {}
}
