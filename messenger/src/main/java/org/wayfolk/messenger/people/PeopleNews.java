package org.wayfolk.messenger.people;

import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.work.News;

/** What became true about people. */
public sealed interface PeopleNews extends News {

  /** Somebody became a friend. */
  record Added(Friend friend) implements PeopleNews {}

  /** Name, blocking, verification or devices of a friend changed. */
  record Changed(Friend friend) implements PeopleNews {}

  /** Somebody is no longer a friend. */
  record Removed(Friend friend) implements PeopleNews {}

  /** Two contradicting device lists were signed by a friend's root: an alarm for the user. */
  record Fork(Friend friend) implements PeopleNews {}

  /** My own device list changed: friends have to hear of it. */
  record OwnDevices(DeviceList devices) implements PeopleNews {}
}
