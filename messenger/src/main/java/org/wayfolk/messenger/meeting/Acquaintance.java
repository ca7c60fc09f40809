package org.wayfolk.messenger.meeting;

import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.people.Addition;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.Card;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.session.Opened;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/** {@link Circle} over the rooms below. */
final class Acquaintance implements Circle {
  private final People people;
  private final Sessions sessions;

  Acquaintance(People people, Sessions sessions) {
    this.people = people;
    this.sessions = sessions;
  }

  @Override
  public Hello.Self self(Turn turn) {
    Me me = people.me(turn);
    return new Hello.Self(me.name(), me.claim(), me.devices());
  }

  @Override
  public Optional<Known> known(Turn turn, Card card) {
    return people.friend(turn, card).map(f -> new Known(f.number(), f.name(), f.blocked()));
  }

  @Override
  public long propose(Turn turn, Introduced who) {
    return people.propose(turn, who.claim(), who.list());
  }

  @Override
  public void withdraw(Turn turn, long proposed) {
    if (people.friend(turn, proposed).isEmpty()) {
      sessions.forget(turn, proposed);
      people.withdraw(turn, proposed);
    }
  }

  @Override
  public Made befriend(Turn turn, Introduced who, String name) {
    return switch (people.add(turn, who.claim(), who.list(), name)) {
      case Addition.Added(var friend) -> new Made(friend.number(), true);
      case Addition.Known(var friend) -> new Made(friend.number(), false);
      case Addition.Own() -> throw new Trouble(Trouble.Reason.OWN);
      case Addition.TooMany() ->
          throw new Trouble(Trouble.Reason.TOO_MANY, People.MAX_FRIENDS + " friends");
      case Addition.Refused(var why) ->
          throw new Trouble(Trouble.Reason.NOT_POSSIBLE, "the list of devices " + why.words());
    };
  }

  @Override
  public byte[] bundle(Turn turn) {
    return sessions.bundle(turn).encode();
  }

  @Override
  public byte[] first(Turn turn, long friend, Introduced to, byte[] bundle, Opening opening)
      throws Malformed {
    PrekeyBundle theirs = PrekeyBundle.decode(bundle);
    return sessions.first(turn, device(friend, to), theirs, opening.psk(), opening.content());
  }

  @Override
  public byte[] acceptFirst(Turn turn, long friend, Introduced from, byte[] payload, byte[] psk)
      throws Malformed {
    return content(sessions.acceptFirst(turn, device(friend, from), payload, psk));
  }

  @Override
  public byte[] seal(Turn turn, long friend, Introduced to, byte[] content) {
    return sessions.seal(turn, device(friend, to), content).orElseThrow();
  }

  @Override
  public byte[] open(Turn turn, NodeId from, byte[] payload) throws Malformed {
    return content(sessions.open(turn, from, payload));
  }

  private static byte[] content(Opened opened) throws Malformed {
    if (opened instanceof Opened.Content content) {
      return content.bytes();
    }
    throw new Malformed("a session's payload at a meeting");
  }

  private static Device device(long friend, Introduced who) {
    return new Device(friend, who.device());
  }
}
