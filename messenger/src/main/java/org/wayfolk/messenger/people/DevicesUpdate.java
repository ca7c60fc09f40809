package org.wayfolk.messenger.people;

import java.util.List;
import org.wayfolk.messenger.person.DeviceList;

/** What became of a list of a friend's devices. */
public sealed interface DevicesUpdate {

  /**
   * It is newer and in force.
   *
   * @param friend with the new list
   * @param added devices that were not in the old list
   * @param gone devices of the old list that are in the new one no longer: sessions with them end
   */
  record Updated(Friend friend, List<Device> added, List<Device> gone) implements DevicesUpdate {}

  /** It is the one I have. */
  record Same() implements DevicesUpdate {}

  /** Mine is newer. */
  record Older() implements DevicesUpdate {}

  /**
   * Both are signed by the root and contradict each other: somebody else may have the root key. The
   * old list stays in force, {@link PeopleNews.Fork} is told.
   */
  record Fork(Friend friend) implements DevicesUpdate {}

  /** It cannot be believed. */
  record Bad(DeviceList.Verdict why) implements DevicesUpdate {}
}
