package org.wayfolk.messenger.session;

import java.util.Optional;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.PrekeySecrets;
import org.wayfolk.messenger.session.Standing.Step;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;

/**
 * Takes what other devices send in order to get a session: signatures first, then prekeys, then how
 * often, and only then the work of opening. {@link Standing} decides, {@link Resets} does.
 */
final class Requests {
  private final People people;
  private final Above above;
  private final Books books;
  private final Prekeys prekeys;
  private final Resets resets;
  private final Refusals refusals;

  Requests(
      People people, Above above, Books books, Prekeys prekeys, Resets resets, Refusals refusals) {
    this.people = people;
    this.above = above;
    this.books = books;
    this.prekeys = prekeys;
    this.resets = resets;
    this.refusals = refusals;
  }

  Opened first(Turn t, NodeId from, byte[] payload) throws Malformed {
    Frames.First first = Frames.readFirst(payload);
    Optional<Device> who = who(t, from, first.list());
    if (who.isEmpty()) {
      return refusals.stranger();
    }
    if (!first.by(who.get().certificate().claim(), me(t))) {
      return refusals.refused(Refusal.FORGED);
    }
    Peer p = books.peer(t, who.get());
    SessionId name = resets.name(first.initial());
    if (books.begun(t, name)) {
      return refusals.duplicate();
    }
    Optional<PrekeySecrets> own = prekeys.own(t, first.initial().prekey());
    int oneTime = first.initial().oneTime();
    Optional<Prekeys.Given> given =
        prekeys.given(t, oneTime).filter(g -> g.peer() != null && g.peer() == p.id());
    if (own.isEmpty() || (oneTime != 0 && given.isEmpty())) {
      return lost(t, p, name);
    }
    boolean answer = given.map(Prekeys.Given::answer).orElse(false);
    Step may = p.standing().mayBegin(name, answer, t.now());
    if (may.act() == Standing.Act.TOO_SOON) {
      return refusals.refused(Refusal.TOO_SOON);
    }
    OneTimePrekey.Secret one = given.map(Prekeys.Given::secret).orElse(null);
    Resets.Accepted accepted = resets.open(t, p, first, own.get(), one, Resets.NO_PSK);
    if (accepted == null) {
      return lost(t, p, name);
    }
    prekeys.used(t, oneTime);
    resets.take(t, p.with(may.next()), accepted, true);
    return new Opened.Done(p.device());
  }

  /**
   * A beginning with keys that a former life of this disk gave away: the other side needs new ones.
   */
  private Opened lost(Turn t, Peer p, SessionId name) {
    Step step = p.standing().asked(name, t.now());
    Peer next = p.with(step.next());
    books.save(t, next);
    if (step.act() == Standing.Act.BUNDLE) {
      resets.answer(t, next, name);
    }
    return refusals.refused(Refusal.LOST_PREKEY);
  }

  Opened ask(Turn t, NodeId from, byte[] payload) throws Malformed {
    Frames.Ask ask = Frames.readAsk(payload);
    Optional<Device> who = who(t, from, ask.list());
    if (who.isEmpty()) {
      return refusals.stranger();
    }
    if (!ask.by(who.get().certificate().claim(), me(t))) {
      return refusals.refused(Refusal.FORGED);
    }
    Peer p = books.peer(t, who.get());
    Step step = p.standing().asked(ask.name(), t.now());
    if (step.act() == Standing.Act.TOO_SOON) {
      return refusals.refused(Refusal.TOO_SOON);
    }
    Peer next = p.with(step.next());
    books.save(t, next);
    if (step.act() == Standing.Act.BUNDLE) {
      resets.answer(t, next, ask.name());
    }
    return new Opened.Done(p.device());
  }

  Opened bundle(Turn t, NodeId from, byte[] payload) throws Malformed {
    Optional<Device> who = people.device(t, from);
    if (who.isEmpty()) {
      return refusals.stranger();
    }
    Frames.Bundle bundle = Frames.readBundle(payload);
    if (!bundle.by(who.get().certificate().claim(), me(t))) {
      return refusals.refused(Refusal.FORGED);
    }
    resets.answered(t, books.peer(t, who.get()), bundle);
    return new Opened.Done(who.get());
  }

  /**
   * The device of that node. A node that nobody has counts only if a list that its friend's root
   * signed, newer than ours, names it: so comes who restored a backup.
   */
  private Optional<Device> who(Turn t, NodeId from, DeviceList list) {
    Optional<Device> known = people.device(t, from);
    Optional<Friend> friend = people.friend(t, list.card()).filter(f -> !f.blocked());
    if (friend.isEmpty() || list.sequence() <= friend.get().devices().sequence()) {
      return known;
    }
    if (known.isPresent() && known.get().friend() != friend.get().number()) {
      return known;
    }
    if (known.isEmpty() && list.device(from).isEmpty()) {
      return known;
    }
    DevicesUpdate update = people.updateDevices(t, friend.get().number(), list);
    if (!(update instanceof DevicesUpdate.Updated updated)) {
      refusals.count(Refusal.FORGED);
      return known;
    }
    above.devices(t, updated);
    return people.device(t, from);
  }

  /** The FIRST of a meeting. */
  Opened met(Turn t, Device from, byte[] payload, byte[] psk) throws Malformed {
    Frames.First first = Frames.readFirst(payload);
    if (!first.by(from.certificate().claim(), me(t))) {
      return refusals.refused(Refusal.FORGED);
    }
    Peer p = books.peer(t, from);
    if (books.begun(t, resets.name(first.initial()))) {
      return refusals.duplicate();
    }
    Optional<PrekeySecrets> own = prekeys.own(t, first.initial().prekey());
    int oneTime = first.initial().oneTime();
    Optional<Prekeys.Given> given = prekeys.given(t, oneTime).filter(g -> g.peer() == null);
    if (own.isEmpty() || given.isEmpty()) {
      return refusals.refused(Refusal.LOST_PREKEY);
    }
    Resets.Accepted accepted = resets.open(t, p, first, own.get(), given.get().secret(), psk);
    if (accepted == null) {
      return refusals.refused(Refusal.UNREADABLE);
    }
    prekeys.used(t, oneTime);
    resets.take(t, p, accepted, false);
    return new Opened.Content(from, accepted.inside().content());
  }

  private NodeId me(Turn t) {
    return people.me(t).device().node();
  }
}
