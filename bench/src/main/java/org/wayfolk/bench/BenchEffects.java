package org.wayfolk.bench;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;

/** The least that a protocol needs around it. Timers are set and never come; work is refused. */
final class BenchEffects implements Effects {
  private final PacketPool pool;
  private final long wall;
  private final RandomGenerator random = new SplittableRandom(3);
  private final Timers<Input.Timer> timers = new Timers<>();
  private long now;
  long counted;

  BenchEffects(PacketPool pool, long wall) {
    this.pool = pool;
    this.wall = wall;
  }

  /** Lets a microsecond pass. */
  void tick() {
    now += 1_000;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long wallMillis() {
    return wall;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Packet packet(int capacity) {
    return pool.take(capacity);
  }

  @Override
  public boolean offer(Link link, Packet packet, TrafficClass kind) {
    return link.offer(packet, kind);
  }

  @Override
  public void close(Link link, CloseReason why) {}

  @Override
  public long dial(Address to, @Nullable NodeId expected) {
    return 1;
  }

  @Override
  public Timers.Handle timer(long delayNanos, Input.Timer what) {
    return timers.at(now + delayNanos, what);
  }

  @Override
  public boolean work(Supplier<? extends Input.Worked> job) {
    return false;
  }

  @Override
  public void emit(Input.Event event) {}

  @Override
  public void count(Tally what) {
    counted++;
  }

  @Override
  public void count(Tally what, long n) {
    counted += n;
  }
}
