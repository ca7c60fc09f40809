package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Opening.Broken;
import org.wayfolk.messenger.ratchet.Opening.NotForThis;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.messenger.ratchet.Opening.TooFar;
import org.wayfolk.messenger.ratchet.Opening.Used;
import org.wayfolk.wire.Malformed;

/**
 * Every world of two devices that each seal a few messages: at each moment either may seal, any
 * message ever sent may arrive at its receiver (so loss, delay, any order and any number of
 * duplicates are all there), each device restarts after every act, and, where allowed, each may
 * keep a copy of itself once and later go back to it once.
 *
 * <p>Worlds that look the same are walked on from once. Randomness is a function of who seals, of
 * its state, and of how often it has sealed, rolled back or not: it does not go back with the
 * state.
 */
final class SmallWorlds {

  private static final long START = 1_800_000_000_000L;
  private static final long DAY = 24L * 60 * 60 * 1000;

  /**
   * What is explored.
   *
   * @param seals messages that each side may seal
   * @param refreshing whether two days pass with each message, so that a refresh is always due
   * @param rollback whether each side may go back once
   * @param randomGoesBack the canary: randomness that is rolled back too
   */
  record Plan(int seals, boolean refreshing, boolean rollback, boolean randomGoesBack) {}

  /** What was met. */
  static final class Met {
    int worlds;
    int opened;
    int again;
    int refused;
    int mixed;
    int reuses;
  }

  /** A copy that a device kept: the bytes on its disk. */
  private record Copy(byte[] state, Set<Integer> opened, int seals) {}

  /** One device: stored state, what it has opened (numbers of the other's texts), seals so far. */
  private record Side(
      byte[] state, Set<Integer> opened, int seals, int draws, @Nullable Copy copy, boolean back) {

    Side moved(RatchetState next, Set<Integer> now, int sealed) {
      return new Side(next.encode(), now, seals + sealed, draws + sealed, copy, back);
    }
  }

  /** A text on its way, or long there; networks forget nothing here. */
  private record Flight(int from, int text, byte[] payload, byte[] hash) {}

  private record World(List<Side> sides, List<Flight> flights, boolean honest) {

    ByteBuffer name(Crypto crypto) {
      byte[][] parts =
          Stream.concat(
                  sides.stream().flatMap(SmallWorlds::parts),
                  flights.stream().map(Flight::hash).sorted(Arrays::compare))
              .toArray(byte[][]::new);
      byte[][] hashes =
          Arrays.stream(parts).map(part -> crypto.sha256(part)).toArray(byte[][]::new);
      return ByteBuffer.wrap(crypto.sha256(hashes));
    }
  }

  private static Stream<byte[]> parts(Side side) {
    Copy copy = side.copy;
    String rest = side.opened.stream().sorted().toList() + " " + side.seals + " " + side.draws;
    String kept = copy == null ? "" : copy.opened.stream().sorted().toList() + " " + copy.seals;
    return Stream.of(
        side.state,
        (rest + side.back + kept).getBytes(StandardCharsets.UTF_8),
        copy == null ? new byte[0] : copy.state);
  }

  private final RecordingCrypto crypto = new RecordingCrypto(Crypto.best(), false);
  private final Ratchet ratchet = new Ratchet(crypto);
  private final Plan plan;
  private final Met met = new Met();
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final Deque<World> open = new ArrayDeque<>();

  // The same state meets the same payload in many worlds: opened once, remembered.
  private final Map<ByteBuffer, Opening> openings = new HashMap<>();

  private SmallWorlds(Plan plan) {
    this.plan = plan;
  }

  static Met explore(Plan plan) throws Malformed {
    SmallWorlds all = new SmallWorlds(plan);
    all.walk();
    all.met.reuses = all.crypto.reuses();
    return all.met;
  }

  private void walk() throws Malformed {
    Random random = new Random(4);
    Device alice = Device.named(crypto, "alice", random, START);
    Device bob = Device.named(crypto, "bob", random, START);
    Handshake.Initiated begun =
        alice.with(bob).initiate(bob.bundle(), Device.NO_PSK, random, START);
    RatchetState accepted = bob.accept(alice, begun.initial(), Device.NO_PSK, START);
    meet(new World(List.of(fresh(begun.state()), fresh(accepted)), List.of(), true));
    while (!open.isEmpty() && !(plan.randomGoesBack && crypto.reuses() > 0)) {
      World world = open.pop();
      for (int who = 0; who < 2; who++) {
        seal(world, who);
        if (plan.rollback) {
          keepCopy(world, who);
          goBack(world, who);
        }
      }
      for (Flight flight : world.flights) {
        deliver(world, flight);
      }
    }
  }

  private static Side fresh(RatchetState state) {
    return new Side(state.encode(), Set.of(), 0, 0, null, false);
  }

  private void meet(World world) {
    if (seen.add(world.name(crypto))) {
      met.worlds++;
      open.push(world);
    }
  }

  private static List<Side> with(World world, int who, Side side) {
    return IntStream.range(0, 2).mapToObj(i -> i == who ? side : world.sides.get(i)).toList();
  }

  private long now(Side side) {
    return plan.refreshing ? START + 2 * DAY * side.seals : START;
  }

  private void seal(World world, int who) throws Malformed {
    Side side = world.sides.get(who);
    RatchetState state = restarted(side.state);
    if (side.seals == plan.seals || !state.maySeal()) {
      return;
    }
    // The other side's text numbers: unique in this world, rolled back or not.
    int text = who * 100 + side.draws;
    byte[] body = ("text " + text).getBytes(StandardCharsets.UTF_8);
    int draw = plan.randomGoesBack ? side.seals : side.draws;
    Random random = new Random(Arrays.hashCode(side.state) * 31L + who * 1000L + draw);
    Sealed sealed = ratchet.seal(state, body, Device.NO_AD, 0, random, now(side));
    List<Flight> flights =
        Stream.concat(
                world.flights.stream(),
                Stream.of(new Flight(who, text, sealed.payload(), crypto.sha256(sealed.payload()))))
            .toList();
    Side next = side.moved(sealed.next(), side.opened, 1);
    meet(new World(with(world, who, next), flights, world.honest));
  }

  private void keepCopy(World world, int who) {
    Side side = world.sides.get(who);
    if (side.copy == null) {
      Copy copy = new Copy(side.state, side.opened, side.seals);
      Side next = new Side(side.state, side.opened, side.seals, side.draws, copy, false);
      meet(new World(with(world, who, next), world.flights, world.honest));
    }
  }

  private void goBack(World world, int who) {
    Side side = world.sides.get(who);
    Copy copy = side.copy;
    if (copy != null && !side.back) {
      Side next = new Side(copy.state, copy.opened, copy.seals, side.draws, copy, true);
      // To forget what was opened is as if it had not come yet; only forgotten seals do harm.
      boolean harmless = copy.seals == side.seals;
      meet(new World(with(world, who, next), world.flights, world.honest && harmless));
    }
  }

  private void deliver(World world, Flight flight) throws Malformed {
    int who = 1 - flight.from;
    Side side = world.sides.get(who);
    RatchetState state = restarted(side.state);
    boolean before = side.opened.contains(flight.text);
    switch (opening(side, state, flight)) {
      case Opened opened -> {
        assertThat(opened.plaintext()).asString().isEqualTo("text " + flight.text);
        assertThat(before).as("opened twice").isFalse();
        met.opened++;
        if (opened.next().refresh.ciphertext() == null
            && opened.next().refresh.mixedAt() != state.refresh.mixedAt()) {
          met.mixed++;
        }
        Set<Integer> now = new HashSet<>(side.opened);
        now.add(flight.text);
        meet(
            new World(
                with(world, who, side.moved(opened.next(), Set.copyOf(now), 0)),
                world.flights,
                world.honest));
      }
      case Used used -> again(world, before, used);
      case NotForThis none -> again(world, before, none);
      case Broken broken -> parted(world, broken);
      case TooFar far -> parted(world, far);
    }
  }

  private Opening opening(Side side, RatchetState state, Flight flight) {
    byte[] now = (side.seals + "").getBytes(StandardCharsets.UTF_8);
    byte[] name = crypto.sha256(side.state, flight.hash, now);
    return openings.computeIfAbsent(
        ByteBuffer.wrap(name),
        none -> ratchet.open(state, flight.payload, Device.NO_AD, now(side)));
  }

  private void again(World world, boolean before, Opening why) {
    if (world.honest) {
      assertThat(before).as("refused though new: %s", why).isTrue();
    }
    met.again++;
  }

  private void parted(World world, Opening why) {
    assertThat(world.honest).as("parted without a rollback: %s", why).isFalse();
    met.refused++;
  }

  private RatchetState restarted(byte[] stored) throws Malformed {
    RatchetState state = RatchetState.decode(stored);
    assertThat(state.encode()).isEqualTo(stored);
    return state;
  }
}
