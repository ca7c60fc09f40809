package org.wayfolk.messenger.people;

import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;

/**
 * Somebody I have met.
 *
 * @param number local, 1 or more, never given twice in a home
 * @param claim what their card is the hash of
 * @param name what I call them; unique
 * @param devices the newest list of their devices that I know; some may have expired
 * @param blocked whether they are treated as a stranger
 * @param verifiedAt ms since the epoch when I compared words or codes with them; 0 if I have not
 * @param alarmAt ms since the epoch when contradicting lists of their devices were seen; 0 if
 *     never, or not since the last verification
 * @param since ms since the epoch when we became friends
 */
public record Friend(
    long number,
    RootClaim claim,
    String name,
    DeviceList devices,
    boolean blocked,
    long verifiedAt,
    long alarmAt,
    long since) {

  /** Their lasting name. */
  public Card card() {
    return claim.card();
  }

  /** Whether I compared words or codes with them. */
  public boolean verified() {
    return verifiedAt != 0;
  }

  Friend named(String next) {
    return new Friend(number, claim, next, devices, blocked, verifiedAt, alarmAt, since);
  }

  Friend blocked(boolean next) {
    return new Friend(number, claim, name, devices, next, verifiedAt, alarmAt, since);
  }

  Friend with(DeviceList next) {
    return new Friend(number, claim, name, next, blocked, verifiedAt, alarmAt, since);
  }

  /** A new look at the friend ends an alarm; taking a verification back does not. */
  Friend verified(long when) {
    long alarm = when == 0 ? alarmAt : 0;
    return new Friend(number, claim, name, devices, blocked, when, alarm, since);
  }

  Friend alarmed(long when) {
    long alarm = Math.max(1, when);
    return new Friend(number, claim, name, devices, blocked, verifiedAt, alarm, since);
  }
}
