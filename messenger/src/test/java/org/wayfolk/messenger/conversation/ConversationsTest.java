package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Texts;
import org.wayfolk.messenger.work.Trouble;

class ConversationsTest {
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

  private static void trouble(Trouble.Reason reason, ThrowingCallable command) {
    assertThatExceptionOfType(Trouble.class)
        .isThrownBy(command)
        .satisfies(t -> assertThat(t.reason()).isEqualTo(reason));
  }

  @Test
  void whatOneWritesTheOtherReads() {
    EventId hello = alice.write("hello");
    bob.takeAll(alice);
    EventId answer = bob.write(Side.FRIEND, "hello you", hello);
    alice.takeAll(bob);
    assertThat(alice.view()).isEqualTo(bob.view());
    assertThat(bob.history())
        .extracting(Shown::id, Shown::from, Shown::text, Shown::state, Shown::replyTo)
        .containsExactly(
            tuple(hello, Side.FRIEND, "hello", State.RECEIVED, null),
            tuple(answer, 0L, "hello you", State.QUEUED, hello));
    assertThat(bob.bench.news)
        .contains(
            new Changed(Side.FRIEND, hello, true, false),
            new Changed(Side.FRIEND, answer, true, true));
  }

  @Test
  void anEventThatComesTwiceIsThereOnce() {
    alice.write("once");
    byte[] bytes = alice.out.getFirst().bytes();
    assertThat(bob.take(alice.card, bytes)).isInstanceOf(Accepted.Taken.class);
    int told = bob.bench.news.size();
    assertThat(bob.take(alice.card, bytes)).isInstanceOf(Accepted.Known.class);
    assertThat(bob.texts()).containsExactly("once");
    assertThat(bob.bench.news).hasSize(told);
  }

  @Test
  void aLateMessageIsInsertedAtItsPlace() {
    alice.write("one");
    alice.write("two");
    alice.write("three");
    bob.take(alice.card, alice.out.get(2).bytes());
    bob.take(alice.card, alice.out.get(0).bytes());
    assertThat(bob.texts()).containsExactly("one", "three");
    bob.take(alice.card, alice.out.get(1).bytes());
    assertThat(bob.texts()).containsExactly("one", "two", "three");
  }

  @Test
  void theLongestTextTravelsInPartsAndIsShownOnlyWhenWhole() {
    String text = "é".repeat(Texts.MAX / 2);
    EventId id = alice.write(text);
    assertThat(alice.out).hasSize(2);
    assertThat(alice.out).allMatch(o -> o.bytes().length < 42_000);
    alice.write("after");
    bob.take(alice.card, alice.out.get(1).bytes());
    bob.take(alice.card, alice.out.get(2).bytes());
    assertThat(bob.texts()).containsExactly("after");
    assertThat(bob.unread()).isOne();
    bob.take(alice.card, alice.out.get(0).bytes());
    assertThat(bob.texts()).containsExactly(text, "after");
    assertThat(bob.message(id).text()).isEqualTo(text);
    assertThat(bob.unread()).isEqualTo(2);
    assertThat(alice.texts()).isEqualTo(bob.texts());
  }

  @Test
  void textsThatAreEmptyTooLongOrBrokenAreRefused() {
    trouble(Trouble.Reason.MALFORMED, () -> alice.write(" \n "));
    trouble(Trouble.Reason.TOO_LONG, () -> alice.write("x".repeat(Texts.MAX + 1)));
    trouble(Trouble.Reason.MALFORMED, () -> alice.write("a\ud83d"));
    trouble(Trouble.Reason.UNKNOWN, () -> alice.write(77, "hello", null));
    trouble(Trouble.Reason.UNKNOWN, () -> alice.write(Side.FRIEND, "re", new EventId(1, 2)));
    assertThat(alice.out).isEmpty();
  }

  @Test
  void nothingIsWrittenToABlockedFriend() {
    alice.friends.put(Side.FRIEND, new Around.Other(bob.card, true));
    trouble(Trouble.Reason.BLOCKED, () -> alice.write("hello"));
  }

  @Test
  void anEditShowsTheNewTextWithAMark() {
    EventId id = alice.write("helo");
    alice.edit(id, "hello");
    bob.takeAll(alice);
    assertThat(bob.message(id).text()).isEqualTo("hello");
    assertThat(bob.message(id).edited()).isTrue();
    assertThat(bob.history()).hasSize(1);
    assertThat(alice.view()).isEqualTo(bob.view());
    assertThat(bob.found("hello")).containsExactly("hello");
    assertThat(bob.found("helo ")).isEmpty();
  }

  @Test
  void anEditBeforeItsMessageWaits() {
    EventId id = alice.write("helo");
    alice.edit(id, "hello");
    bob.take(alice.card, alice.out.get(1).bytes());
    assertThat(bob.history()).isEmpty();
    bob.take(alice.card, alice.out.get(0).bytes());
    assertThat(bob.message(id).text()).isEqualTo("hello");
    assertThat(bob.found("helo ")).isEmpty();
  }

  @Test
  void aLongEditIsShownOnceItIsWhole() {
    EventId id = alice.write("short");
    String text = "long ".repeat(12_000);
    alice.edit(id, text);
    assertThat(alice.out).hasSize(3);
    bob.take(alice.card, alice.out.get(0).bytes());
    bob.take(alice.card, alice.out.get(2).bytes());
    assertThat(bob.texts()).containsExactly("short");
    bob.take(alice.card, alice.out.get(1).bytes());
    assertThat(bob.texts()).containsExactly(text);
  }

  @Test
  void onlyOnesOwnMessagesAreChangedOrDeletedForAll() {
    EventId id = alice.write("mine");
    bob.takeAll(alice);
    trouble(Trouble.Reason.NOT_POSSIBLE, () -> bob.edit(id, "yours"));
    trouble(Trouble.Reason.NOT_POSSIBLE, () -> bob.delete(id, true));
    trouble(Trouble.Reason.UNKNOWN, () -> bob.edit(new EventId(1, 1), "nobody's"));
    alice.delete(id, true);
    trouble(Trouble.Reason.NOT_POSSIBLE, () -> alice.edit(id, "again"));
  }

  @Test
  void whatIsDeletedForAllLeavesALineAndNoText() {
    EventId id = alice.write("a secret word");
    alice.edit(id, "another secret");
    bob.takeAll(alice);
    alice.delete(id, true);
    bob.takeAll(alice);
    for (Side side : List.of(alice, bob)) {
      assertThat(side.message(id).deleted()).isTrue();
      assertThat(side.message(id).text()).isEmpty();
      assertThat(side.message(id).edited()).isFalse();
      assertThat(side.found("secret")).isEmpty();
      assertThat(side.unread()).isZero();
    }
    assertThat(alice.view()).isEqualTo(bob.view());
  }

  @Test
  void whatWasDeletedForAllStaysSoWhateverArrivesLater() {
    EventId id = alice.write("a secret word");
    alice.edit(id, "another secret");
    alice.delete(id, true);
    byte[] text = alice.out.get(0).bytes();
    byte[] edit = alice.out.get(1).bytes();
    byte[] delete = alice.out.get(2).bytes();
    bob.take(alice.card, delete);
    assertThat(bob.history()).isEmpty();
    bob.take(alice.card, edit);
    bob.take(alice.card, text);
    assertThat(bob.message(id).deleted()).isTrue();
    assertThat(bob.found("secret")).isEmpty();
    assertThat(alice.view()).isEqualTo(bob.view());
  }

  @Test
  void whatIsDeletedForMeIsGoneHereAlone() {
    EventId id = alice.write("hello");
    bob.takeAll(alice);
    bob.delete(id, false);
    assertThat(bob.history()).isEmpty();
    assertThat(bob.found("hello")).isEmpty();
    assertThat(bob.unread()).isZero();
    assertThat(bob.out).isEmpty();
    assertThat(alice.texts()).containsExactly("hello");
    alice.edit(id, "hello again");
    bob.takeAll(alice);
    assertThat(bob.history()).isEmpty();
    assertThat(bob.found("again")).isEmpty();
  }

  @Test
  void aDeletedMessageCanBeDeletedForMeToo() {
    EventId id = alice.write("hello");
    bob.takeAll(alice);
    alice.delete(id, true);
    bob.takeAll(alice);
    bob.delete(id, false);
    assertThat(bob.history()).isEmpty();
    assertThat(alice.history()).hasSize(1);
  }

  @Test
  void reactionsAreSeveralAPersonAndComeAndGo() {
    EventId id = alice.write("hello");
    bob.takeAll(alice);
    bob.react(id, "👍", true);
    bob.react(id, "🎉", true);
    bob.react(id, "👍", true);
    alice.react(id, "👍", true);
    alice.takeAll(bob);
    bob.takeAll(alice);
    assertThat(alice.message(id).reactions())
        .containsExactly(
            new Shown.Reaction(0, "👍"),
            new Shown.Reaction(Side.FRIEND, "👍"),
            new Shown.Reaction(Side.FRIEND, "🎉"));
    bob.react(id, "👍", false);
    alice.takeAll(bob);
    assertThat(alice.message(id).reactions())
        .containsExactly(new Shown.Reaction(0, "👍"), new Shown.Reaction(Side.FRIEND, "🎉"));
    assertThat(alice.view()).isEqualTo(bob.view());
  }

  @Test
  void aReactionThatIsThereAlreadySendsNothing() {
    EventId id = alice.write("hello");
    alice.out.clear();
    alice.react(id, "👍", false);
    alice.react(id, "👍", true);
    alice.react(id, "👍", true);
    assertThat(alice.out).hasSize(1);
    trouble(Trouble.Reason.MALFORMED, () -> alice.react(id, " ", true));
    trouble(Trouble.Reason.TOO_LONG, () -> alice.react(id, "x".repeat(65), true));
  }

  @Test
  void aReactionBeforeItsMessageWaits() {
    EventId id = alice.write("hello");
    alice.react(id, "👍", true);
    bob.take(alice.card, alice.out.get(1).bytes());
    bob.take(alice.card, alice.out.get(0).bytes());
    assertThat(bob.message(id).reactions()).containsExactly(new Shown.Reaction(Side.FRIEND, "👍"));
  }

  @Test
  void theLastWordOfAReactionCountsWhateverTheOrder() {
    EventId id = alice.write("hello");
    alice.react(id, "👍", true);
    alice.react(id, "👍", false);
    bob.take(alice.card, alice.out.get(2).bytes());
    bob.take(alice.card, alice.out.get(1).bytes());
    bob.take(alice.card, alice.out.get(0).bytes());
    assertThat(bob.message(id).reactions()).isEmpty();
  }

  @Test
  void draftsAreKeptUntilTheyAreForgotten() {
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "not yet"));
    alice.bench.reopen();
    assertThat(alice.draft()).isEqualTo("not yet");
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, ""));
    assertThat(alice.draft()).isEmpty();
  }

  @Test
  void notesToSelfAreKeptAndGoToNobody() {
    EventId id = alice.write(0, "buy milk", null);
    alice.write(0, "and bread", id);
    assertThat(alice.history(0, 10))
        .extracting(Shown::text)
        .containsExactly("buy milk", "and bread");
    assertThat(alice.message(id).state()).isEqualTo(State.DELIVERED);
    assertThat(alice.message(id).mine()).isTrue();
    assertThat(alice.out).isEmpty();
    assertThat(alice.history()).isEmpty();
  }

  @Test
  void anotherDeviceOfOursShowsWhatWeWriteThereAsOurs() throws IOException {
    Side second = new Side(Files.createDirectory(dir.resolve("second")), 1, 2);
    Side.meet(second, bob);
    Side.meet(alice, bob);
    EventId note = alice.write(0, "a note", null);
    EventId id = alice.write("from the first");
    second.takeAll(alice);
    assertThat(second.message(id).mine()).isTrue();
    assertThat(second.history(0, 10)).extracting(Shown::id).containsExactly(note);
    second.write("from the second");
    bob.takeAll(alice);
    bob.takeAll(second);
    alice.takeAll(second);
    assertThat(bob.texts()).containsExactly("from the first", "from the second");
    assertThat(alice.view()).isEqualTo(bob.view());
    second.edit(id, "changed on the second");
    second.delete(note, false);
    alice.takeAll(second);
    bob.takeAll(second);
    assertThat(alice.message(id).text()).isEqualTo("changed on the second");
    assertThat(alice.history(0, 10)).isEmpty();
    assertThat(alice.view()).isEqualTo(bob.view());
    second.close();
  }

  @Test
  void theStateIsTheFurthestAndOfALongTextTheLeastFarPart() {
    EventId id = alice.write("x".repeat(Texts.MAX));
    alice.carried.put(alice.out.get(0).id(), State.DELIVERED);
    assertThat(alice.message(id).state()).isEqualTo(State.QUEUED);
    alice.carried.put(alice.out.get(1).id(), State.SENT);
    assertThat(alice.message(id).state()).isEqualTo(State.SENT);
    alice.carried.put(alice.out.get(1).id(), State.DELIVERED);
    assertThat(alice.message(id).state()).isEqualTo(State.DELIVERED);
    assertThat(alice.pieces(id)).containsExactly(alice.out.get(0).id(), alice.out.get(1).id());
    assertThat(alice.messageOf(alice.out.get(1).id())).contains(id);
  }

  @Test
  void whatIsTakenBackStaysAndIsNeverSentAgain() {
    EventId gone = alice.write("taken back");
    EventId left = alice.write("left already");
    alice.waiting.add(gone);
    alice.bench.run(t -> alice.conversations.cancel(t, gone));
    trouble(
        Trouble.Reason.NOT_POSSIBLE,
        () -> alice.bench.run(t -> alice.conversations.cancel(t, left)));
    assertThat(alice.texts()).containsExactly("taken back", "left already");
    assertThat(alice.message(gone).state()).isEqualTo(State.FAILED);
    bob.takeAll(alice);
    alice.above(0).forEach(o -> bob.take(alice.card, o.bytes()));
    assertThat(bob.texts()).containsExactly("left already");
    assertThat(bob.held(1)).isEqualTo(2);
  }

  @Test
  void whatIsDeletedForAllBeforeItLeftWasNeverThere() {
    EventId id = alice.write("a secret");
    alice.waiting.add(id);
    alice.delete(id, true);
    assertThat(alice.history()).isEmpty();
    bob.takeAll(alice);
    alice.above(0).forEach(o -> bob.take(alice.card, o.bytes()));
    assertThat(bob.history()).isEmpty();
    assertThat(bob.held(1)).isEqualTo(2);
  }

  @Test
  void pagesGoBackWithoutGapOrRepetition() {
    for (int i = 0; i < 25; i++) {
      alice.write("line " + i);
    }
    List<Shown> last = alice.history(Side.FRIEND, 10);
    assertThat(last).extracting(Shown::text).first().isEqualTo("line 15");
    List<Shown> before =
        alice.bench.read(
            (tx, v) -> alice.conversations.history(tx, v, Side.FRIEND, last.getFirst().id(), 10));
    assertThat(before).extracting(Shown::text).first().isEqualTo("line 5");
    assertThat(before).extracting(Shown::text).last().isEqualTo("line 14");
    trouble(
        Trouble.Reason.UNKNOWN,
        () ->
            alice.bench.read(
                (tx, v) -> alice.conversations.history(tx, v, 0, last.getFirst().id(), 10)));
  }

  @Test
  void aMessageIsFoundByTheBeginningOfItsId() {
    EventId id = alice.write("hello");
    String hex = id.toString();
    for (int digits = 6; digits <= 32; digits++) {
      String prefix = hex.substring(0, digits).toUpperCase(java.util.Locale.ROOT);
      assertThat(alice.message(prefix).id()).isEqualTo(id);
    }
    for (String wrong : List.of(hex.substring(0, 5), hex + "0", "xyzxyz", "")) {
      trouble(Trouble.Reason.MALFORMED, () -> alice.message(wrong));
    }
    String other = (hex.charAt(0) == '0' ? "1" : "0") + hex.substring(1);
    trouble(Trouble.Reason.UNKNOWN, () -> alice.message(other));
  }

  @Test
  void conversationsAreListedByTheirLastLine() {
    alice.friends.put(6L, new Around.Other(Side.hash(3), false));
    alice.write("to bob");
    alice.bench.pass(java.time.Duration.ofSeconds(1));
    alice.write(6, "to carol", null);
    alice.bench.pass(java.time.Duration.ofSeconds(1));
    alice.write("to bob again");
    assertThat(alice.latest(10))
        .extracting(Shown::text)
        .containsExactly("to bob again", "to carol");
    assertThat(alice.latest(1)).extracting(Shown::text).containsExactly("to bob again");
  }

  @Test
  void searchFindsWholeWordsAndABeginningInOneConversationOrAll() {
    alice.friends.put(6L, new Around.Other(Side.hash(3), false));
    alice.write("the red house");
    alice.write(6, "a red car", null);
    assertThat(alice.found("red")).containsExactly("a red car", "the red house");
    assertThat(alice.found("red ho")).containsExactly("the red house");
    assertThat(alice.search("red", 6L)).extracting(Shown::text).containsExactly("a red car");
  }

  @Test
  void aForgottenConversationLeavesNothing() {
    EventId id = alice.write("hello");
    alice.react(id, "👍", true);
    alice.write(0, "mine", null);
    alice.bench.run(t -> alice.conversations.forget(t, Side.FRIEND));
    assertThat(alice.history()).isEmpty();
    assertThat(alice.found("hello")).isEmpty();
    assertThat(alice.history(0, 10)).hasSize(1);
    EventId again = alice.write("again");
    assertThat(alice.message(again).reactions()).isEmpty();
  }

  @Test
  void aNoteIsALineThatNobodyWrote() {
    alice.write("before");
    alice.bench.run(t -> alice.conversations.note(t, Side.FRIEND, Note.SESSION_RENEWED));
    alice.write("after");
    assertThat(alice.history())
        .extracting(Shown::note)
        .containsExactly(null, Note.SESSION_RENEWED, null);
    Shown note = alice.history().get(1);
    assertThat(note.mine()).isFalse();
    assertThat(alice.unread()).isZero();
    alice.delete(note.id(), false);
    assertThat(alice.history()).hasSize(2);
  }

  @Test
  void allOfItSurvivesARestart() {
    EventId id = alice.write("helo");
    alice.edit(id, "hello");
    alice.react(id, "👍", true);
    List<String> before = alice.view();
    alice.bench.reopen();
    assertThat(alice.view()).isEqualTo(before);
    assertThat(alice.found("hello")).containsExactly("hello");
  }
}
