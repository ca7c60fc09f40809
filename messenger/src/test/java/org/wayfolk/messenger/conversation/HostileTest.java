package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.conversation.Accepted.Refusal;
import org.wayfolk.messenger.event.Author;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.ConversationName;
import org.wayfolk.messenger.event.Event;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Hash32;
import org.wayfolk.messenger.event.Head;
import org.wayfolk.messenger.event.Lamport;
import org.wayfolk.messenger.event.ListMark;
import org.wayfolk.messenger.event.Part;
import org.wayfolk.messenger.event.Stamp;
import org.wayfolk.messenger.event.Texts;

/** A friend who sends whatever the format allows, and what it does not. */
class HostileTest {
  private static final Hash32 ALICE = Side.hash(1);
  private static final Hash32 MALLORY = Side.hash(2);
  private static final Hash32 CAROL = Side.hash(3);

  @TempDir Path dir;

  private final SplittableRandom random = new SplittableRandom(1);
  private Side alice;

  @BeforeEach
  void start() throws IOException {
    alice = new Side(Files.createDirectory(dir.resolve("alice")), 1, 1);
    alice.friends.put(Side.FRIEND, new Around.Other(MALLORY, false));
    alice.friends.put(6L, new Around.Other(CAROL, false));
  }

  @AfterEach
  void close() {
    alice.close();
  }

  private static Hash32 name() {
    return ConversationName.ofTwo(ALICE, MALLORY);
  }

  private Event event(Hash32 author, Hash32 conversation, Stamp stamp, Body body) {
    return new Event(
        EventId.draw(random),
        conversation,
        new Author(author, 1),
        stamp,
        new ListMark(1, Side.hash(9)),
        List.of(),
        body);
  }

  private Event event(long sequence, long lamport, Body body) {
    return event(
        MALLORY,
        name(),
        new Stamp(body.counted() ? sequence : 0, lamport, alice.bench.now()),
        body);
  }

  private static Body text(String text) {
    return new Body.Text(Part.WHOLE, null, text);
  }

  private void refused(Refusal why, byte[] bytes) {
    long before = alice.conversations.refused(why);
    assertThat(alice.take(MALLORY, bytes)).isEqualTo(new Accepted.Refused(why));
    assertThat(alice.conversations.refused(why)).isEqualTo(before + 1);
    assertThat(alice.history()).noneMatch(s -> s.text().equals("forged"));
    assertThat(alice.history(6, 10)).isEmpty();
  }

  @Test
  void nobodyWritesInTheNameOfAnother() {
    Stamp stamp = new Stamp(1, 1, 1);
    refused(Refusal.NOT_THE_AUTHOR, event(ALICE, name(), stamp, text("forged")).encode());
    refused(Refusal.NOT_THE_AUTHOR, event(CAROL, name(), stamp, text("forged")).encode());
    Hash32 carols = ConversationName.ofTwo(ALICE, CAROL);
    refused(Refusal.NOT_THE_AUTHOR, event(CAROL, carols, stamp, text("forged")).encode());
  }

  @Test
  void nobodyWritesIntoTheConversationOfOthers() {
    Stamp stamp = new Stamp(1, 1, 1);
    for (Hash32 other :
        List.of(
            ConversationName.ofTwo(ALICE, CAROL),
            ConversationName.ofTwo(ALICE, ALICE),
            ConversationName.ofTwo(MALLORY, MALLORY),
            Side.hash(0))) {
      refused(Refusal.OTHER_CONVERSATION, event(MALLORY, other, stamp, text("forged")).encode());
    }
  }

  @Test
  void bytesThatAreNoEventAreRefusedAndCounted() {
    refused(Refusal.MALFORMED, new byte[0]);
    refused(Refusal.MALFORMED, new byte[60_000]);
    byte[] bad = event(1, 1, text("forged")).encode();
    bad[bad.length - 1] = (byte) 0xff;
    refused(Refusal.MALFORMED, bad);
  }

  @Test
  void anIdThatIsTakenIsRefused() {
    EventId mine = alice.write("mine");
    Event e = event(1, 1, text("forged"));
    Event copy =
        new Event(
            mine, e.conversation(), e.author(), e.stamp(), e.list(), e.heads(), text("forged"));
    refused(Refusal.ID_TAKEN, copy.encode());
    assertThat(alice.texts()).containsExactly("mine");
  }

  @Test
  void whatIsForOurOwnDevicesAloneIsNotTakenFromAFriend() {
    EventId mine = alice.write("mine");
    refused(Refusal.NOT_OURS, event(0, 1, new Body.Delete(mine, false)).encode());
    assertThat(alice.texts()).containsExactly("mine");
  }

  @Test
  void aFriendNeitherChangesNorDeletesWhatIsOurs() {
    EventId mine = alice.write("mine");
    EventId carols = alice.write(6, "to carol", null);
    for (EventId target : List.of(mine, carols)) {
      alice.take(MALLORY, event(1, 2, new Body.Edit(target, Part.WHOLE, "forged")).encode());
      alice.take(MALLORY, event(2, 3, new Body.Delete(target, true)).encode());
    }
    alice.take(MALLORY, event(3, 4, new Body.Reaction(carols, true, "👎")).encode());
    assertThat(alice.message(mine).text()).isEqualTo("mine");
    assertThat(alice.message(carols).text()).isEqualTo("to carol");
    assertThat(alice.message(carols).reactions()).isEmpty();
    assertThat(alice.message(mine).edited()).isFalse();
  }

  @Test
  void aGiantTimeDoesNotStayBelowWhatIsWrittenLater() {
    alice.take(MALLORY, event(1, Lamport.MAX, text("at the end for ever")).encode());
    alice.write("after it");
    alice.take(MALLORY, event(2, Lamport.MAX, text("again")).encode());
    alice.write("after that");
    assertThat(alice.texts())
        .containsExactly("at the end for ever", "after it", "again", "after that");
    long lamport = alice.out.getLast().event().stamp().lamport();
    assertThat(lamport).isLessThanOrEqualTo(3 * Lamport.MAX_JUMP);
  }

  @Test
  void giantSequencesHideNothingAndHoldNothingUp() {
    EventId mine = alice.write("mine");
    alice.take(MALLORY, event(Event.MAX_SEQUENCE, 1, text("far")).encode());
    alice.take(MALLORY, event(1, 2, text("near")).encode());
    assertThat(alice.held(1)).isOne();
    alice.take(
        MALLORY,
        event(0, 3, new Body.Read(List.of(new Head(ALICE.prefix(), 1, Event.MAX_SEQUENCE))))
            .encode());
    assertThat(alice.message(mine).state()).isEqualTo(State.READ);
    EventId next = alice.write("next");
    assertThat(alice.message(next).state()).isEqualTo(State.QUEUED);
    assertThat(alice.above(Event.MAX_SEQUENCE)).isEmpty();
    alice.write("later");
    assertThat(alice.out.getLast().event().stamp().sequence()).isLessThan(10);
  }

  @Test
  void aTextWhosePartsAreTooLongTogetherIsNeverShown() {
    Event first = event(1, 1, new Body.Text(new Part(0, 16, null), null, "x".repeat(40_000)));
    alice.take(MALLORY, first.encode());
    for (int i = 1; i < 16; i++) {
      Part part = new Part(i, 16, first.id());
      alice.take(
          MALLORY, event(1 + i, 1 + i, new Body.Text(part, null, "x".repeat(40_000))).encode());
    }
    assertThat(alice.history()).isEmpty();
    assertThat(alice.unread()).isZero();
  }

  @Test
  void partsOfDifferentKindsAndWritersAreNotJoined() {
    Event first = event(1, 1, new Body.Text(new Part(0, 2, null), null, "be"));
    alice.take(MALLORY, first.encode());
    Part second = new Part(1, 2, first.id());
    alice.take(MALLORY, event(2, 2, new Body.Edit(first.id(), second, "come")).encode());
    assertThat(alice.history()).isEmpty();
    alice.take(MALLORY, event(3, 3, new Body.Text(second, null, "gun")).encode());
    alice.take(MALLORY, event(4, 4, new Body.Text(second, null, "held")).encode());
    assertThat(alice.history()).hasSize(1);
  }

  @Test
  void controlAndBidirectionalCharactersArriveAsTheyWereWritten() {
    String text = "a\u202eb\u0000c\u0007\u2066d";
    alice.take(MALLORY, event(1, 1, text(text)).encode());
    assertThat(alice.texts()).containsExactly(text);
  }

  @Test
  void aHundredThousandReactionsShowEightAndCostLittle() {
    EventId mine = alice.write("mine");
    alice.react(mine, "👍", true);
    List<Side.Out> some = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      Event e = event(i + 1, i + 1, new Body.Reaction(mine, true, "e" + i));
      some.add(new Side.Out(e.id(), e.encode()));
      if (some.size() == 2_000) {
        alice.takeMany(MALLORY, some);
        some.clear();
      }
    }
    assertThat(alice.message(mine).reactions())
        .hasSize(1 + Showing.MAX_REACTIONS)
        .contains(new Shown.Reaction(0, "👍"))
        .contains(new Shown.Reaction(Side.FRIEND, "e0"));
    alice.delete(mine, true);
    assertThat(alice.message(mine).deleted()).isTrue();
  }

  @Test
  void manyEditsAreOneAndGoWithTheirMessage() {
    Event first = event(1, 1, text("edit me"));
    alice.take(MALLORY, first.encode());
    List<Side.Out> some = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Body edit = new Body.Edit(first.id(), Part.WHOLE, "secret " + i);
      Event e = event(i + 2, i + 2, edit);
      some.add(new Side.Out(e.id(), e.encode()));
    }
    alice.takeMany(MALLORY, some);
    assertThat(alice.texts()).containsExactly("secret 2999");
    alice.take(MALLORY, event(4_000, 4_000, new Body.Delete(first.id(), true)).encode());
    assertThat(alice.contents()).noneMatch(c -> c.contains("secret") || c.contains("edit me"));
    alice.take(
        MALLORY,
        event(4_001, 4_001, new Body.Edit(first.id(), Part.WHOLE, "secret again")).encode());
    assertThat(alice.contents()).noneMatch(c -> c.contains("secret"));
  }

  @Test
  void aDeviceNumberOfItsOwnForEachEventCostsUsNothingLasting() {
    List<Accepted> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Stamp stamp = new Stamp(1, 1, alice.bench.now());
      Event e =
          new Event(
              EventId.draw(random),
              name(),
              new Author(MALLORY, 1_000 + i),
              stamp,
              new ListMark(1, Side.hash(9)),
              List.of(),
              text("x"));
      all.add(alice.take(MALLORY, e.encode()));
    }
    long writers =
        alice.bench.turn(t ->
            t.tx()
                .one(r -> r.i64("n"), "SELECT count(*) AS n FROM conversation_writer")
                .orElseThrow());
    assertThat(writers).isLessThanOrEqualTo(8 + 64);
    assertThat(all.getLast()).isInstanceOf(Accepted.Refused.class);
    // One that is known goes on.
    assertThat(alice.take(MALLORY, event(1, 2, text("first of device 1")).encode()))
        .isInstanceOf(Accepted.Refused.class);
    Event next =
        new Event(
            EventId.draw(random),
            name(),
            new Author(MALLORY, 1_000),
            new Stamp(2, 3, alice.bench.now()),
            new ListMark(1, Side.hash(9)),
            List.of(),
            text("second of device 1,000"));
    assertThat(alice.take(MALLORY, next.encode())).isInstanceOf(Accepted.Taken.class);
  }

  @Test
  void smallEventsDoNotMakeUsIndexALongTextAgain() {
    Event first = event(1, 1, text("short"));
    alice.take(MALLORY, first.encode());
    Event edit = event(2, 1_000_000, new Body.Edit(first.id(), new Part(0, 2, null), words(9_000)));
    Part second = new Part(1, 2, edit.id());
    alice.take(MALLORY, edit.encode());
    alice.take(MALLORY, event(3, 1_000_001, new Body.Edit(first.id(), second, "end")).encode());
    String shown = alice.texts().getFirst();
    int changes = changes();
    for (int i = 0; i < 50; i++) {
      // Older than the long one, so nothing of it shows; then the end of the long one, anew.
      alice.take(
          MALLORY, event(4 + 2 * i, 5 + i, new Body.Edit(first.id(), Part.WHOLE, "x")).encode());
      alice.take(
          MALLORY,
          event(5 + 2 * i, 1_000_002 + i, new Body.Edit(first.id(), second, "end" + i)).encode());
    }
    assertThat(alice.texts()).containsExactly(shown);
    assertThat(changes()).isEqualTo(changes);
  }

  private int changes() {
    return (int) alice.bench.news.stream().filter(Changed.class::isInstance).count();
  }

  private static String words(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count && out.length() < Texts.MAX_PART - 16; i++) {
      out.append(Integer.toString(i, 36)).append(' ');
    }
    return out.toString();
  }

  @Test
  void whatANewerVersionSaysShowsAsSuchOrNotAtAll() {
    Event shown = event(1, 1, new Body.Unknown(99, true, new byte[] {1}));
    Event quiet = event(2, 2, new Body.Unknown(200, true, new byte[] {1}));
    Event uncounted = event(0, 2, new Body.Unknown(98, false, new byte[] {1}));
    for (Event e : List.of(shown, quiet, uncounted)) {
      Stamp stamp = new Stamp(e.body().counted() ? e.stamp().sequence() : 0, 1, 1);
      Event sent =
          new Event(e.id(), e.conversation(), e.author(), stamp, e.list(), e.heads(), e.body());
      assertThat(alice.take(MALLORY, sent.encode())).isInstanceOf(Accepted.Taken.class);
    }
    assertThat(alice.history())
        .extracting(Shown::note)
        .containsExactly(Note.FROM_NEWER_VERSION, Note.FROM_NEWER_VERSION);
    assertThat(alice.held(1)).isEqualTo(2);
    assertThat(alice.unread()).isEqualTo(2);
    alice.delete(shown.id(), false);
    alice.delete(uncounted.id(), false);
    assertThat(alice.history()).isEmpty();
  }

  @Test
  void textsOfAllSizesUpToTheLimitAreTaken() {
    alice.take(MALLORY, event(1, 1, text("x".repeat(Texts.MAX_PART))).encode());
    assertThat(alice.texts()).containsExactly("x".repeat(Texts.MAX_PART));
  }
}
