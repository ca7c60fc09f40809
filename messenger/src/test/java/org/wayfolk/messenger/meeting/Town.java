package org.wayfolk.messenger.meeting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.wayfolk.id.NodeId;
import org.wayfolk.sim.SimHost;
import org.wayfolk.sim.SimWorld;
import org.wayfolk.transport.Host;

/**
 * Homes in one virtual time, and a carrier between them that loses, repeats and reorders, and that
 * a test may have do worse.
 */
final class Town implements AutoCloseable {
  final SimWorld world;
  final SplittableRandom random;
  final Map<NodeId, Home> homes = new LinkedHashMap<>();

  /** Every parcel that a home handed over, lost ones too. */
  final List<Parcel> sent = new ArrayList<>();

  private final Path dir;
  private final long seed;
  private final SimHost post;
  private final Host.Loop loop;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long orders;

  /** Share of parcels lost, and of parcels that arrive twice. */
  double lost;

  double twice;

  /** What happens to each parcel on its way: none, one, others. */
  UnaryOperator<List<Parcel>> meddler = parcels -> parcels;

  /** A payload on its way. */
  record Parcel(NodeId from, NodeId to, byte[] payload) {
    Wire wire() {
      try {
        return Wire.decode(payload);
      } catch (org.wayfolk.wire.Malformed e) {
        throw new IllegalStateException(e);
      }
    }

    boolean is(Wire.Kind kind) {
      return payload[0] == Wire.TYPE && payload[1] == kind.number();
    }

    Parcel with(byte[] other) {
      return new Parcel(from, to, other);
    }

    Parcel from(NodeId other) {
      return new Parcel(other, to, payload);
    }
  }

  private record Due(long at, long order, Runnable what) {}

  Town(Path dir, long seed) {
    this.dir = dir;
    try {
      java.nio.file.Files.createDirectories(dir);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    this.seed = seed;
    world = new SimWorld(seed);
    random = new SplittableRandom(seed);
    post = new SimHost(world);
    loop = post.start("post", this::deliver);
  }

  /** A further home, with a person and a device of its own. */
  Home home(String name) {
    byte[] nodeSeed = new byte[32];
    Arrays.fill(nodeSeed, (byte) (homes.size() + 1));
    nodeSeed[0] = (byte) seed;
    Home home = new Home(this, name, nodeSeed, dir.resolve(name + ".db"));
    homes.put(home.node(), home);
    home.open();
    return home;
  }

  /** Takes a parcel over. */
  void carry(Parcel parcel) {
    sent.add(parcel);
    for (Parcel p : meddler.apply(List.of(parcel))) {
      if (random.nextDouble() >= lost) {
        later(Duration.ofMillis(20 + random.nextInt(200)), () -> arrive(p));
      }
      if (random.nextDouble() < twice) {
        later(Duration.ofMillis(20 + random.nextInt(3_000)), () -> arrive(p));
      }
    }
  }

  private void arrive(Parcel parcel) {
    Home home = homes.get(parcel.to);
    if (home != null) {
      home.arrive(parcel);
    }
  }

  /** Does something in a while, as an event of the world. */
  void later(Duration in, Runnable what) {
    due.add(new Due(post.clock().nanos() + in.toNanos(), orders++, what));
    loop.wake();
  }

  private long deliver() {
    while (true) {
      Due next = due.peek();
      if (next == null || next.at > post.clock().nanos()) {
        return next == null ? Long.MAX_VALUE : next.at;
      }
      due.remove();
      next.what.run();
    }
  }

  /** A node came back: who watches it is told. */
  void back(NodeId node) {
    homes.values().forEach(h -> h.sees(node));
  }

  /** Runs the world until that holds. */
  void until(Duration limit, BooleanSupplier done) {
    world.check(world.runUntil(done, limit), "it should have come so");
  }

  void run(Duration time) {
    world.run(time);
  }

  /** What a future came to, within a minute of virtual time. */
  <T> T await(CompletableFuture<T> future) {
    return await(future, Duration.ofMinutes(1));
  }

  <T> T await(CompletableFuture<T> future, Duration limit) {
    until(limit, future::isDone);
    return future.join();
  }

  List<Parcel> sent(Wire.Kind kind) {
    return sent.stream().filter(p -> p.is(kind)).toList();
  }

  @Override
  public void close() {
    homes.values().forEach(Home::close);
  }
}
