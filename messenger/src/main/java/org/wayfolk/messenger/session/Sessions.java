package org.wayfolk.messenger.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Purpose;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.Opening;
import org.wayfolk.messenger.ratchet.Padding;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.ratchet.Ratchet;
import org.wayfolk.messenger.ratchet.Sealed;
import org.wayfolk.messenger.session.Standing.Active;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Shelf;
import org.wayfolk.wire.Malformed;

/**
 * The sealed channel to each device of a friend. One session is sealed with; those before it are
 * still read for 40 days. A lost session is made anew without anybody's help. Layout and threats:
 * {@code docs/protocol/session.md}.
 *
 * <p>All calls inside a turn, on the engine's thread. A seal or an open costs some 50 us and one
 * write of the state; making a session about a millisecond.
 */
public final class Sessions {
  /** The longest content, in bytes: what always fits into the largest payload. */
  public static final int MAX_CONTENT = Padding.capacity(1, true) - 11;

  static final byte[] IN_SEALED = {Frames.SEALED};
  static final Purpose NAME = new Purpose("session name");

  /** Beside longer contents no prekeys travel: the largest payload must not be passed. */
  private static final int ROOM_FOR_PREKEYS = 16 * 1024;

  /** What is over 40 days old is wiped so often. */
  private static final Duration TIDY = Duration.ofHours(12);

  private static final int HASH = 16;

  private final People people;
  private final Crypto crypto;
  private final Books books = new Books();
  private final Prekeys prekeys;
  private final Ratchet ratchet;
  private final Resets resets;
  private final Above above;
  private final Refusals refusals = new Refusals();
  private final Requests requests;

  /** Sessions between this home's person and their friends. */
  public Sessions(People people, Crypto crypto, Above above) {
    this.people = people;
    this.crypto = crypto;
    this.above = above;
    this.prekeys = new Prekeys(crypto);
    this.ratchet = new Ratchet(crypto);
    this.resets = new Resets(people, crypto, above, books, prekeys);
    this.requests = new Requests(people, above, books, prekeys, resets, refusals);
  }

  /** The tables, whoever uses them. */
  public static Shelf tables() {
    return new SessionShelf();
  }

  /** The tables. */
  public Shelf shelf() {
    return tables();
  }

  /** Begins: wipes what is too old, now and every 12 hours. */
  public void start(Turn t) {
    books.tidy(t);
    prekeys.tidy(t);
    t.later(TIDY, this::start);
  }

  /** How often each refusal happened since the start. Any thread. */
  public Map<Refusal, Long> refusals() {
    return refusals.counts();
  }

  /**
   * Seals a content for a device. Empty if there is no session now: {@link #want} makes one, and
   * {@link Above#ready} will say so. The payload may leave once the turn is committed; it may leave
   * often, and is accepted once.
   *
   * @param content at most {@link #MAX_CONTENT} bytes, not empty
   */
  public Optional<byte[]> seal(Turn t, Device to, byte[] content) {
    if (content.length == 0 || content.length > MAX_CONTENT) {
      throw new IllegalArgumentException("a content of " + content.length + " bytes");
    }
    Peer p = books.peer(t, to);
    Active active = p.standing().active();
    if (!p.standing().usable() || active == null || !active.confirmed()) {
      return Optional.empty();
    }
    Books.Kept kept = books.active(t, p).orElseThrow();
    Inside inside = with(t, p, kept, content);
    Sealed sealed = ratchet.seal(kept.state(), inside.encode(), IN_SEALED, 1, t.random(), t.now());
    Books.put(t, kept.id(), sealed.next());
    return Optional.of(Frames.sealed(sealed.payload()));
  }

  private Inside with(Turn t, Peer p, Books.Kept kept, byte[] content) {
    if (content.length > ROOM_FOR_PREKEYS) {
      return new Inside(null, null, List.of(), null, kept.arrived(), content);
    }
    List<OneTimePrekey> refill = prekeys.refill(t, p);
    PrekeyBundle signed = null;
    if (prekeys.currentId(t) != p.givenSigned()) {
      signed = resets.signed(t, p);
    }
    return new Inside(null, null, refill, signed, kept.arrived(), content);
  }

  /** Sees to it that there will be a session; nothing if there is one, or one is being made. */
  public void want(Turn t, Device to) {
    resets.needed(t, books.peer(t, to));
  }

  /**
   * Something of theirs is missing here though nothing of it is under way: as if something had come
   * that does not open. A new session brings what is missing; at most one an hour.
   */
  public void lost(Turn t, Device from) {
    resets.unreadable(t, books.peer(t, from));
  }

  /** Whether {@link #seal} would seal now. Begins nothing. */
  public boolean usable(Turn t, Device to) {
    return books
        .find(t, to)
        .map(Peer::standing)
        .filter(Standing::usable)
        .map(Standing::active)
        .filter(Active::confirmed)
        .isPresent();
  }

  /**
   * Opens what a node sent: SEALED, FIRST, ASK or BUNDLE. The sender's NodeId is proven by the
   * overlay.
   */
  public Opened open(Turn t, NodeId from, byte[] payload) {
    try {
      if (payload.length == 0 || payload.length > Padding.LARGEST) {
        throw new Malformed("payload length");
      }
      return switch (payload[0]) {
        case Frames.SEALED -> sealed(t, from, payload);
        case Frames.FIRST -> requests.first(t, from, payload);
        case Frames.ASK -> requests.ask(t, from, payload);
        case Frames.BUNDLE -> requests.bundle(t, from, payload);
        default -> throw new Malformed("payload type");
      };
    } catch (Malformed e) {
      return people.device(t, from).isPresent()
          ? refusals.refused(Refusal.MALFORMED)
          : refusals.stranger();
    }
  }

  private Opened sealed(Turn t, NodeId from, byte[] payload) throws Malformed {
    Optional<Device> who = people.device(t, from);
    if (who.isEmpty()) {
      return refusals.stranger();
    }
    Peer p = books.peer(t, who.get());
    byte[] hash = hash(payload);
    if (books.seen(t, p, hash)) {
      return refusals.duplicate();
    }
    byte[] message = Arrays.copyOfRange(payload, 1, payload.length);
    Optional<Books.Kept> active = books.active(t, p);
    if (active.isPresent()) {
      Opening opening = ratchet.open(active.get().state(), message, IN_SEALED, t.now());
      if (opening instanceof Opening.Opened opened) {
        return opened(t, p, active.get(), opened, hash);
      }
    }
    for (Books.Kept old : books.old(t, p)) {
      Opening opening = ratchet.open(old.state(), message, IN_SEALED, t.now());
      if (opening instanceof Opening.Opened opened) {
        return opened(t, p, old, opened, hash);
      }
    }
    resets.unreadable(t, p);
    return refusals.refused(Refusal.UNREADABLE);
  }

  private Opened opened(Turn t, Peer p, Books.Kept kept, Opening.Opened opened, byte[] hash)
      throws Malformed {
    Inside inside = Inside.decode(opened.plaintext());
    if (inside.arrived() > kept.accepted()) {
      // It knows of messages that we accepted, and we do not: this disk went back. Nothing is taken
      // in this session any more, so that what we hold stays what it was.
      resets.unreadable(t, p);
      return refusals.refused(Refusal.LOST_STATE);
    }
    prekeys.take(t, p, inside, inside.held() != null);
    Books.accepted(t, kept.id(), opened.next());
    books.see(t, p, hash);
    if (kept.active()) {
      confirm(t, p, kept, inside.held());
    }
    return inside.content().length == 0
        ? new Opened.Done(p.device())
        : new Opened.Content(p.device(), inside.content());
  }

  private void confirm(Turn t, Peer p, Books.Kept kept, @Nullable Held held) {
    Standing confirmed = p.standing().confirmed(kept.session());
    boolean welcome = held != null && books.welcome(t, p);
    if (!confirmed.equals(p.standing())) {
      Held theirs = held == null ? p.held() : held;
      books.confirm(t, p);
      books.save(t, p.with(confirmed).withHeld(null));
      above.withdraw(t, p.device(), Control.FIRST);
      above.ready(t, p.device(), theirs, kept.renewed());
    } else if (welcome) {
      above.ready(t, p.device(), held, false);
    }
  }

  /** The outbox's word that the other side has accepted a message of the session in use. */
  public void delivered(Turn t, Device to) {
    books.find(t, to).ifPresent(p -> books.arrived(t, p));
  }

  /** The outbox's word that the other side has accepted what waited. */
  public void delivered(Turn t, Device to, Control kind) {
    if (kind == Control.FIRST) {
      Peer p = books.peer(t, to);
      books.active(t, p).ifPresent(kept -> confirm(t, p, kept, null));
    } else if (kind == Control.WELCOME) {
      delivered(t, to);
    }
  }

  // For meetings.

  /** Our signed prekeys with a one-time prekey for somebody who is no friend yet. */
  public PrekeyBundle bundle(Turn t) {
    try (DeviceKeys keys = people.keys(t)) {
      return prekeys.bundle(t, keys::sign, null);
    }
  }

  /**
   * Begins a session at a meeting and answers the FIRST payload that carries {@code content}; the
   * caller sees to it that it arrives. Nothing else is sealed until the other side has answered.
   *
   * @param psk 32 bytes, or empty for none
   * @throws Malformed if the bundle is not signed by that device
   */
  public byte[] first(Turn t, Device to, PrekeyBundle theirs, byte[] psk, byte[] content)
      throws Malformed {
    Peer p = books.peer(t, to);
    long generation = p.standing().nextGeneration(t.now(), 0);
    return resets.begin(t, p, theirs, psk, new Resets.Start(generation, null, false, content));
  }

  /**
   * Accepts the FIRST of a meeting. A repetition answers {@link Opened.Duplicate}, anything that is
   * not right {@link Opened.Unreadable}.
   */
  public Opened acceptFirst(Turn t, Device from, byte[] payload, byte[] psk) {
    try {
      return requests.met(t, from, payload, psk);
    } catch (Malformed e) {
      return refusals.refused(Refusal.MALFORMED);
    }
  }

  /** Forgets every session with a friend, keys and all. */
  public void forget(Turn t, long friend) {
    books.forget(t, friend);
  }

  private byte[] hash(byte[] payload) {
    return Arrays.copyOf(crypto.sha256(payload), HASH);
  }
}
