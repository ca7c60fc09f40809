package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;

/** What was read, and what clocks say. */
class MarksTest {
  @TempDir Path dir;

  private Side alice;
  private Side bob;

  @BeforeEach
  void meet() throws IOException {
    alice = new Side(Files.createDirectory(dir.resolve("alice")), 1, 1);
    bob = new Side(Files.createDirectory(dir.resolve("bob")), 2, 1);
    Side.meet(alice, bob);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  @Test
  void readingUpToALineMarksAllBeforeItAndSaysSoOnce() {
    EventId one = alice.write("one");
    EventId two = alice.write("two");
    EventId three = alice.write("three");
    bob.takeAll(alice);
    assertThat(bob.unread()).isEqualTo(3);
    bob.read(two);
    assertThat(bob.unread()).isOne();
    assertThat(bob.out).hasSize(1);
    bob.read(two);
    bob.read(one);
    assertThat(bob.out).hasSize(1);
    alice.bench.pass(Duration.ofMinutes(1));
    alice.takeAll(bob);
    assertThat(alice.message(one).state()).isEqualTo(State.READ);
    assertThat(alice.message(two).state()).isEqualTo(State.READ);
    assertThat(alice.message(three).state()).isEqualTo(State.QUEUED);
    assertThat(alice.readAt(two)).isEqualTo(alice.bench.now());
    assertThat(alice.readAt(three)).isZero();
    assertThat(alice.bench.news).contains(new Changed(Side.FRIEND, one, false, true));
    bob.read(three);
    alice.bench.pass(Duration.ofMinutes(1));
    alice.takeAll(bob);
    assertThat(alice.readAt(two)).isLessThan(alice.readAt(three));
  }

  @Test
  void aLateLineAboveTheReadOnesIsUnreadOnBothSides() {
    EventId one = alice.write("one");
    EventId two = alice.write("two");
    EventId three = alice.write("three");
    bob.take(alice.card, alice.out.get(0).bytes());
    bob.take(alice.card, alice.out.get(2).bytes());
    bob.read(three);
    alice.takeAll(bob);
    assertThat(alice.message(one).state()).isEqualTo(State.READ);
    assertThat(alice.message(two).state()).isEqualTo(State.QUEUED);
    assertThat(alice.message(three).state())
        .as("not said while one is missing")
        .isEqualTo(State.QUEUED);
    bob.take(alice.card, alice.out.get(1).bytes());
    assertThat(bob.texts()).containsExactly("one", "two", "three");
    assertThat(bob.unread()).isOne();
    bob.read(three);
    alice.takeAll(bob);
    assertThat(alice.message(two).state()).isEqualTo(State.READ);
    assertThat(alice.message(three).state()).isEqualTo(State.READ);
  }

  @Test
  void readingSaysNothingToTheFriendWhereThatIsOff() {
    bob.bench.run(t -> bob.conversations.tellRead(t, false));
    EventId one = alice.write("one");
    bob.takeAll(alice);
    bob.read(one);
    assertThat(bob.unread()).isZero();
    assertThat(bob.out).isEmpty();
    assertThat(bob.toOwn).hasSize(1);
    bob.bench.run(t -> bob.conversations.tellRead(t, true));
    EventId two = alice.write("two");
    bob.takeAll(alice);
    bob.read(two);
    alice.takeAll(bob);
    assertThat(alice.message(two).state()).isEqualTo(State.READ);
  }

  @Test
  void whatWasReadOnOneDeviceOfOursIsReadOnTheOther() throws IOException {
    Side second = new Side(Files.createDirectory(dir.resolve("second")), 2, 2);
    second.friends.put(Side.FRIEND, new Around.Other(alice.card, false));
    EventId one = alice.write("one");
    alice.write("two");
    bob.takeMany(alice.card, alice.out);
    second.takeMany(alice.card, alice.out);
    bob.read(one);
    second.takeAll(bob);
    assertThat(second.unread()).isOne();
    second.close();
  }

  @Test
  void ownLinesAndNotesAreNeverUnread() {
    EventId one = alice.write("one");
    alice.bench.run(t -> alice.conversations.note(t, Side.FRIEND, Note.MET));
    assertThat(alice.unread()).isZero();
    alice.read(one);
    assertThat(alice.out).hasSize(1);
  }

  @Test
  void aDeletedLineIsNotUnreadAnyMore() {
    EventId one = alice.write("one");
    alice.write("two");
    alice.delete(one, true);
    bob.takeAll(alice);
    assertThat(bob.unread()).isOne();
  }

  @Test
  void aReadingMarkNamesSequencesAndTakesNone() {
    alice.write("one");
    bob.takeAll(alice);
    bob.read(bob.history().getFirst().id());
    assertThat(bob.out.getFirst().event().stamp().sequence()).isZero();
    assertThat(((Body.Read) bob.out.getFirst().event().body()).upTo())
        .extracting(h -> h.sequence())
        .containsExactly(1L);
    bob.write("answer");
    assertThat(bob.out.getLast().event().stamp().sequence()).isOne();
  }

  private static List<Note> notes(Side side) {
    return side.history().stream()
        .filter(s -> s.note() != null)
        .map(s -> java.util.Objects.requireNonNull(s.note()))
        .toList();
  }

  @Test
  void aClockThatIsAheadIsSaidOnceADay() {
    bob.bench.pass(Duration.ofMinutes(5));
    bob.write("from the future");
    bob.write("and again");
    alice.takeAll(bob);
    assertThat(notes(alice)).containsExactly(Note.CLOCK_DIFFERS);
    alice.bench.pass(Duration.ofHours(25));
    bob.bench.pass(Duration.ofHours(25));
    bob.write("a day later");
    alice.takeAll(bob);
    assertThat(notes(alice)).containsExactly(Note.CLOCK_DIFFERS, Note.CLOCK_DIFFERS);
  }

  @Test
  void aMessageThatWaitedLongIsNoClockThatDiffers() {
    bob.write("written long ago");
    alice.bench.pass(Duration.ofDays(3));
    alice.write("hello?");
    alice.takeAll(bob);
    assertThat(notes(alice)).isEmpty();
  }

  @Test
  void aClockBehindShowsInAnAnswerThatIsOlderThanItsQuestion() {
    alice.bench.pass(Duration.ofMinutes(5));
    alice.write("a question");
    bob.takeAll(alice);
    assertThat(notes(bob)).containsExactly(Note.CLOCK_DIFFERS);
    bob.write("an answer");
    alice.takeAll(bob);
    assertThat(notes(alice)).containsExactly(Note.CLOCK_DIFFERS);
  }

  @Test
  void clocksThatDifferByLessThanTwoMinutesAreNotMentioned() {
    bob.bench.pass(Duration.ofSeconds(119));
    bob.write("hello");
    alice.takeAll(bob);
    alice.write("hello");
    bob.takeAll(alice);
    assertThat(notes(alice)).isEmpty();
    assertThat(notes(bob)).isEmpty();
  }
}
