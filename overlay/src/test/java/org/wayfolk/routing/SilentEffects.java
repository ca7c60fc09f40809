package org.wayfolk.routing;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.protocol.Effects;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.time.Timers;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.TrafficClass;

/** Effects that count forwarded frames and allocate nothing doing so. */
final class SilentEffects implements Effects {
  long forwarded;
  private final RecordedEffects under;
  private final RandomGenerator random = new SplittableRandom(1);

  SilentEffects(RecordedEffects under) {
    this.under = under;
  }

  @Override
  public long now() {
    return under.now();
  }

  @Override
  public long wallMillis() {
    return under.wallMillis();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Packet packet(int capacity) {
    return under.packet(capacity);
  }

  @Override
  public boolean offer(Link link, Packet packet, TrafficClass kind) {
    return link.offer(packet, kind);
  }

  @Override
  public void close(Link link, CloseReason why) {
    under.close(link, why);
  }

  @Override
  public long dial(Address to, @Nullable NodeId expected) {
    return under.dial(to, expected);
  }

  @Override
  public Timers.Handle timer(long delayNanos, Input.Timer what) {
    return under.timer(delayNanos, what);
  }

  @Override
  public boolean work(Supplier<? extends Input.Worked> job) {
    return under.work(job);
  }

  @Override
  public void emit(Input.Event event) {
    under.emit(event);
  }

  @Override
  public void count(Tally what) {
    if (what == Tally.FORWARDED) {
      forwarded++;
    }
  }

  @Override
  public void count(Tally what, long n) {}
}
