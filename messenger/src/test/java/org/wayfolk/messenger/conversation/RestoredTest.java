package org.wayfolk.messenger.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.keep.Backup;
import org.wayfolk.store.SearchIndex;

/** Conversations in a home that was made of a backup. */
class RestoredTest {
  private static final byte[] PASS = "correct horse".getBytes(StandardCharsets.UTF_8);

  @TempDir Path dir;

  private Path home(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  @Test
  void everythingThatWasShownIsShownAndTheConversationGoesOn() throws Exception {
    try (Side bob = new Side(home("bob"), 2, 1)) {
      List<String> seen;
      EventId answered;
      try (Side alice = new Side(home("alice"), 1, 1)) {
        Side.meet(alice, bob);
        EventId first = alice.write("the harbour at noon");
        EventId long1 = alice.write("long ".repeat(12_000));
        EventId gone = alice.write("never mind");
        bob.takeAll(alice);
        answered = bob.write(Side.FRIEND, "which harbour", first);
        bob.react(first, "👍", true);
        alice.takeAll(bob);
        alice.edit(first, "the old harbour at noon");
        alice.delete(gone, true);
        alice.react(answered, "🤔", true);
        alice.bench.run(t -> alice.conversations.draft(t, Side.FRIEND, "half a thou"));
        alice.bench.run(t -> alice.conversations.tellRead(t, false));
        bob.takeAll(alice);
        assertThat(alice.pieces(long1)).hasSizeGreaterThan(1);
        seen = alice.view();
        assertThat(seen).isEqualTo(bob.view());
        Backup.write(alice.bench.store(), dir.resolve("b"), PASS, new SplittableRandom(1), 7);
      }

      SearchIndex search = new SearchIndex();
      Path restored = home("restored");
      Backup.restore(
          dir.resolve("b"),
          PASS,
          restored.resolve("wayfolk.db"),
          List.of(new Tables(search), search),
          new SplittableRandom(2));
      try (Side alice = new Side(restored, 1, 2)) {
        alice.friends.put(Side.FRIEND, new Around.Other(bob.card, false));
        assertThat(alice.view()).isEqualTo(seen);
        assertThat(alice.found("old harb")).containsExactly("the old harbour at noon");
        assertThat(alice.found("never")).isEmpty();
        assertThat(alice.draft()).isEqualTo("half a thou");
        boolean tells = alice.bench.read(alice.conversations::tellsRead);
        assertThat(tells).isFalse();
        assertThat(alice.held(1))
            .isEqualTo(bob.bench.turn(t -> bob.conversations.given(t, Side.FRIEND)));
        alice.write(Side.FRIEND, "on my new machine", answered);
        bob.takeAll(alice);
        bob.write("good");
        alice.takeAll(bob);
        assertThat(alice.view()).isEqualTo(bob.view()).hasSize(seen.size() + 2);
      }
    }
  }
}
