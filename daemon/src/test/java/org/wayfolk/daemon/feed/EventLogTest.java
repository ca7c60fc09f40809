package org.wayfolk.daemon.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.feed.EventLog.Next;
import org.wayfolk.daemon.terminal.Json;

/** Numbers of events: nobody misses one without being told so. */
final class EventLogTest {
  private final EventLog log = new EventLog(new SplittableRandom(1), 5);

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      log.add(Json.object().put("kind", "x"), 1);
    }
  }

  private static Next next(EventLog.Reader reader) throws InterruptedException {
    return reader.next(Duration.ofMillis(1));
  }

  private static Next.Following begin(EventLog.Reader reader) throws InterruptedException {
    return (Next.Following) next(reader);
  }

  /** Everything up to now: numbers, and 0 for each time the reader had to begin anew. */
  private static List<Long> all(EventLog.Reader reader) throws InterruptedException {
    List<Long> told = new ArrayList<>();
    for (Next n = next(reader); !(n instanceof Next.Nothing); n = next(reader)) {
      switch (n) {
        case Next.Event e -> told.add(e.event().path("seq").asLong());
        case Next.Following f -> told.add(f.complete() ? -1L : 0L);
        default -> throw new AssertionError(n);
      }
    }
    return told;
  }

  @Test
  void whoIsNewBeginsNowAndIsToldToReadEverything() throws Exception {
    add(3);
    EventLog.Reader reader = log.reader("", 0);
    Next.Following f = begin(reader);
    assertThat(f.seq()).isEqualTo(3);
    assertThat(f.complete()).isFalse();
    add(2);
    assertThat(all(reader)).containsExactly(4L, 5L);
  }

  @Test
  void whoComesBackInTimeGetsWhatWasMissed() throws Exception {
    String epoch = begin(log.reader("", 0)).epoch();
    add(5);
    EventLog.Reader reader = log.reader(epoch, 2);
    assertThat(begin(reader)).isEqualTo(new Next.Following(epoch, 2, true));
    assertThat(all(reader)).containsExactly(3L, 4L, 5L);
    EventLog.Reader all = log.reader(epoch, 0);
    assertThat(all(all)).containsExactly(-1L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whoComesBackTooLateOrFromAnotherEpochIsToldSo() throws Exception {
    String epoch = begin(log.reader("", 0)).epoch();
    add(6);
    assertThat(begin(log.reader(epoch, 0)).complete()).isFalse();
    assertThat(begin(log.reader(epoch, 1)).complete()).isTrue();
    assertThat(begin(log.reader("0011223344556677", 6)).complete()).isFalse();
    assertThat(begin(log.reader(epoch, 7)).complete()).as("a number of the future").isFalse();
    assertThat(begin(log.reader(epoch, -1)).complete()).isFalse();
  }

  @Test
  void aReaderWhoIsOvertakenBeginsAnewAndGoesOn() throws Exception {
    EventLog.Reader reader = log.reader("", 0);
    begin(reader);
    add(2);
    assertThat(next(reader)).isInstanceOf(Next.Event.class);
    add(5); // five of seven are kept: the reader has one, and two is gone
    assertThat(all(reader)).containsExactly(0L);
    add(1);
    assertThat(all(reader)).containsExactly(8L);
  }

  @Test
  void afterABreakEveryReaderBeginsAnewWithNumbersThatRiseOn() throws Exception {
    EventLog.Reader reader = log.reader("", 0);
    String before = begin(reader).epoch();
    add(3);
    log.breakOff();
    Next.Following f = begin(reader);
    assertThat(f.epoch()).isNotEqualTo(before);
    assertThat(f.seq()).isEqualTo(3);
    add(1);
    assertThat(all(reader)).containsExactly(4L);
    assertThat(begin(log.reader(before, 3)).complete()).isFalse();
  }

  @Test
  void longEventsAreKeptForAShorterTime() throws Exception {
    String epoch = begin(log.reader("", 0)).epoch();
    for (int i = 0; i < 4; i++) {
      log.add(Json.object(), EventLog.MAX_CHARS / 2);
    }
    assertThat(begin(log.reader(epoch, 1)).complete()).isFalse();
    assertThat(begin(log.reader(epoch, 2)).complete()).isTrue();
    log.add(Json.object(), 2 * EventLog.MAX_CHARS);
    assertThat(all(log.reader(epoch, 4))).as("the last one stays").containsExactly(-1L, 5L);
  }

  @Test
  void aReaderThatWaitsIsWokenAndLetGo() throws Exception {
    EventLog.Reader reader = log.reader("", 0);
    begin(reader);
    CompletableFuture<List<Next>> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            Next first = reader.next(Duration.ofMinutes(1));
            while (first instanceof Next.Nothing) {
              first = reader.next(Duration.ofMinutes(1));
            }
            told.complete(List.of(first, reader.next(Duration.ofMinutes(1))));
          } catch (InterruptedException e) {
            told.completeExceptionally(e);
          }
        });
    add(1);
    log.close();
    List<Next> both = told.get(30, TimeUnit.SECONDS);
    assertThat(both.getLast()).isEqualTo(new Next.End());
  }
}
