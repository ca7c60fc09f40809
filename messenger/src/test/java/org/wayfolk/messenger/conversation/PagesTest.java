package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.conversation.Brief.Choice;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.Trouble;

/** What a page of a conversation and the list of conversations show. */
class PagesTest {
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

  private static <T> T look(Side side, Function<Reading, T> question) {
    return side.bench.read((tx, v) -> question.apply(side.conversations.reading(tx, v)));
  }

  private List<EventId> lines(int count) {
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(alice.write("line " + i));
    }
    return ids;
  }

  private Page page(Window window, int count) {
    return look(alice, r -> r.page(Side.FRIEND, window, count));
  }

  private static List<String> texts(Page page) {
    return page.lines().stream().map(l -> l.shown().text()).toList();
  }

  @Test
  void aWindowSaysWhetherThereIsMoreOnEitherSide() {
    List<EventId> ids = lines(10);
    Page newest = page(new Window.Newest(), 3);
    assertThat(texts(newest)).containsExactly("line 7", "line 8", "line 9");
    assertThat(List.of(newest.start(), newest.end())).containsExactly(false, true);

    Page before = page(new Window.Before(ids.get(3)), 3);
    assertThat(texts(before)).containsExactly("line 0", "line 1", "line 2");
    assertThat(List.of(before.start(), before.end())).containsExactly(true, false);

    Page after = page(new Window.After(ids.get(3)), 3);
    assertThat(texts(after)).containsExactly("line 4", "line 5", "line 6");
    assertThat(List.of(after.start(), after.end())).containsExactly(false, false);

    Page last = page(new Window.After(ids.get(6)), 3);
    assertThat(texts(last)).containsExactly("line 7", "line 8", "line 9");
    assertThat(last.end()).isTrue();
    assertThat(page(new Window.After(ids.get(9)), 3)).isEqualTo(new Page(List.of(), false, true));
    assertThat(page(new Window.Before(ids.get(0)), 3)).isEqualTo(new Page(List.of(), true, false));
  }

  @Test
  void aLineStandsInTheMidstOfThoseAroundItAndTheEndsAreFilledUp() {
    List<EventId> ids = lines(10);
    Page middle = page(new Window.Around(ids.get(5)), 4);
    assertThat(texts(middle)).containsExactly("line 3", "line 4", "line 5", "line 6");
    assertThat(List.of(middle.start(), middle.end())).containsExactly(false, false);
    Page first = page(new Window.Around(ids.get(0)), 4);
    assertThat(texts(first)).containsExactly("line 0", "line 1", "line 2", "line 3");
    assertThat(List.of(first.start(), first.end())).containsExactly(true, false);
    Page last = page(new Window.Around(ids.get(9)), 4);
    assertThat(texts(last)).containsExactly("line 6", "line 7", "line 8", "line 9");
    assertThat(List.of(last.start(), last.end())).containsExactly(false, true);
    Page all = page(new Window.Around(ids.get(4)), 100);
    assertThat(all.lines()).hasSize(10);
    assertThat(List.of(all.start(), all.end())).containsExactly(true, true);
    assertThat(texts(page(new Window.Around(ids.get(4)), 1))).containsExactly("line 4");
  }

  @Test
  void aWindowAroundALineOfAnotherConversationIsNoWindow() {
    EventId note = alice.write(0, "a note", null);
    assertThatThrownBy(() -> page(new Window.Around(note), 5)).isInstanceOf(Trouble.class);
  }

  @Test
  void pagesInBothDirectionsShowEveryLineOnce() {
    List<EventId> ids = lines(25);
    List<String> all = new ArrayList<>(texts(page(new Window.Around(ids.get(12)), 5)));
    Page page = page(new Window.Before(ids.get(10)), 5);
    while (!page.lines().isEmpty()) {
      all.addAll(0, texts(page));
      page = page(new Window.Before(page.lines().getFirst().shown().id()), 5);
    }
    page = page(new Window.After(ids.get(14)), 5);
    while (!page.lines().isEmpty()) {
      all.addAll(texts(page));
      page = page(new Window.After(page.lines().getLast().shown().id()), 5);
    }
    assertThat(all).hasSize(25).isEqualTo(texts(page(new Window.Newest(), 100)));
  }

  @Test
  void aReplyQuotesTheBeginningOfWhatItAnswers() {
    EventId first = alice.write("\uD83D\uDE00".repeat(200));
    EventId second = alice.write(Side.FRIEND, "yes", first);
    Line.Quote quote = Objects.requireNonNull(look(alice, r -> r.line(second)).reply());
    assertThat(quote.text()).isEqualTo("\uD83D\uDE00".repeat(Line.MAX_QUOTED));
    assertThat(quote.from()).isZero();
    alice.delete(first, true);
    assertThat(look(alice, r -> r.line(second)).reply())
        .isEqualTo(new Line.Quote(first, 0, "", true));
    alice.delete(first, false);
    assertThat(look(alice, r -> r.line(second)).reply()).isNull();
  }

  @Test
  void everyTextThatAMessageHadIsToldUntilItIsDeleted() {
    EventId id = alice.write("one");
    alice.edit(id, "two");
    String whole = "three ".repeat(9_000).strip();
    alice.edit(id, whole);
    bob.takeAll(alice);
    for (Side side : List.of(alice, bob)) {
      assertThat(look(side, r -> r.versions(id)).stream().map(Version::text))
          .containsExactly("one", "two", whole);
    }
    alice.delete(id, true);
    bob.takeAll(alice);
    for (Side side : List.of(alice, bob)) {
      List<Version> left = look(side, r -> r.versions(id));
      assertThat(left).isEmpty();
    }
  }

  // ---- sent once

  private EventId once(String text, int key) {
    byte[] bytes = new byte[SentKeys.BYTES];
    bytes[3] = (byte) key;
    return alice.bench.turn(t -> alice.conversations.write(t, Side.FRIEND, text, null, bytes));
  }

  @Test
  void whoAsksAgainUnderTheSameKeySendsNothingTwice() {
    EventId first = once("hello", 1);
    assertThat(once("hello", 1)).isEqualTo(first);
    assertThat(once("other words", 1)).isEqualTo(first);
    EventId second = once("hello", 2);
    assertThat(second).isNotEqualTo(first);
    bob.takeAll(alice);
    assertThat(texts(look(bob, r -> r.page(Side.FRIEND, new Window.Newest(), 9))))
        .containsExactly("hello", "hello");
    assertThat(look(alice, r -> r.line(first)).key()).isEqualTo("00000001" + "0".repeat(24));
    EventId without = alice.write("no key");
    assertThat(look(alice, r -> r.line(without)).key()).isNull();
  }

  @Test
  void aKeyIsKeptForThirtyDaysAndItsMessageForEver() {
    EventId first = once("hello", 1);
    alice.bench.pass(Duration.ofMillis(SentKeys.KEPT_MILLIS));
    alice.bench.reopen();
    alice.bench.run(alice.conversations::tidy);
    assertThat(once("hello", 1)).isEqualTo(first);
    alice.bench.pass(Duration.ofMillis(1));
    alice.bench.run(alice.conversations::tidy);
    assertThat(once("hello", 1)).isNotEqualTo(first);
    assertThat(page(new Window.Newest(), 9).lines()).hasSize(2);
  }

  @Test
  void whatCouldNotBeSentLeavesNoKey() {
    assertThatThrownBy(() -> once(" ", 1)).isInstanceOf(Trouble.class);
    assertThat(page(new Window.Newest(), 9).lines()).isEmpty();
    once("now", 1);
    assertThat(texts(page(new Window.Newest(), 9))).containsExactly("now");
  }

  // ---- the list

  private void friends(int count) {
    for (long n = 100; n < 100 + count; n++) {
      alice.friends.put(n, new Around.Other(Side.hash((int) n), false));
    }
    alice.bench.run(alice.conversations::tidy);
  }

  private List<Long> list(@Nullable Long after, int count) {
    return look(alice, r -> r.list(after, count)).stream().map(Brief::friend).toList();
  }

  @Test
  void theListShowsPinnedOnesFirstAndThenTheNewest() {
    friends(4);
    alice.write(101, "a", null);
    alice.write(103, "b", null);
    alice.write(0, "c", null);
    alice.write(101, "d", null);
    assertThat(list(null, 10)).containsExactly(101L, 0L, 103L, 102L, 100L, Side.FRIEND);
    alice.bench.run(t -> alice.conversations.choose(t, 102, Choice.PINNED, true));
    alice.bench.run(t -> alice.conversations.choose(t, 103, Choice.PINNED, true));
    assertThat(list(null, 10)).containsExactly(103L, 102L, 101L, 0L, 100L, Side.FRIEND);
    List<Long> paged = new ArrayList<>();
    Long after = null;
    for (List<Long> some = list(after, 2); !some.isEmpty(); some = list(after, 2)) {
      paged.addAll(some);
      after = some.getLast();
    }
    assertThat(paged).containsExactly(103L, 102L, 101L, 0L, 100L, Side.FRIEND);
  }

  @Test
  void aRowHasTheLastLineTheDraftTheChoicesAndWhereToReadOn() {
    EventId first = bob.write("one");
    bob.write("two");
    alice.takeAll(bob);
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "I was"));
    alice.bench.run(t -> alice.conversations.choose(t, Side.FRIEND, Choice.MUTED, true));
    alice.bench.run(t -> alice.conversations.choose(t, Side.FRIEND, Choice.ARCHIVED, true));
    Brief brief = look(alice, r -> r.brief(Side.FRIEND));
    assertThat(brief.unread()).isEqualTo(2);
    assertThat(brief.firstUnread()).isEqualTo(first);
    assertThat(brief.draft()).isEqualTo("I was");
    assertThat(brief.choices()).isEqualTo(new Brief.Choices(true, false, true));
    Shown last = Objects.requireNonNull(brief.last()).shown();
    assertThat(last.text()).isEqualTo("two");
    assertThat(look(alice, Reading::unread)).as("muted ones do not count").isZero();
    alice.bench.run(t -> alice.conversations.choose(t, Side.FRIEND, Choice.MUTED, false));
    assertThat(look(alice, Reading::unread)).isEqualTo(1);
    alice.read(last.id());
    assertThat(look(alice, Reading::unread)).isZero();
    assertThat(look(alice, r -> r.brief(Side.FRIEND)).firstUnread()).isNull();
  }

  @Test
  void aDraftOrAChoiceIsNewsOnlyIfItIsAnother() {
    alice.bench.news.clear();
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "I was"));
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "I was"));
    alice.bench.run(t -> alice.conversations.choose(t, Side.FRIEND, Choice.PINNED, true));
    alice.bench.run(t -> alice.conversations.choose(t, Side.FRIEND, Choice.PINNED, true));
    assertThat(alice.bench.news)
        .containsExactly(new Touched(Side.FRIEND), new Touched(Side.FRIEND));
  }

  @Test
  void theListIsReadByItsIndexAlone() {
    List<String> questions =
        List.of(
            "SELECT number, muted FROM conversation_talk"
                + " ORDER BY pinned DESC, latest DESC, number DESC LIMIT 9",
            "SELECT number, muted FROM conversation_talk WHERE (pinned, latest, number) < (1, 2, 3)"
                + " ORDER BY pinned DESC, latest DESC, number DESC LIMIT 9",
            "SELECT number FROM conversation_talk WHERE latest > 0"
                + " ORDER BY latest DESC, number DESC",
            "SELECT id FROM conversation_event INDEXED BY conversation_event_new"
                + " WHERE unread = 1 AND line = 1 AND talk = 1"
                + " ORDER BY place LIMIT 1");
    for (String question : questions) {
      List<String> plan =
          alice.bench.read(
              (tx, v) -> tx.list(r -> r.text("detail"), "EXPLAIN QUERY PLAN " + question));
      assertThat(plan)
          .as(question)
          .allMatch(p -> p.contains("USING"))
          .noneMatch(p -> p.contains("TEMP B-TREE"));
    }
  }
}
