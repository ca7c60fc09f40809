package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Texts;

/** Whatever the order and the repetitions in which events arrive, all devices show the same. */
class OrderTest {
  private static final String[] EMOJI = {"👍", "🎉", "❤"};

  @TempDir Path dir;

  private Side side(String name, int person, int device) throws IOException {
    return new Side(Files.createDirectory(dir.resolve(name)), person, device);
  }

  /** One of the things that people do to what they see. */
  private static void act(Side side, Random random) {
    List<Shown> seen = side.history();
    List<Shown> ours = seen.stream().filter(s -> s.mine() && !s.deleted()).toList();
    List<Shown> there = seen.stream().filter(s -> !s.deleted()).toList();
    int what = there.isEmpty() ? 0 : random.nextInt(12);
    switch (what) {
      case 0, 1, 2, 3, 4 -> {
        EventId reply = there.isEmpty() || what < 4 ? null : pick(there, random).id();
        side.write(Side.FRIEND, "text " + random.nextInt(1_000), reply);
      }
      case 5 -> side.write("long ".repeat(9_000));
      case 6, 7 -> {
        if (!ours.isEmpty()) {
          String text = random.nextInt(3) == 0 ? "x".repeat(Texts.MAX) : "edit " + random.nextInt();
          side.edit(pick(ours, random).id(), text);
        }
      }
      case 8 -> {
        if (!ours.isEmpty()) {
          side.delete(pick(ours, random).id(), true);
        }
      }
      default ->
          side.react(
              pick(there, random).id(),
              EMOJI[random.nextInt(EMOJI.length)],
              random.nextInt(3) != 0);
    }
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** Some of what was sent, in any order, some of it twice. */
  private static void someArrives(Side to, Side from, List<Side.Out> sent, Random random) {
    List<Side.Out> some = new ArrayList<>();
    for (int i = 0; i < sent.size() / 3; i++) {
      some.add(pick(sent, random));
    }
    to.takeMany(from.card, some);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderAndRepetitionOfEventsShowsTheSameEverywhere(long seed) throws IOException {
    Random random = new Random(seed);
    Side alice = side("alice", 1, 1);
    Side bob = side("bob", 2, 1);
    Side.meet(alice, bob);
    for (int i = 0; i < 60; i++) {
      act(random.nextBoolean() ? alice : bob, random);
      alice.bench.pass(Duration.ofSeconds(1));
      bob.bench.pass(Duration.ofSeconds(1));
      if (i % 8 == 0) {
        someArrives(bob, alice, alice.out, random);
        someArrives(alice, bob, bob.out, random);
      }
    }
    bob.takeMany(alice.card, shuffled(alice.out, random));
    alice.takeMany(bob.card, shuffled(bob.out, random));
    assertThat(alice.view()).isEqualTo(bob.view()).isNotEmpty();

    // A third device that was not there gets everything at once, mixed.
    Side second = side("second", 2, 2);
    second.friends.put(Side.FRIEND, new Around.Other(alice.card, false));
    List<Side.Out> all = new ArrayList<>(shuffled(alice.out, random));
    all.addAll(shuffled(bob.out, random));
    Collections.shuffle(all, random);
    second.bench.run(t ->
        all.forEach(o -> {
          boolean own = o.event().author().card().equals(bob.card);
          second.conversations.accept(
              t, own ? 0 : Side.FRIEND, own ? bob.card : alice.card, o.bytes());
        }));
    assertThat(second.view()).isEqualTo(bob.view());
    assertThat(alice.held(1)).isPositive();
    assertThat(bob.held(1)).isEqualTo(second.held(1)).isPositive();
    for (Side side : List.of(alice, bob, second)) {
      List<String> found = side.found("edit");
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              side.texts().stream().filter(t -> t.startsWith("edit")).toList());
      side.close();
    }
  }

  private static List<Side.Out> shuffled(List<Side.Out> sent, Random random) {
    List<Side.Out> all = new ArrayList<>(sent);
    for (int i = 0; i < sent.size() / 4; i++) {
      all.add(pick(sent, random));
    }
    Collections.shuffle(all, random);
    return all;
  }
}
