package org.wayfolk.sim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The network between all hosts of a world: one general shape, exceptions for single wires, and
 * cuts. {@code world.network().delay(Duration.ofMillis(30)).loss(0.01)} shapes every wire.
 */
public final class NetworkShape {
  private final SimWorld world;
  private final WireShape general = new WireShape(null);
  private final Map<Long, WireShape> exceptions = new HashMap<>();
  private final Set<Long> cuts = new HashSet<>();
  private long idleNanos = Duration.ofSeconds(60).toNanos();

  NetworkShape(SimWorld world) {
    this.world = world;
  }

  /** The shape of every wire that has none of its own. */
  public WireShape everywhere() {
    return general;
  }

  /** See {@link WireShape#delay}. */
  public NetworkShape delay(Duration oneWay) {
    general.delay(oneWay);
    return this;
  }

  /** See {@link WireShape#jitter}. */
  public NetworkShape jitter(Duration most) {
    general.jitter(most);
    return this;
  }

  /** See {@link WireShape#bandwidth}. */
  public NetworkShape bandwidth(long bytesPerSecond) {
    general.bandwidth(bytesPerSecond);
    return this;
  }

  /** See {@link WireShape#loss}. */
  public NetworkShape loss(double chance) {
    general.loss(chance);
    return this;
  }

  /** See {@link WireShape#frameLoss(double)}. */
  public NetworkShape frameLoss(double chance) {
    general.frameLoss(chance);
    return this;
  }

  /** See {@link WireShape#frameLoss(double, int)}. */
  public NetworkShape frameLoss(double chance, int onlyType) {
    general.frameLoss(chance, onlyType);
    return this;
  }

  /**
   * How long a silent connection is kept; a link over a cut wire that nobody writes to ends after
   * this.
   */
  public NetworkShape idleTimeout(Duration limit) {
    idleNanos = limit.toNanos();
    return this;
  }

  /** The shape of the wire from one host to another, for changes of its own. One direction. */
  public WireShape oneWay(SimHost from, SimHost to) {
    return exceptions.computeIfAbsent(wire(from, to), k -> new WireShape(general));
  }

  /** Changes the wire between two hosts in both directions. */
  public NetworkShape between(SimHost a, SimHost b, java.util.function.Consumer<WireShape> change) {
    change.accept(oneWay(a, b));
    change.accept(oneWay(b, a));
    return this;
  }

  /** Nothing passes between the two sets any more, in either direction. */
  public NetworkShape partition(Collection<SimHost> some, Collection<SimHost> others) {
    cut(some, others);
    return cut(others, some);
  }

  /** Nothing passes from the first set to the second any more; the way back stays as it is. */
  public NetworkShape cut(Collection<SimHost> from, Collection<SimHost> to) {
    world.settle();
    for (SimHost f : from) {
      for (SimHost t : to) {
        if (f.index() != t.index()) {
          cuts.add(wire(f, t));
        }
      }
    }
    world.refresh();
    return this;
  }

  /** Mends every cut. Links that have not died of it go on. */
  public NetworkShape heal() {
    cuts.clear();
    world.refresh();
    return this;
  }

  WireShape shape(SimHost from, SimHost to) {
    return exceptions.isEmpty() ? general : exceptions.getOrDefault(wire(from, to), general);
  }

  boolean passes(SimHost from, SimHost to) {
    return cuts.isEmpty() || !cuts.contains(wire(from, to));
  }

  long idleNanos() {
    return idleNanos;
  }

  private static long wire(SimHost from, SimHost to) {
    return (long) from.index() << 32 | to.index();
  }
}
