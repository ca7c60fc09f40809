package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Texts;

/** Long histories, lost ones, and what lies on the disk. */
class HistoryTest {
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

  private void fill(int count) {
    alice.bench.run(t -> {
      for (int i = 0; i < count; i++) {
        alice.conversations.write(t, Side.FRIEND, "line " + i, null);
      }
    });
  }

  @Test
  void tenThousandLinesArePagedThroughOnceAndInOrder() {
    fill(10_000);
    bob.takeMany(alice.card, alice.out.reversed());
    List<String> all = new ArrayList<>();
    EventId before = null;
    while (true) {
      EventId end = before;
      List<Shown> page =
          bob.bench.read((tx, v) -> bob.conversations.history(tx, v, Side.FRIEND, end, 137));
      if (page.isEmpty()) {
        break;
      }
      all.addAll(0, page.stream().map(Shown::text).toList());
      before = page.getFirst().id();
    }
    assertThat(all).hasSize(10_000);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo("line " + i);
    }
    assertThat(bob.held(1)).isEqualTo(10_000);
    assertThat(bob.unread()).isEqualTo(10_000);
  }

  @Test
  void everyQuestionThatAPageAsksIsAnsweredByAnIndexAlone() {
    fill(3);
    List<String> questions =
        List.of(
            "SELECT * FROM conversation_event WHERE line = 1 AND talk = 5"
                + " ORDER BY place DESC LIMIT 50",
            "SELECT * FROM conversation_event WHERE line = 1 AND talk = 5 AND place < x'00'"
                + " ORDER BY place DESC LIMIT 50",
            "SELECT * FROM conversation_event WHERE id = x'00'",
            "SELECT * FROM conversation_event WHERE id >= x'00' AND id <= x'01' AND line = 1",
            "SELECT * FROM conversation_event WHERE target = x'00' AND talk = 5 AND kind = 2"
                + " AND author = 0 AND piece = 1 ORDER BY place DESC LIMIT 1",
            "SELECT COUNT(*) AS n FROM conversation_event"
                + " WHERE unread = 1 AND talk = 5 AND line = 1",
            "SELECT * FROM conversation_event WHERE talk = 5 AND author = 0 AND device = 1"
                + " AND sequence > 1 AND sequence > 0 ORDER BY sequence LIMIT 9",
            "SELECT number FROM conversation_reaction WHERE active = 1 AND talk = 5"
                + " AND target = x'00' AND author = 0 ORDER BY place LIMIT 8");
    for (String question : questions) {
      List<String> plan =
          alice.bench.read(
              (tx, v) -> tx.list(r -> r.text("detail"), "EXPLAIN QUERY PLAN " + question));
      assertThat(plan)
          .as(question)
          .allMatch(p -> p.startsWith("SEARCH") && p.contains("USING"))
          .noneMatch(p -> p.contains("TEMP B-TREE"));
    }
  }

  @Test
  void whatOneSideLostIsHandedOverAgainInItsBytes() {
    fill(20);
    alice.delete(alice.history().get(3).id(), true);
    List<Side.Out> first = alice.out.subList(0, 10);
    bob.takeMany(alice.card, first);
    assertThat(bob.held(1)).isEqualTo(10);
    List<Side.Out> again = alice.above(bob.held(1));
    assertThat(again).hasSize(11);
    assertThat(again.getFirst().bytes()).isEqualTo(alice.out.get(10).bytes());
    bob.takeMany(alice.card, again);
    assertThat(bob.view()).isEqualTo(alice.view());
    assertThat(bob.held(1)).isEqualTo(21);
    assertThat(alice.above(21)).isEmpty();
    assertThat(alice.above(10, 3))
        .extracting(o -> o.event().stamp().sequence())
        .startsWith(8L, 9L, 10L, 11L)
        .hasSize(14);
  }

  @Test
  void whoLostEverythingGetsEverythingButWhatWasDeleted() throws IOException {
    fill(5);
    EventId id = alice.history().get(2).id();
    alice.edit(id, "secret edit");
    bob.takeMany(alice.card, alice.out);
    alice.delete(id, true);
    Side anew = new Side(Files.createDirectory(dir.resolve("anew")), 2, 2);
    anew.friends.put(Side.FRIEND, new Around.Other(alice.card, false));
    List<Side.Out> again = alice.above(0);
    assertThat(again)
        .noneMatch(o ->
            new String(o.bytes(), StandardCharsets.ISO_8859_1).contains("secret")
                || new String(o.bytes(), StandardCharsets.ISO_8859_1).contains("line 2"));
    anew.takeMany(alice.card, again);
    assertThat(anew.view()).isEqualTo(alice.view());
    assertThat(anew.held(1)).isEqualTo(7);
    anew.close();
  }

  @Test
  void sequencesThatWereGivenOutTwiceAreNotSaidToBeHeld() throws IOException {
    alice.write("one");
    bob.takeAll(alice);
    alice.bench.close();
    Path home = dir.resolve("alice");
    Path older = Files.createDirectory(dir.resolve("older"));
    try (var files = Files.list(home)) {
      for (Path f : files.toList()) {
        Files.copy(f, older.resolve(f.getFileName()));
      }
    }
    alice.bench.reopen();
    alice.write("two, lost");
    alice.write("three, lost");
    bob.takeAll(alice);
    assertThat(bob.held(1)).isEqualTo(3);
    Side back = new Side(older, 1, 1);
    back.friends.put(Side.FRIEND, new Around.Other(bob.card, false));
    back.bench.random().nextLong(); // else the very same ids would be drawn again
    back.write("two"); // before anybody told it that it went back
    bob.takeAll(back);
    assertThat(bob.held(1)).isEqualTo(1);
    assertThat(back.above(bob.held(1))).hasSize(1);
    back.close();
  }

  @Test
  void anOlderDiskGoesOnCountingBehindWhatTheOtherSideHas() throws IOException {
    alice.write("one");
    bob.takeAll(alice);
    alice.bench.close();
    Path home = dir.resolve("alice");
    Path older = Files.createDirectory(dir.resolve("older"));
    try (var files = Files.list(home)) {
      for (Path f : files.toList()) {
        Files.copy(f, older.resolve(f.getFileName()));
      }
    }
    alice.bench.reopen();
    alice.write("two, lost");
    alice.write("three, lost");
    bob.takeAll(alice);
    Side back = new Side(older, 1, 1);
    back.friends.put(Side.FRIEND, new Around.Other(bob.card, false));
    back.bench.random().nextLong(); // else the very same ids would be drawn again
    assertThat(back.above(bob.held(1))).isEmpty();
    back.write("four");
    assertThat(back.out.getFirst().event().stamp().sequence()).isEqualTo(4);
    bob.takeAll(back);
    assertThat(bob.held(1)).isEqualTo(4);
    assertThat(bob.texts()).contains("four").hasSize(4);
    back.close();
  }

  @Test
  void aNewDeviceOfOursHandsOverWhatTheOldOneCouldNot() throws IOException {
    EventId one = alice.write("one");
    bob.takeAll(alice);
    bob.write("seen");
    alice.takeAll(bob);
    alice.write("two");
    alice.write("three");
    // A backup of the first device, on a new one: the first is in no list any more.
    Side next = new Side(Files.createDirectory(dir.resolve("next")), 1, 2);
    next.friends.put(Side.FRIEND, new Around.Other(bob.card, false));
    next.takeMany(alice.card, alice.everything());
    bob.out.clear();
    next.takeMany(bob.card, bob.everything());
    List<Side.Out> again = next.above(0);
    assertThat(again).extracting(o -> o.event().stamp().sequence()).containsExactly(2L, 3L);
    assertThat(next.history())
        .extracting(Shown::state)
        .containsExactly(State.DELIVERED, State.RECEIVED, State.SENT, State.SENT);
    bob.takeMany(alice.card, again);
    assertThat(bob.texts()).containsExactly("one", "seen", "two", "three");
    assertThat(next.message(one).text()).isEqualTo("one");
    next.close();
  }

  @Test
  void theBytesOfADeletedTextAreGone() {
    EventId id = alice.write("a secret word");
    EventId longer = alice.write("secret ".repeat(9_000));
    alice.edit(id, "another secret");
    alice.edit(longer, "more secret ".repeat(5_000));
    bob.takeAll(alice);
    alice.delete(id, true);
    alice.delete(longer, true);
    bob.takeAll(alice);
    assertThat(alice.contents()).noneMatch(c -> c.contains("secret"));
    assertThat(bob.contents()).noneMatch(c -> c.contains("secret"));
  }

  @Test
  void nothingThatAPersonWroteLiesOnTheDiskInClear() throws IOException {
    EventId id = alice.write("plantedtext");
    alice.edit(id, "planted edit");
    alice.react(id, "plantedemoji", true);
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "planted draft"));
    alice.write("planted ".repeat(8_000));
    try (var files = Files.list(dir.resolve("alice"))) {
      for (Path f : files.toList()) {
        assertThat(new String(Files.readAllBytes(f), StandardCharsets.ISO_8859_1))
            .as(f.toString())
            .doesNotContain("planted")
            .doesNotContain(new String(alice.card.bytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain(new String(bob.card.bytes(), StandardCharsets.ISO_8859_1));
      }
    }
  }

  @Test
  void underANewKeyEverythingIsThereAndGoesOn() throws Exception {
    EventId id = alice.write("helo");
    alice.edit(id, "hello");
    alice.react(id, "👍", true);
    EventId longer = alice.write("x".repeat(Texts.MAX));
    alice.write("deleted soon");
    alice.delete(alice.history().getLast().id(), true);
    bob.takeAll(alice);
    bob.write("answer");
    alice.takeAll(bob);
    alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "draft"));
    alice.bench.run(t -> alice.conversations.note(t, Side.FRIEND, Note.MET));
    List<String> before = alice.view();
    alice.bench.store().setPassphrase(null, "open".getBytes(StandardCharsets.UTF_8));
    assertThat(alice.view()).isEqualTo(before);
    assertThat(alice.draft()).isEqualTo("draft");
    assertThat(alice.found("hello")).containsExactly("hello");
    assertThat(alice.found("deleted")).isEmpty();
    assertThat(alice.message(longer).text()).hasSize(Texts.MAX);
    alice.react(id, "👍", false);
    assertThat(alice.message(id).reactions()).isEmpty();
    bob.write("and on");
    alice.takeAll(bob);
    bob.takeAll(alice);
    assertThat(alice.texts()).endsWith("answer", "and on");
    assertThat(alice.view()).isEqualTo(bob.view());
  }
}
