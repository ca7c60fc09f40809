package org.wayfolk.messenger.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.DevicesUpdate;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Held;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;

/**
 * Events on their way to devices. Each is kept until its device has it; tried at once when there is
 * reason to hope, else after 2, 4, 8 .. s up to 10 min; sealed when it leaves for the first time,
 * in the transaction that moves the ratchet on, and sent only after its commit. Nothing fails by
 * time.
 *
 * <p>All calls inside a turn, on the engine's thread. An event is delivered at least once and has
 * the same id each time: the receiver drops what it has.
 */
public final class Outbox {
  /** Events that may wait for one device: beyond, somebody's script writes to nobody. */
  public static final int MAX_WAITING = 100_000;

  /**
   * Below the highest event that a device holds, so many may be missing: a window that was under
   * way when its disk's image was taken, and one that it accepted after it went back to that image,
   * before a count of what had arrived told it so.
   */
  static final int MARGIN = 2 * Pump.WINDOW;

  /**
   * The same for events whose sequence was given out twice: they count for the first sequence that
   * was not, and lie before many of which no mark says which came with them.
   */
  static final int MARGIN_OF_TWICE = 16 * MARGIN;

  /** Who was not seen for so long is back when seen. */
  private static final long AWAY_MILLIS = 60_000;

  /** Not at once: whoever asks may be in the middle of sending. */
  private static final Duration SOON = Duration.ofMillis(1);

  /** Lanes are looked at so often in any case: no lost timer may silence one. */
  private static final Duration BEAT = Duration.ofMinutes(10);

  private final People people;
  private final Legs legs = new Legs();
  private final Lanes lanes = new Lanes();
  private final History history;
  private final Pump pump;
  private long beat;

  /** Over these sessions and that carrier; {@code history} is asked after a loss. */
  public Outbox(People people, Sessions sessions, Carrier carrier, History history) {
    this.people = people;
    this.history = history;
    this.pump = new Pump(people, sessions, carrier, legs, lanes);
  }

  /** The tables, whoever uses them. */
  public static Shelf tables() {
    return new OutboxShelf();
  }

  /** The tables. */
  public Shelf shelf() {
    return tables();
  }

  /**
   * Begins, or goes on after the store was unlocked: nothing is under way, everything that waits is
   * tried.
   */
  public void start(Turn t) {
    pump.restart();
    legs.land(t);
    lanes.restart(t);
    beat++;
    long mine = beat;
    t.later(BEAT, then -> beat(then, mine));
    lanes.busy(t).forEach(key -> pump.pump(t, key));
  }

  private void beat(Turn t, long mine) {
    if (mine == beat) {
      t.later(BEAT, then -> beat(then, mine));
      lanes.busy(t).forEach(key -> pump.pump(t, key));
    }
  }

  /** {@link #post(Turn, EventId, byte[], Collection, byte[])} of what is never replaced. */
  public void post(Turn t, EventId event, byte[] bytes, Collection<Device> to) {
    post(t, event, bytes, to, null);
  }

  /**
   * Posts an event to devices. Nobody is told of it if {@code to} is empty.
   *
   * @param bytes at most {@link Sessions#MAX_CONTENT}
   * @param replaces for what only matters at once, such as a reading mark: what still waits for the
   *     same device under the same bytes is dropped. Its deliveries are not kept
   * @throws Trouble TOO_MANY, if {@link #MAX_WAITING} wait for one of them
   */
  public void post(
      Turn t, EventId event, byte[] bytes, Collection<Device> to, byte @Nullable [] replaces) {
    if (bytes.length == 0 || bytes.length > Sessions.MAX_CONTENT) {
      throw new IllegalArgumentException("an event of " + bytes.length + " bytes");
    }
    byte[] tag = legs.tag(t, replaces);
    for (Device device : to) {
      Lanes.Key key = Lanes.Key.of(device);
      long[] places = legs.places(t, key);
      if (places[1] - places[0] >= MAX_WAITING) {
        throw new Trouble(Trouble.Reason.TOO_MANY);
      }
      Lanes.Lane lane = lanes.lane(t, key);
      Why why = lane.failures() > 0 ? lane.why() : Why.BEHIND_OTHERS;
      legs.journal(t, event, bytes);
      long id = legs.insert(t, event, device, places[1] + 1, tag, why);
      if (tag != null) {
        for (Leg old : legs.replaced(t, device, tag, id)) {
          legs.delete(t, old);
          legs.release(t, old.event());
        }
      }
      pump.pump(t, device);
      legs.leg(t, id)
          .filter(l -> l.shown().stage() == Stage.QUEUED && l.shown().why() == why)
          .ifPresent(l -> pump.tell(t, id));
    }
  }

  /** What became of an event, one for each device it goes to. */
  public List<Delivery> deliveries(Tx tx, EventId event) {
    return legs.of(tx, event).stream().map(Leg::shown).toList();
  }

  /** How it fares with the devices of a friend to which something was sent. */
  public List<Fared> fared(Tx tx, long friend) {
    return Lanes.fared(tx, friend);
  }

  /** How it fares with all of them, those first with which something happened last. */
  public List<Fared> fared(Tx tx) {
    return Lanes.fared(tx);
  }

  /**
   * Tries an event at once: where it waits, and where it failed since its friend or the device was
   * gone. What arrived or was taken back stays as it is.
   *
   * @param bytes as it was posted
   * @param to the devices that the friend has now
   */
  public void retry(Turn t, EventId event, byte[] bytes, Collection<Device> to) {
    boolean arrived =
        legs.of(t.tx(), event).stream().anyMatch(l -> l.shown().stage() == Stage.DELIVERED);
    for (Device device : to) {
      Lanes.Key key = Lanes.Key.of(device);
      Optional<Leg> known = legs.leg(t, event, device);
      if (known.isEmpty()) {
        if (!arrived) {
          post(t, event, bytes, List.of(device));
        }
        continue;
      }
      Leg leg = known.get();
      boolean failed = leg.shown().stage() == Stage.FAILED && leg.shown().why() != Why.CANCELLED;
      if (failed) {
        legs.journal(t, event, bytes);
        legs.anew(t, leg, legs.places(t, key)[1] + 1);
        pump.tell(t, leg.id());
      }
      if (failed || leg.waits()) {
        lanes.put(t, key, Lanes.Lane.NEW);
        hope(t, device, 0);
      }
    }
  }

  /**
   * Takes an event back, if no byte of it can have left yet.
   *
   * @return whether it was taken back
   */
  public boolean cancel(Turn t, EventId event) {
    List<Leg> all = legs.of(t.tx(), event);
    boolean still = all.stream().allMatch(l -> l.waits() && l.flight() == 0 && l.leftTries() == 0);
    if (all.isEmpty() || !still) {
      return false;
    }
    for (Leg leg : all) {
      legs.over(t, leg, Why.CANCELLED);
      pump.tell(t, leg.id());
    }
    legs.release(t, event);
    return true;
  }

  // What gives reason to hope.

  /**
   * A friend's node was seen: a link is up, a newer record is there, something authentic came. What
   * waits is tried at once if it was away, else a minute after the last failure: one that is there
   * and does not take messages, which may be because it has blocked us, is locked or is just
   * starting, is not asked at each sign of life, and not let wait for longer either.
   */
  public void seen(Turn t, NodeId node) {
    people.device(t, node).ifPresent(device -> seen(t, device));
  }

  private void seen(Turn t, Device device) {
    Lanes.Key key = Lanes.Key.of(device);
    Lanes.Lane lane = lanes.lane(t, key);
    if (lane.failures() == 0) {
      return;
    }
    long now = t.now();
    boolean back = Math.abs(now - lane.seenAt()) > AWAY_MILLIS;
    boolean rested = Math.abs(now - lane.failedAt()) > AWAY_MILLIS;
    int failures = back ? 1 : lane.failures();
    long soon = Math.min(lane.nextAt(), lane.failedAt() + AWAY_MILLIS);
    long at = back || rested ? 0 : soon;
    lanes.put(t, key, new Lanes.Lane(failures, at, lane.failedAt(), now, lane.why()));
    if (at != lane.nextAt()) {
      hope(t, device, at);
    }
  }

  /** Something that a session opened came from a device: its messenger is at work. */
  public void heard(Turn t, Device device) {
    Lanes.Key key = Lanes.Key.of(device);
    if (lanes.lane(t, key).failures() > 0) {
      lanes.put(t, key, Lanes.Lane.NEW);
      hope(t, device, 0);
    }
  }

  private void hope(Turn t, Device device, long at) {
    Lanes.Key key = Lanes.Key.of(device);
    lanes.awake(t, key);
    legs.awake(t, key, at);
    pump.pump(t, device);
  }

  // What sessions say; see org.wayfolk.messenger.session.Above.

  /** Sends a control until it is accepted, in place of one of its kind. */
  public void control(Turn t, Device to, Control kind, byte[] payload) {
    lanes.control(t, to, kind, payload);
    t.later(SOON, then -> pump.pump(then, Lanes.Key.of(to)));
  }

  /** Sends what waits of that kind no more. */
  public void withdraw(Turn t, Device to, Control kind) {
    lanes.withdraw(t, Lanes.Key.of(to), kind);
  }

  /**
   * There is a new session: what waits is sealed anew, and what the other side has lost is sent
   * again, each under its id.
   *
   * @param theirs what it holds; null if it has not said yet
   * @param renewed whether an earlier session was lost, by either side
   */
  public void ready(Turn t, Device device, @Nullable Held theirs, boolean renewed) {
    Lanes.Key key = Lanes.Key.of(device);
    legs.unseal(t, key);
    lanes.put(t, key, Lanes.Lane.NEW);
    lanes.awake(t, key);
    if (renewed) {
      lanes.renewed(t, key);
    }
    if (theirs != null && again(t, device, theirs)) {
      // We went back, and gave sequences out that it knows for other events: its word that it holds
      // them says nothing about ours. Those are what waits, and what arrived since we went back,
      // which was a session ago at the most: an older one cannot be sealed with.
      legs.countAs(t, key, theirs.ofYours() + 1, lanes.renewedBefore(t, key));
    }
    t.later(SOON, then -> pump.pump(then, key));
  }

  private boolean again(Turn t, Device device, Held theirs) {
    List<Leg> lost = new ArrayList<>();
    Set<EventId> handed = new HashSet<>();
    boolean back =
        history.above(
            t,
            device,
            theirs,
            MARGIN,
            legs.countedAbove(t, Lanes.Key.of(device), theirs.ofYours() - MARGIN_OF_TWICE),
            (event, bytes) -> {
              Optional<Leg> known = legs.leg(t, event, device);
              if (!handed.add(event)
                  || (known.isPresent() && (known.get().waits() || !known.get().again()))) {
                return;
              }
              legs.journal(t, event, bytes);
              Leg leg = known.orElseGet(() -> fresh(t, event, device));
              lost.add(leg);
            });
    // Before everything that waits, in their own order.
    long place = legs.places(t, Lanes.Key.of(device))[0] - lost.size();
    for (Leg leg : lost) {
      legs.again(t, leg, place);
      place++;
    }
    return back;
  }

  private Leg fresh(Turn t, EventId event, Device device) {
    long id = legs.insert(t, event, device, 0, null, Why.BEHIND_OTHERS);
    pump.tell(t, id);
    return legs.leg(t, id).orElseThrow();
  }

  /** A friend has other devices: what waits for those that are gone fails, the rest is tried. */
  public void devices(Turn t, DevicesUpdate.Updated update) {
    for (Device device : update.gone()) {
      gone(t, device);
    }
    for (Lanes.Key key : lanes.busy(t)) {
      if (key.friend() == update.friend().number()) {
        t.later(SOON, then -> pump.pump(then, key));
      }
    }
  }

  // Goodbyes.

  /** A device is nobody's any more. */
  public void gone(Turn t, Device device) {
    pump.gone(t, Lanes.Key.of(device), Why.GONE);
  }

  /** A friend was blocked: what waits for them fails. */
  public void gone(Turn t, long friend) {
    for (Lanes.Key key : lanes.busy(t)) {
      if (key.friend() == friend) {
        pump.gone(t, key, Why.GONE);
      }
    }
  }

  /** A friend was removed: every trace of what was sent to them goes. */
  public void forget(Turn t, long friend) {
    legs.forget(t, friend);
    lanes.forget(t, friend);
  }
}
