package org.wayfolk.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to raw messages until they are read. */
final class RingTest {
  private final Ring<String> ring = new Ring<>(3);

  @Test
  void aFullRingRefusesWhatNobodyHasReadRoomFor() {
    assertThat(ring.offer("a")).isTrue();
    assertThat(ring.offer("b")).isTrue();
    assertThat(ring.offer("c")).isTrue();
    assertThat(ring.offer("d")).isFalse();
    assertThat(ring.unread()).isEqualTo(3);
  }

  @Test
  void readingMakesRoom() throws Exception {
    ring.offer("a");
    ring.offer("b");
    ring.offer("c");
    try (Ring<String>.Reader reader = ring.reader()) {
      assertThat(reader.peek()).isEqualTo("a");
      assertThat(ring.offer("d")).isFalse();
      reader.taken();
      assertThat(ring.offer("d")).isTrue();
      assertThat(ring.unread()).isEqualTo(3);
    }
  }

  @Test
  void whatWasNotHandedOnWaitsForTheNextReader() throws Exception {
    ring.offer("a");
    try (Ring<String>.Reader first = ring.reader()) {
      assertThat(first.peek()).isEqualTo("a");
    }
    try (Ring<String>.Reader second = ring.reader()) {
      assertThat(second.peek()).isEqualTo("a");
      second.taken();
    }
    assertThat(ring.unread()).isZero();
  }

  @Test
  void severalReadersEachGetAll() throws Exception {
    try (Ring<String>.Reader one = ring.reader();
        Ring<String>.Reader two = ring.reader()) {
      ring.offer("a");
      assertThat(one.peek()).isEqualTo("a");
      one.taken();
      assertThat(two.peek()).isEqualTo("a");
      two.taken();
    }
    try (Ring<String>.Reader late = ring.reader()) {
      ring.offer("b");
      assertThat(late.peek()).isEqualTo("b");
    }
  }

  @Test
  void aReaderThatLagsIsToldHowManyItMissedAndStopsNobody() throws Exception {
    try (Ring<String>.Reader quick = ring.reader();
        Ring<String>.Reader slow = ring.reader()) {
      for (String s : new String[] {"a", "b", "c", "d", "e"}) {
        assertThat(ring.offer(s)).isTrue();
        assertThat(quick.peek()).isEqualTo(s);
        quick.taken();
      }
      assertThat(slow.peek()).isEqualTo("c");
      assertThat(slow.missed()).isEqualTo(2);
    }
  }

  @Test
  void closingLetsWaitingReadersGo() throws Exception {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try (Ring<String>.Reader r = ring.reader()) {
                ended.complete(r.peek() == null);
              } catch (InterruptedException e) {
                ended.complete(false);
              }
            });
    ring.close();
    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    reader.join();
    assertThat(ring.offer("late")).isFalse();
  }
}
