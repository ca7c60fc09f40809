package org.wayfolk.messenger.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wayfolk.delivery.Outcome;
import org.wayfolk.messenger.people.Device;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.session.Control;
import org.wayfolk.messenger.session.Sessions;
import org.wayfolk.messenger.work.Turn;

/**
 * Sends what waits in a lane, as much as may be sent now, and takes the outcomes. A lane that fails
 * is probed with one message at a time; once one gets through, the rest follows.
 */
final class Pump {
  /**
   * Under way to one device at once: what a receiver takes of one sender without a verdict, and few
   * enough that what arrived out of order can be counted.
   */
  static final int WINDOW = 32;

  /** The first pause after a failure; each further one is twice as long. */
  static final long FIRST_PAUSE_MILLIS = 2_000;

  /** The longest: a friend who is away for a week costs a try in so long. */
  static final long LONGEST_PAUSE_MILLIS = 600_000;

  /** The longest while this node itself has no link: a try costs nobody anything. */
  private static final long ALONE_PAUSE_MILLIS = 30_000;

  /** A clock that was set back must not silence a lane for longer than any pause could. */
  private static final long PAUSE_CHECK_MILLIS = 2 * LONGEST_PAUSE_MILLIS;

  private final People people;
  private final Sessions sessions;
  private final Carrier carrier;
  private final Legs legs;
  private final Lanes lanes;

  /** Timers that will run, so that not each failure adds one. */
  private final Map<Lanes.Key, Long> timers = new HashMap<>();

  Pump(People people, Sessions sessions, Carrier carrier, Legs legs, Lanes lanes) {
    this.people = people;
    this.sessions = sessions;
    this.carrier = carrier;
    this.legs = legs;
    this.lanes = lanes;
  }

  /** A new life: no timer of the old one runs. */
  void restart() {
    timers.clear();
  }

  void pump(Turn t, Lanes.Key key) {
    Optional<Device> device = device(t, key);
    if (device.isEmpty()) {
      gone(t, key, Why.GONE);
      return;
    }
    pump(t, device.get());
  }

  private Optional<Device> device(Turn t, Lanes.Key key) {
    Optional<Friend> friend = people.friend(t, key.friend()).filter(f -> !f.blocked());
    return friend
        .flatMap(f -> f.devices().device(key.device()))
        .map(certificate -> new Device(key.friend(), certificate));
  }

  void pump(Turn t, Device device) {
    Lanes.Key key = Lanes.Key.of(device);
    if (device.certificate().at(t.now()) == DeviceCertificate.Validity.EXPIRED) {
      // It may be lost. Its owner's next list says; Outbox.devices goes on then.
      legs.next(t, key, Long.MAX_VALUE, WINDOW).forEach(l -> waitsFor(t, l, Why.NO_ANSWER));
      return;
    }
    Lanes.Lane lane = lanes.lane(t, key);
    if (rests(t, lane)) {
      wake(t, key, lane.nextAt());
      return;
    }
    boolean probing = lane.failures() > 0;
    int flying = lanes.flying(t, key);
    if (!probing || flying + legs.flying(t, key) == 0) {
      int sent = controls(t, device, key, probing);
      if (!probing || sent == 0) {
        messages(t, device, key, probing ? 1 : WINDOW);
      }
    }
    wake(t, key, Math.min(lanes.earliest(t, key), legs.earliest(t, key)));
  }

  private static boolean rests(Turn t, Lanes.Lane lane) {
    long left = lane.nextAt() - t.now();
    return lane.failures() > 0 && left > 0 && left < PAUSE_CHECK_MILLIS;
  }

  private int controls(Turn t, Device device, Lanes.Key key, boolean probing) {
    int sent = 0;
    for (Lanes.Waiting control : lanes.controls(t, key)) {
      if (probing && sent > 0) {
        break;
      }
      byte[] payload = lanes.payload(t, control.id());
      long flight = flight(t);
      lanes.sent(t, control.id(), flight);
      long id = control.id();
      t.after(() ->
          carrier.carry(
              device.node(), payload, (then, o) -> controlled(then, device, id, flight, o)));
      sent++;
    }
    return sent;
  }

  private void messages(Turn t, Device device, Lanes.Key key, int window) {
    int free = window - legs.flying(t, key);
    if (free <= 0) {
      return;
    }
    List<Leg> next = legs.next(t, key, t.now(), free);
    if (next.isEmpty()) {
      return;
    }
    if (!sessions.usable(t, device)) {
      sessions.want(t, device);
      next.forEach(leg -> waitsFor(t, leg, Why.NEW_SESSION));
      return;
    }
    for (Leg leg : next) {
      if (!send(t, device, leg)) {
        waitsFor(t, leg, Why.NEW_SESSION);
        return;
      }
    }
  }

  private boolean send(Turn t, Device device, Leg leg) {
    byte[] payload = legs.payload(t, leg.id());
    if (payload == null) {
      Optional<byte[]> sealed = sessions.seal(t, device, legs.bytes(t, leg.event()));
      if (sealed.isEmpty()) {
        return false;
      }
      payload = sealed.get();
      legs.payload(t, leg.id(), payload);
    }
    long flight = flight(t);
    legs.sent(t, leg, flight);
    tell(t, leg.id());
    long id = leg.id();
    byte[] bytes = payload;
    t.after(() ->
        carrier.carry(device.node(), bytes, (then, o) -> arrived(then, device, id, flight, o)));
    return true;
  }

  private void waitsFor(Turn t, Leg leg, Why why) {
    if (leg.shown().why() != why && !leg.again()) {
      legs.why(t, leg, why);
      tell(t, leg.id());
    }
  }

  /** Never the same for two tries, so that the word about one is not taken for the other's. */
  private static long flight(Turn t) {
    return t.random().nextLong(1, Long.MAX_VALUE);
  }

  // What became of it.

  private void controlled(Turn t, Device device, long id, long flight, Outcome outcome) {
    Optional<Lanes.Waiting> found = lanes.flown(t, id, flight);
    if (found.isEmpty()) {
      return;
    }
    Lanes.Waiting control = found.get();
    Lanes.Key key = Lanes.Key.of(device);
    if (outcome instanceof Outcome.Delivered) {
      if (control.kind() == Control.ASK) {
        // The answer is on its way, unless the other side lost it: asked again until there is one.
        lanes.rest(t, id, t.now() + LONGEST_PAUSE_MILLIS);
      } else {
        lanes.withdraw(t, key, control.kind());
        sessions.delivered(t, device, control.kind());
      }
      through(t, key);
    } else {
      Why why = why(outcome);
      lanes.rest(t, id, why == Why.REFUSED ? t.now() + pause(t, control.tries()) : 0);
      failed(t, key, why);
    }
    pump(t, device);
  }

  private void arrived(Turn t, Device device, long id, long flight, Outcome outcome) {
    Optional<Leg> found = legs.leg(t, id).filter(l -> l.waits() && l.flight() == flight);
    if (found.isEmpty()) {
      return;
    }
    Leg leg = found.get();
    Lanes.Key key = Lanes.Key.of(device);
    if (outcome instanceof Outcome.Delivered d) {
      delivered(t, key, leg, d);
      sessions.delivered(t, device);
      through(t, key);
    } else {
      Why why = why(outcome);
      boolean refused = why == Why.REFUSED;
      boolean left = !(outcome instanceof Outcome.Undelivered u) || u.tries() > 0;
      if (leg.ephemeral() && legs.isReplaced(t, leg)) {
        legs.delete(t, leg);
        legs.release(t, leg.event());
      } else {
        long at = refused ? t.now() + pause(t, leg.refused() + 1) : 0;
        legs.failed(t, leg, why, left, refused, at);
        tell(t, leg.id());
      }
      failed(t, key, why);
    }
    pump(t, device);
  }

  private void delivered(Turn t, Lanes.Key key, Leg leg, Outcome.Delivered d) {
    if (leg.ephemeral()) {
      legs.delete(t, leg);
    } else {
      legs.delivered(t, leg, d.hops(), d.roundTrip().toMillis());
      lanes.arrived(t, key, d.hops(), d.roundTrip().toMillis());
      if (!leg.again()) {
        tell(t, leg.id());
      }
    }
    legs.release(t, leg.event());
  }

  private static Why why(Outcome outcome) {
    if (!(outcome instanceof Outcome.Undelivered undelivered)) {
      return Why.NO_ANSWER;
    }
    return switch (undelivered.why()) {
      case NO_ROUTE -> Why.NO_ROUTE;
      case NO_ANSWER, CLOSED, BACKPRESSURE -> Why.NO_ANSWER;
      case LOCKED -> Why.LOCKED;
      case REFUSED, TOO_LARGE, TOO_LITTLE_WORK, UNSUPPORTED -> Why.REFUSED;
    };
  }

  /** Something got through. */
  private void through(Turn t, Lanes.Key key) {
    if (lanes.lane(t, key).failures() > 0) {
      lanes.put(t, key, Lanes.Lane.NEW);
    }
  }

  /** A try failed; those that were under way with it count as one. */
  private void failed(Turn t, Lanes.Key key, Why why) {
    Lanes.Lane lane = lanes.lane(t, key);
    if (lane.failures() > 0 && rests(t, lane)) {
      return;
    }
    int failures = lane.failures() + 1;
    long pause = pause(t, failures);
    long at = t.now() + (why == Why.NO_ROUTE ? Math.min(pause, ALONE_PAUSE_MILLIS) : pause);
    lanes.put(t, key, new Lanes.Lane(failures, at, t.now(), lane.seenAt(), why));
  }

  /** 2, 4, 8 .. s up to 10 min, +-20 %. */
  private static long pause(Turn t, int failures) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 16);
    long pause = Math.min(FIRST_PAUSE_MILLIS << doublings, LONGEST_PAUSE_MILLIS);
    return pause * t.random().nextLong(800, 1_201) / 1_000;
  }

  /** The device, or its owner, is no friend's any more. */
  void gone(Turn t, Lanes.Key key, Why why) {
    for (Leg leg : legs.waiting(t, key)) {
      legs.over(t, leg, why);
      legs.release(t, leg.event());
      tell(t, leg.id());
    }
    lanes.gone(t, key);
  }

  void tell(Turn t, long id) {
    legs.leg(t, id).filter(l -> !l.ephemeral()).ifPresent(l -> t.tell(l.progress()));
  }

  // Timers.

  private void wake(Turn t, Lanes.Key key, long at) {
    if (at == Long.MAX_VALUE) {
      return;
    }
    Long set = timers.get(key);
    if (set != null && set <= at && set > t.now()) {
      return;
    }
    t.after(() -> timers.put(key, at));
    t.later(
        Duration.ofMillis(Math.max(1, at - t.now())),
        then -> {
          timers.remove(key, at);
          pump(then, key);
        });
  }
}
