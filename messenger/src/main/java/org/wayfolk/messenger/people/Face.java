package org.wayfolk.messenger.people;

import org.wayfolk.messenger.person.Card;

/**
 * What a list shows of a friend: read without opening the list of their devices, which costs ten
 * times as much.
 *
 * @param number local, 1 or more
 * @param card their lasting name
 * @param name what I call them; unique
 * @param blocked whether they are treated as a stranger
 * @param verified whether I compared words or codes with them
 * @param since ms since the epoch when we became friends
 */
public record Face(
    long number, Card card, String name, boolean blocked, boolean verified, long since) {}
