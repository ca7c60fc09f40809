package org.wayfolk.sim;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CounterName;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.DialFailure;
import org.wayfolk.wire.Malformed;

/**
 * One handshake: hello there, answer back (the dialler's end opens), the dialler's certificate
 * there (the other end opens). What is lost is repeated by the dialler after 1 s, 2 s, and so on
 * until the dial's time is over.
 */
final class Dial extends Event {
  private static final long FIRST_REPEAT = 1_000_000_000L;

  private enum Step {
    HELLO,
    HELLO_ARRIVES,
    ANSWER_ARRIVES,
    CERTIFICATE,
    CERTIFICATE_ARRIVES
  }

  private final SimTransport from;
  private final SimWorld world;
  private final long serial;
  private final long token;
  private final Address to;
  private final @Nullable NodeId expected;
  private final SplittableRandom dice;
  private Step step = Step.HELLO;
  private long deadline;
  private long helloAt;
  private long repeatAt;
  private long repeat = FIRST_REPEAT;
  private @Nullable DialFailure failure;
  private @Nullable SimTransport place;
  private @Nullable SimLink acceptor;
  private boolean certificateGood;

  Dial(SimTransport from, long serial, long token, Address to, @Nullable NodeId expected) {
    this.from = from;
    this.world = from.world();
    this.serial = serial;
    this.token = token;
    this.to = to;
    this.expected = expected;
    this.dice = Seeds.generator(world.seed(), "dial", from.host().index(), serial);
  }

  long serial() {
    return serial;
  }

  long token() {
    return token;
  }

  Address to() {
    return to;
  }

  void begin(@Nullable DialFailure already) {
    failure = already;
    deadline = world.nanos() + SimTransport.DIAL_TIMEOUT.toNanos();
    world.schedule(this, world.nanos());
  }

  /** The dialler's transport closes. */
  void abandon() {
    world.cancel(this);
    leavePlace();
  }

  @Override
  void happen() {
    if (from.closed() && acceptor == null) {
      return;
    }
    switch (step) {
      case HELLO -> hello();
      case HELLO_ARRIVES -> helloArrives();
      case ANSWER_ARRIVES -> answerArrives();
      case CERTIFICATE -> certificate();
      case CERTIFICATE_ARRIVES -> certificateArrives();
    }
  }

  private void hello() {
    if (failure != null) {
      fail(failure);
      return;
    }
    if (world.nanos() >= deadline) {
      fail(DialFailure.UNREACHABLE);
      return;
    }
    helloAt = world.nanos();
    repeatAt = helloAt + repeat;
    repeat *= 2;
    SimTransport there = world.at(to);
    if (there != null && crosses(from.host(), there.host())) {
      go(Step.HELLO_ARRIVES, travel(from.host(), there.host()));
    } else {
      again();
    }
  }

  private void helloArrives() {
    SimTransport there = world.at(to);
    if (there == null || !there.answers() || (place != null && place.closed())) {
      leavePlace();
      again();
      return;
    }
    if (place == null) {
      if (there.takePlace(from.address()) == null) {
        place = there;
      } else {
        failure = DialFailure.REFUSED;
      }
    }
    if (crosses(there.host(), from.host())) {
      go(Step.ANSWER_ARRIVES, travel(there.host(), from.host()));
    } else {
      failure = null;
      again();
    }
  }

  private void answerArrives() {
    if (failure != null) {
      fail(failure);
      return;
    }
    SimTransport there = place;
    if (there == null || there.closed() || !from.host().reads()) {
      leavePlace();
      again();
      return;
    }
    Credentials.Leaf peer;
    try {
      peer = from.credentials().check(there.credentials().leaf());
    } catch (Malformed e) {
      from.count(CounterName.REFUSED_CERTIFICATE);
      fail(DialFailure.INCOMPATIBLE);
      return;
    }
    if (expected != null && !expected.equals(peer.id())) {
      fail(DialFailure.WRONG_KEY);
      return;
    }
    SimLink mine = new SimLink(from, peer, from.credentials().leafSpkiHash(), token, to);
    SimLink theirs =
        new SimLink(there, check(there), there.credentials().leafSpkiHash(), 0, from.address());
    SimLink.join(mine, theirs, dice.split());
    place = null;
    acceptor = theirs;
    there.accepted(theirs);
    from.dialled(this, mine);
    step = Step.CERTIFICATE;
    certificate();
    mine.open(world.nanos() - helloAt, 0);
  }

  /**
   * What the dialler's certificate proves to the other side; it acts on it only when it has
   * arrived.
   */
  private Credentials.Leaf check(SimTransport there) {
    try {
      Credentials.Leaf leaf = there.credentials().check(from.credentials().leaf());
      certificateGood = true;
      return leaf;
    } catch (Malformed e) {
      return new Credentials.Leaf(new NodeId(0, 0, 0, 0), new byte[32], new byte[32]);
    }
  }

  private void certificate() {
    SimLink theirs = acceptor;
    if (theirs == null || theirs.closed()) {
      return;
    }
    if (world.nanos() >= deadline) {
      theirs.vanish();
      return;
    }
    repeatAt = world.nanos() + repeat;
    repeat *= 2;
    if (crosses(from.host(), theirs.host())) {
      go(Step.CERTIFICATE_ARRIVES, travel(from.host(), theirs.host()));
    } else {
      again(Step.CERTIFICATE);
    }
  }

  private void certificateArrives() {
    SimLink theirs = acceptor;
    if (theirs == null || theirs.closed()) {
      return;
    }
    if (!theirs.host().reads()) {
      again(Step.CERTIFICATE);
    } else if (certificateGood) {
      theirs.open(world.nanos() - helloAt, theirs.transport().limits().firstFrameNanos());
    } else {
      theirs.transport().count(CounterName.REFUSED_CERTIFICATE);
      theirs.refuse();
    }
  }

  private void fail(DialFailure why) {
    leavePlace();
    from.failed(this, why);
  }

  private void leavePlace() {
    if (place != null) {
      place.leavePlace(from.address());
      place = null;
    }
  }

  private void again() {
    again(Step.HELLO);
  }

  private void again(Step next) {
    step = next;
    world.schedule(this, Math.min(repeatAt, deadline));
  }

  private void go(Step next, long after) {
    step = next;
    world.schedule(this, world.nanos() + after);
  }

  private boolean crosses(SimHost a, SimHost b) {
    double loss = world.network().shape(a, b).loss();
    return a.speaks() && world.network().passes(a, b) && !(loss > 0 && dice.nextDouble() < loss);
  }

  private long travel(SimHost a, SimHost b) {
    WireShape s = world.network().shape(a, b);
    long jitter = s.jitterNanos();
    return s.delayNanos() + (jitter > 0 ? dice.nextLong(jitter) : 0);
  }
}
