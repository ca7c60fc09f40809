package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.wire.Malformed;

/** Thousands of messages with loss, delay and duplicates; each seed is a world of its own. */
class LongTalksTest {

  private static final long MINUTE = 60_000;

  private record Arrival(long at, int who, int text, byte[] payload, boolean again)
      implements Comparable<Arrival> {
    @Override
    public int compareTo(Arrival other) {
      return Long.compare(at, other.at);
    }
  }

  private static final class World {
    final RecordingCrypto crypto = new RecordingCrypto(Crypto.best(), false);
    final Talk talk;
    final Random dice;
    final PriorityQueue<Arrival> air = new PriorityQueue<>();
    final Set<Integer> opened = new HashSet<>();
    int mixes;
    int carried;
    int largest;

    World(long seed) throws Malformed {
      talk = Talk.begun(crypto, seed);
      dice = new Random(~seed);
    }

    void seal(int who, int text, long delay, double loss) {
      byte[] payload = talk.seal(who, ByteBuffer.allocate(4).putInt(text).array());
      largest = Math.max(largest, payload.length);
      carried += payload.length > 512 ? 1 : 0;
      boolean lost = dice.nextDouble() < loss;
      for (int copy = 0; copy < (dice.nextInt(10) == 0 ? 2 : 1); copy++) {
        if (!lost) {
          long at = talk.now + dice.nextLong(delay);
          air.add(new Arrival(at, 1 - who, text, payload, copy > 0));
        }
      }
    }

    void arriveUntil(long time) throws Malformed {
      while (!air.isEmpty() && air.peek().at <= time) {
        Arrival next = air.poll();
        long mixed = talk.states[next.who].refresh.mixedAt();
        Opening opening = talk.open(next.who, next.payload);
        if (opened.add(next.text)) {
          assertThat(opening).as("text %d", next.text).isInstanceOf(Opened.class);
          byte[] text = ((Opened) opening).plaintext();
          assertThat(ByteBuffer.wrap(text).getInt()).isEqualTo(next.text);
        } else {
          assertThat(opening).isNotInstanceOf(Opened.class);
        }
        RatchetState state = talk.states[next.who];
        mixes += state.refresh.mixedAt() == mixed ? 0 : 1;
        talk.states[next.who] = RatchetState.decode(state.encode());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyMessageThatArrivesOpensOnceThroughCrossingRefreshes(long seed) throws Malformed {
    World world = new World(seed);
    int sent = 3000;
    for (int text = 0; text < sent; text++) {
      world.talk.now += world.dice.nextLong(2 * MINUTE);
      // Bursts: who speaks changes every few messages, delays reach over some of them.
      int who = (text / (1 + (int) seed * 3) + world.dice.nextInt(2)) % 2;
      world.seal(who, text, 40 * MINUTE, 0.05);
      world.arriveUntil(world.talk.now);
    }
    world.arriveUntil(Long.MAX_VALUE);
    assertThat(world.opened.size()).isBetween((int) (sent * 0.93), (int) (sent * 0.97));
    assertThat(world.mixes).isGreaterThan(10);
    assertThat(world.crypto.reuses()).isZero();
    assertThat(world.crypto.pairs()).isGreaterThanOrEqualTo(2 * sent);
  }

  @Test
  void oneWhoHardlyEverAnswersStillMixesFreshKeys() throws Malformed {
    World world = new World(9);
    for (int text = 0; text < 4000; text++) {
      world.talk.now += MINUTE;
      boolean answer = text % 400 == 399;
      world.seal(answer ? 1 : 0, text, 20 * MINUTE, answer ? 0 : 0.05);
      world.arriveUntil(world.talk.now);
    }
    world.arriveUntil(Long.MAX_VALUE);
    // Ten answers: each begins a chain that takes what was on offer, and the next of ours is taken.
    assertThat(world.mixes).isGreaterThanOrEqualTo(9);
  }

  @Test
  void oneWhoNeverHearsBackPaysForOneOfferInEight() throws Malformed {
    World world = new World(10);
    for (int text = 0; text < 1000; text++) {
      world.seal(0, text, 1, 0);
      world.arriveUntil(Long.MAX_VALUE);
    }
    assertThat(world.carried).isBetween(1000 / 8 - 10, 1000 / 8 + 1);
    assertThat(world.largest).isEqualTo(2048);
  }

  @Test
  void aQuietDayIsEnoughForARefresh() throws Malformed {
    Talk talk = Talk.begun(Crypto.best(), 11);
    talk.now += Refresh.EVERY_MILLIS;
    long before = talk.now;
    talk.pass(1);
    talk.pass(0);
    talk.pass(1);
    assertThat(talk.states[0].refresh.mixedAt()).isEqualTo(before);
    assertThat(talk.states[1].refresh.mixedAt()).isEqualTo(before);
  }
}
