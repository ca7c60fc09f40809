package org.wayfolk.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wayfolk.transport.OutboxLimits;
import org.wayfolk.transport.Packet;
import org.wayfolk.transport.PacketPool;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;

/** The small parts, each against a simple model of it. */
@SuppressWarnings("EnumOrdinal") // the model is indexed as the outbox is
final class PartsTest {
  private static final Path SOMEONE = new Path(0, Path.mapped(0x7f000001), 4242);

  private final NativeMemory memory = new NativeMemory();

  @AfterEach
  void free() {
    memory.close();
  }

  // Timers.

  private static final class Alarm extends TimerWheel.Entry {
    private long due;
    private boolean set;
  }

  @Test
  void everyDeadlineFiresOnceNotEarlyAndHardlyLate() {
    Random random = new Random(7);
    long now = random.nextLong();
    TimerWheel<Alarm> wheel = new TimerWheel<>(Alarm.class, now);
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      alarms.add(new Alarm());
    }
    long[] fired = {0};
    for (int step = 0; step < 20_000; step++) {
      Alarm a = alarms.get(random.nextInt(alarms.size()));
      switch (random.nextInt(4)) {
        case 0 -> {
          wheel.cancel(a);
          a.set = false;
        }
        default -> {
          // From now to ten minutes, mostly near.
          a.due = now + (long) (Math.pow(random.nextDouble(), 8) * 600e9);
          a.set = true;
          wheel.set(a, a.due);
        }
      }
      now += (long) (Math.pow(random.nextDouble(), 6) * 5e9);
      long at = now;
      wheel.advance(
          now,
          e -> {
            assertThat(e.set).isTrue();
            assertThat(e.due - at).isLessThanOrEqualTo(0);
            e.set = false;
            fired[0]++;
          });
      for (Alarm other : alarms) {
        assertThat(other.set && now - other.due > 600_000).as("late").isFalse();
      }
      long next = wheel.next();
      assertThat(next == Long.MAX_VALUE ? 0 : next - now).isGreaterThan(-600_000L);
    }
    assertThat(fired[0]).isGreaterThan(1_000);
    assertThat(wheel.size()).isEqualTo((int) alarms.stream().filter(a -> a.set).count());
  }

  @Test
  void whatExpiresMaySetAndCancelOthersOfTheSameInstant() {
    TimerWheel<Alarm> wheel = new TimerWheel<>(Alarm.class, 0);
    List<Alarm> alarms = List.of(new Alarm(), new Alarm(), new Alarm(), new Alarm());
    alarms.forEach(a -> wheel.set(a, 1_000_000));
    List<Alarm> fired = new ArrayList<>();
    wheel.advance(
        2_000_000,
        a -> {
          fired.add(a);
          alarms.forEach(wheel::cancel);
          wheel.set(a, 3_000_000);
        });
    assertThat(fired).hasSize(1);
    assertThat(wheel.size()).isEqualTo(1);
    wheel.advance(4_000_000, fired::add);
    assertThat(fired).hasSize(2);
  }

  @Test
  void anEmptyWheelNeverFiresAndALongSleepCostsNothing() {
    TimerWheel<Alarm> wheel = new TimerWheel<>(Alarm.class, 0);
    assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
    Alarm a = new Alarm();
    wheel.set(a, 250_000_000_000L);
    assertThat(wheel.next()).isBetween(1L, 250_000_000_000L);
    List<Alarm> fired = new ArrayList<>();
    wheel.advance(249_000_000_000L, fired::add);
    assertThat(fired).isEmpty();
    wheel.advance(251_000_000_000L, fired::add);
    assertThat(fired).containsExactly(a);
  }

  // Outboxes.

  @Test
  void anOutboxGivesBackWhatItTookClassByClassInWholeRecords() {
    ChunkPool chunks = new ChunkPool(memory, 64 << 20);
    Outbox outbox = new Outbox(chunks);
    Random random = new Random(3);
    List<ArrayDeque<byte[]>> model =
        List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    Records records = new Records(new PacketPool());
    long copy = memory.take(ChunkPool.CHUNK);
    int[] counted = {0, 0};
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(3) > 0) {
        TrafficClass kind = TrafficClass.values()[random.nextInt(3)];
        byte[] frame = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 65_536 : 300)];
        random.nextBytes(frame);
        frame[0] = (byte) kind.ordinal();
        if (outbox.offer(frame, 0, frame.length, kind)) {
          model.get(kind.ordinal()).add(frame);
        }
      } else {
        int n = outbox.peek();
        int taken = n == 0 ? 0 : 1 + random.nextInt(n);
        for (int i = 0; i < taken; i++) {
          NativeMemory.u8(copy + i, NativeMemory.u8(outbox.at() + i));
        }
        counted[0] += taken == 0 ? 0 : outbox.sent(taken);
        boolean wellFormed =
            records.take(
                copy,
                taken,
                packet -> {
                  byte[] frame = Arrays.copyOf(packet.array(), packet.length());
                  assertThat(frame).isEqualTo(model.get(frame[0]).poll());
                  packet.release();
                  counted[1]++;
                  return true;
                });
        assertThat(wellFormed).isTrue();
      }
    }
    assertThat(counted[0]).isEqualTo(counted[1]).isGreaterThan(1_000);
    outbox.close();
    assertThat(chunks.used()).isZero();
  }

  @Test
  void aClassThatIsFullRefusesAndTheOthersDoNot() {
    Outbox outbox = new Outbox(new ChunkPool(memory, 64 << 20));
    byte[] frame = new byte[1000];
    for (TrafficClass kind : TrafficClass.values()) {
      int taken = 0;
      while (outbox.offer(frame, 0, frame.length, kind)) {
        taken++;
      }
      assertThat(taken).isEqualTo(OutboxLimits.of(kind) / (frame.length + 2));
      assertThat(outbox.queued(kind)).isLessThanOrEqualTo(OutboxLimits.of(kind));
    }
    outbox.close();
    assertThat(outbox.offer(frame, 0, 1, TrafficClass.CONTROL)).isFalse();
  }

  @Test
  void allOutboxesTogetherHaveALimit() {
    ChunkPool chunks = new ChunkPool(memory, 4L * ChunkPool.CHUNK);
    Outbox one = new Outbox(chunks);
    Outbox two = new Outbox(chunks);
    byte[] frame = new byte[ChunkPool.CHUNK - 3];
    assertThat(one.offer(frame, 0, frame.length, TrafficClass.TRANSIT)).isTrue();
    assertThat(one.offer(frame, 0, frame.length, TrafficClass.TRANSIT)).isTrue();
    assertThat(two.offer(frame, 0, frame.length, TrafficClass.TRANSIT)).isTrue();
    assertThat(two.offer(new byte[60_000], 0, 60_000, TrafficClass.TRANSIT)).isFalse();
    assertThat(chunks.used()).isEqualTo(3);
    assertThat(two.offer(frame, 0, frame.length, TrafficClass.CONTROL)).isTrue();
    assertThat(one.offer(frame, 0, 1, TrafficClass.CONTROL)).isFalse();
    two.close();
    assertThat(one.offer(frame, 0, 1, TrafficClass.CONTROL)).isTrue();
    one.close();
    assertThat(chunks.used()).isZero();
  }

  // Records.

  @Test
  void anUnfinishedRecordGivesItsPacketBack() {
    PacketPool pool = new PacketPool();
    Records records = new Records(pool);
    long at = memory.take(16);
    NativeMemory.u8(at, 10);
    assertThat(records.take(at, 3, PartsTest::keep)).isTrue();
    assertThat(pool.outstanding()).isEqualTo(1);
    records.close();
    assertThat(pool.outstanding()).isZero();
  }

  private static boolean keep(Packet packet) {
    return true;
  }

  // Ids.

  @Test
  void theTableAnswersAsAMapDoes() {
    Random random = new Random(9);
    LongTable<Integer> table = new LongTable<>(random.nextLong());
    java.util.Map<Long, Integer> model = new java.util.HashMap<>();
    Integer[] values = new Integer[50];
    Arrays.setAll(values, i -> i);
    for (int i = 0; i < 200_000; i++) {
      long key = random.nextInt(3_000);
      Integer value = values[random.nextInt(values.length)];
      if (random.nextBoolean()) {
        assertThat(table.put(key, value)).isEqualTo(model.putIfAbsent(key, value) == null);
      } else {
        table.remove(key, value);
        model.remove(key, value);
      }
      long probe = random.nextInt(3_000);
      assertThat(table.get(probe)).isEqualTo(model.get(probe));
      assertThat(table.size()).isEqualTo(model.size());
    }
  }

  // Retry.

  @Test
  void aTokenFitsItsClientItsIdsAndItsTimeOnly() {
    RetryTokens tokens = new RetryTokens(new Random(1));
    byte[] original = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    byte[] token = tokens.make(SOMEONE, original, 77, 1_000);
    assertThat(tokens.check(SOMEONE, token, 77, 1_000)).isEqualTo(original);
    assertThat(tokens.check(SOMEONE, token, 77, 1_000 + RetryTokens.LIFE_NANOS))
        .isEqualTo(original);
    assertThat(tokens.check(SOMEONE, token, 77, 1_001 + RetryTokens.LIFE_NANOS)).isEmpty();
    assertThat(tokens.check(SOMEONE, token, 78, 1_000)).isEmpty();
    assertThat(tokens.check(new Path(0, SOMEONE.lo(), 4243), token, 77, 1_000)).isEmpty();
    assertThat(tokens.check(new Path(0, SOMEONE.lo() + 1, 4242), token, 77, 1_000)).isEmpty();
    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      assertThat(tokens.check(SOMEONE, changed, 77, 1_000)).as("byte " + i).isEmpty();
      assertThat(tokens.check(SOMEONE, Arrays.copyOf(token, i), 77, 1_000)).isEmpty();
    }
    assertThat(new RetryTokens(new Random(2)).check(SOMEONE, token, 77, 1_000)).isEmpty();
  }

  @Test
  void aRefusalIsShortAndNamesTheClient() {
    byte[] client = HexFormat.of().parseHex("0011223344556677");
    byte[] packet = Refusal.packet(client, HexFormat.of().parseHex("8394c8f03e515708"));
    assertThat(packet).hasSizeLessThan(100);
    assertThat(packet[0] & 0xf0).isEqualTo(0xc0);
    assertThat(Arrays.copyOfRange(packet, 6, 14)).isEqualTo(client);
  }

  // The gate.

  @Test
  void theGateCountsWhoComesAndGoes() {
    Gate gate = new Gate(new Transport.Limits(4, 3, 2, 1, 1), false, 0);
    assertThat(gate.refuses(SOMEONE)).isNull();
    Path host = gate.accepted(SOMEONE);
    assertThat(gate.refuses(SOMEONE)).isEqualTo(Counter.REFUSED_HALF_OPEN_IP);
    gate.proven(host);
    assertThat(gate.refuses(SOMEONE)).isNull();
    Path again = gate.accepted(new Path(0, SOMEONE.lo(), 5));
    assertThat(again).isEqualTo(host);
    assertThat(gate.refuses(SOMEONE)).isEqualTo(Counter.REFUSED_INBOUND_IP);
    Path other = gate.accepted(new Path(1, 2, 3));
    assertThat(gate.refuses(new Path(9, 9, 9))).isEqualTo(Counter.REFUSED_INBOUND);
    gate.acceptedGone(other, false);
    gate.dialled();
    gate.dialled();
    assertThat(gate.mayDial()).isFalse();
    assertThat(gate.refuses(new Path(9, 9, 9))).isEqualTo(Counter.REFUSED_LINKS);
    gate.dialGone();
    gate.dialGone();
    gate.acceptedGone(host, true);
    gate.acceptedGone(host, false);
    assertThat(gate.links()).isZero();
    assertThat(gate.refuses(SOMEONE)).isNull();
  }

  @Test
  void oneHostOfIpv6IsItsWhole64() {
    Path one = new Path(0x20010db800000001L, 1, 1);
    assertThat(one.host()).isEqualTo(new Path(0x20010db800000001L, 99, 7).host());
    assertThat(one.host()).isNotEqualTo(new Path(0x20010db800000002L, 1, 1).host());
    assertThat(SOMEONE.host()).isNotEqualTo(new Path(0, SOMEONE.lo() + 1, 4242).host());
  }

  @Test
  void tooManyUnprovenNewcomersASecondMeanRetry() {
    Gate gate = new Gate(Transport.Limits.DEFAULT, false, 0);
    for (int i = 0; i < Gate.UNPROVEN_PER_SECOND; i++) {
      assertThat(gate.demandsRetry(0)).isFalse();
    }
    assertThat(gate.demandsRetry(0)).isTrue();
    assertThat(gate.demandsRetry(1_000_000_000L)).isFalse();
  }
}
