package org.wayfolk.messenger.session;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.ratchet.Handshake;
import org.wayfolk.messenger.ratchet.InitialMessage;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.Opening;
import org.wayfolk.messenger.ratchet.Party;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.ratchet.PrekeySecrets;
import org.wayfolk.messenger.ratchet.Ratchet;
import org.wayfolk.messenger.ratchet.RatchetState;
import org.wayfolk.messenger.ratchet.Sealed;
import org.wayfolk.messenger.session.Standing.Active;
import org.wayfolk.messenger.session.Standing.Step;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/** Makes sessions: begins them, answers requests, accepts beginnings. {@link Standing} decides. */
final class Resets {
  static final byte[] NO_PSK = {};
  private static final byte[] IN_FIRST = {Frames.FIRST};
  private static final byte[] NOTHING = {};

  private final People people;
  private final Crypto crypto;
  private final Above above;
  private final Books books;
  private final Prekeys prekeys;
  private final Ratchet ratchet;

  Resets(People people, Crypto crypto, Above above, Books books, Prekeys prekeys) {
    this.people = people;
    this.crypto = crypto;
    this.above = above;
    this.books = books;
    this.prekeys = prekeys;
    this.ratchet = new Ratchet(crypto);
  }

  /** What a beginning holds, once it was opened. */
  record Accepted(SessionId id, RatchetState state, Inside inside, Inside.Begin begin) {}

  // Ours.

  /** There is no session to seal with. */
  void needed(Turn t, Peer p) {
    Step step = p.standing().needed(t.now(), prekeys.any(t, p), SessionId.draw(t.random()));
    reach(t, p, step);
  }

  /** Something authentic came that does not open. */
  void unreadable(Turn t, Peer p) {
    Step step = p.standing().unreadable(t.now(), prekeys.any(t, p), SessionId.draw(t.random()));
    reach(t, p, step);
  }

  private void reach(Turn t, Peer before, Step step) {
    Peer p = before.with(step.next());
    switch (step.act()) {
      case BEGIN -> {
        Optional<PrekeyBundle> theirs = prekeys.use(t, p);
        if (theirs.isPresent()) {
          beginAnew(t, p, theirs.get(), 0);
        }
      }
      case ASK -> {
        books.save(t, p);
        SessionId name = step.next().ask();
        if (name != null) {
          SessionId last = p.last() == null ? SessionId.NONE : p.last();
          try (DeviceKeys keys = people.keys(t)) {
            DeviceList list = people.me(t).devices();
            byte[] ask = Frames.ask(keys, p.device().node(), list, name, last);
            above.send(t, p.device(), Control.ASK, ask);
          }
        }
      }
      default -> {}
    }
  }

  private void beginAnew(Turn t, Peer p, PrekeyBundle theirs, long theirGeneration) {
    long generation = p.standing().nextGeneration(t.now(), theirGeneration);
    try {
      Held held = above.held(t, p.device());
      byte[] first = begin(t, p, theirs, NO_PSK, new Start(generation, held, true, NOTHING));
      above.withdraw(t, p.device(), Control.ASK);
      above.withdraw(t, p.device(), Control.WELCOME);
      above.send(t, p.device(), Control.FIRST, first);
    } catch (Malformed e) {
      // A bundle was verified when it came, a one-time key was not: it is used up now, and the next
      // try takes another or asks.
      books.save(t, p);
    }
  }

  /** How a session begins. */
  record Start(long generation, @Nullable Held held, boolean renewed, byte[] content) {}

  /** Makes a session of ours the active one and answers the FIRST for it. */
  byte[] begin(Turn t, Peer p, PrekeyBundle theirs, byte[] psk, Start start) throws Malformed {
    try (DeviceKeys keys = people.keys(t)) {
      return begin(
          t,
          p,
          keys,
          handshake(t, keys, p.device()).initiate(theirs, psk, t.random(), t.now()),
          start);
    }
  }

  private byte[] begin(Turn t, Peer p, DeviceKeys keys, Handshake.Initiated made, Start start) {
    SessionId id = name(made.initial());
    SessionId last = p.last() == null ? SessionId.NONE : p.last();
    Inside inside =
        new Inside(
            new Inside.Begin(start.generation, last),
            start.held,
            prekeys.stock(t, p),
            signed(t, p),
            0,
            start.content);
    DeviceList list = people.me(t).devices();
    int around = Frames.aroundFirst(list);
    Sealed sealed =
        ratchet.seal(made.state(), inside.encode(), IN_FIRST, around, t.random(), t.now());
    Active active = new Active(id, start.generation, true, false, t.now());
    books.activate(t, p, active, start.renewed, sealed.next());
    books.save(t, p.with(p.standing().begun(id, start.generation, t.now())));
    return Frames.first(keys, p.device().node(), list, made.initial(), sealed.payload());
  }

  /** Our signed prekeys for that device, which has them then. */
  PrekeyBundle signed(Turn t, Peer p) {
    PrekeySecrets current = prekeys.current(t);
    books.givenSigned(t, p, current.id());
    try (DeviceKeys keys = people.keys(t)) {
      return current.bundle(crypto, keys::sign);
    }
  }

  // Theirs.

  /** Answers a request. */
  void answer(Turn t, Peer p, SessionId re) {
    long generation = p.standing().generation();
    Held held = above.held(t, p.device());
    try (DeviceKeys keys = people.keys(t)) {
      PrekeyBundle bundle = prekeys.bundle(t, keys::sign, p);
      byte[] payload = Frames.bundle(keys, p.device().node(), re, generation, held, bundle);
      above.send(t, p.device(), Control.BUNDLE, payload);
    }
  }

  /** A bundle that came. */
  void answered(Turn t, Peer p, Frames.Bundle bundle) {
    boolean asked = bundle.re().equals(p.standing().ask());
    if (p.standing().answered(bundle.re()).act() == Standing.Act.BEGIN
        && (asked || !books.restless(t, p))) {
      beginAnew(t, p.withHeld(bundle.held()), bundle.prekeys(), bundle.generation());
    }
  }

  /** Opens a beginning, without changing anything yet; null if the keys do not fit. */
  @Nullable Accepted open(
      Turn t,
      Peer p,
      Frames.First first,
      PrekeySecrets own,
      OneTimePrekey.@Nullable Secret one,
      byte[] psk)
      throws Malformed {
    RatchetState fresh;
    try (DeviceKeys keys = people.keys(t)) {
      fresh = handshake(t, keys, p.device()).accept(first.initial(), own, one, psk, t.now());
    }
    if (ratchet.open(fresh, first.message(), IN_FIRST, t.now()) instanceof Opening.Opened opened) {
      Inside inside = Inside.decode(opened.plaintext());
      Inside.Begin begin = inside.begin();
      if (begin == null) {
        throw new Malformed("first: does not begin");
      }
      PrekeyBundle signed = inside.signed();
      if (signed != null) {
        // Before anything is written: a job must not be refused halfway.
        signed.verify(crypto, p.device().certificate().claim().deviceKey());
      }
      return new Accepted(name(first.initial()), opened.next(), inside, begin);
    }
    return null;
  }

  /** Takes an opened beginning; {@code welcome} if we answer at once by ourselves. */
  void take(Turn t, Peer before, Accepted a, boolean welcome) throws Malformed {
    books.begin(t, before, a.id);
    prekeys.take(t, before, a.inside, true);
    Standing was = before.standing();
    Step step = was.arrived(a.id, a.begin.generation(), t.now());
    Peer p = before.with(step.next());
    if (step.act() == Standing.Act.ADOPT) {
      adopt(t, p.withHeld(null), a, welcome, welcome && tells(was, t.now()));
      return;
    }
    books.keepOld(t, p, a.id, a.begin.generation(), a.state);
    books.save(t, p);
    if (step.act() == Standing.Act.KEEP_AND_TELL && !books.restless(t, p)) {
      answer(t, p, a.id);
    }
  }

  private void adopt(Turn t, Peer p, Accepted a, boolean welcome, boolean renewed)
      throws Malformed {
    Active active = p.standing().active();
    if (active == null) {
      throw new IllegalStateException("adopted without a session");
    }
    for (Control kind : Control.values()) {
      above.withdraw(t, p.device(), kind);
    }
    RatchetState state = a.state;
    byte[] payload = null;
    if (welcome) {
      Held held = above.held(t, p.device());
      Inside inside = new Inside(null, held, prekeys.stock(t, p), signed(t, p), 0, NOTHING);
      Sealed sealed =
          ratchet.seal(state, inside.encode(), Sessions.IN_SEALED, 1, t.random(), t.now());
      state = sealed.next();
      payload = Frames.sealed(sealed.payload());
    }
    books.activate(t, p, active, renewed, state);
    books.save(t, p);
    if (payload != null) {
      above.send(t, p.device(), Control.WELCOME, payload);
    }
    above.ready(t, p.device(), a.inside.held(), renewed);
  }

  /** Whether users are to be told: not twice for two beginnings that crossed. */
  private static boolean tells(Standing was, long now) {
    Active a = was.active();
    return a == null
        || !a.mine()
        || !a.confirmed()
        || Math.abs(now - a.since()) >= Standing.SETTLE_MILLIS;
  }

  // Both.

  /** The name of the session that an initial message begins; known without any key. */
  SessionId name(InitialMessage initial) {
    return name(crypto, initial);
  }

  static SessionId name(Crypto crypto, InitialMessage initial) {
    byte[] hash = crypto.sha256(Sessions.NAME.signedBytes(initial.encode()));
    return SessionId.of(Arrays.copyOf(hash, SessionId.BYTES));
  }

  private Handshake handshake(Turn t, DeviceKeys keys, Device peer) {
    DeviceCertificate mine = people.me(t).device();
    DeviceCertificate theirs = peer.certificate();
    return new Handshake(
        crypto,
        new Party.Own(identity(mine), keys.agreementScalar()),
        new Party(identity(theirs), theirs.claim().agreementKey(), theirs.claim().deviceKey()));
  }

  private static byte[] identity(DeviceCertificate device) {
    byte[] key = device.claim().agreementKey();
    byte[] card = device.card().bytes();
    return new Writer(card.length + Integer.BYTES + key.length)
        .bytes(card)
        .i32(device.number())
        .bytes(key)
        .toBytes();
  }
}
