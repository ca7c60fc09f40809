package org.wayfolk.messenger.keep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.conversation.Note;
import org.wayfolk.messenger.conversation.Shown;
import org.wayfolk.messenger.conversation.State;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.people.Friend;
import org.wayfolk.messenger.people.Me;
import org.wayfolk.messenger.people.People;
import org.wayfolk.messenger.work.Bench;

final class ExportTest {

  @TempDir Path dir;

  private static Shown line(long friend, long number, String text, @Nullable Note note) {
    return new Shown(
        new EventId(friend, number),
        friend,
        note == null && number % 2 == 0 ? friend : 0,
        1_000 + number,
        2_000 + number,
        text,
        number % 2 == 0 ? State.RECEIVED : State.DELIVERED,
        note,
        false,
        false,
        number == 3 ? new EventId(friend, 2) : null,
        number == 3
            ? List.of(new Shown.Reaction(friend, "👍"), new Shown.Reaction(0, "\""))
            : List.of(),
        new byte[0]);
  }

  private static Export.Lines of(List<Shown> all) {
    return (friend, before, count) -> {
      List<Shown> its = all.stream().filter(l -> l.conversation() == friend).toList();
      int end = its.size();
      for (int i = 0; i < its.size(); i++) {
        if (its.get(i).id().equals(before)) {
          end = i;
        }
      }
      return its.subList(Math.max(0, end - count), end);
    };
  }

  private List<JsonNode> exported(Export.Lines lines) throws IOException {
    byte[] seed = new byte[32];
    People people = new People(Identity.ofSeed(seed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Bench bench = new Bench(dir, 1, people)) {
      Me me = bench.turn(people::me);
      Friend friend = new Friend(7, me.claim(), "Bob \"the\" \\ ", me.devices(), false, 5, 0, 9);
      Export.write(out, me, List.of(friend), lines);
    }
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      nodes.add(new ObjectMapper().readTree(line));
    }
    return nodes;
  }

  @Test
  void eachLineIsAnObjectOfItsOwnWithEverythingThatIsShown() throws Exception {
    String text = "привет\n\"quoted\" \\ \u0001 \u2028 😀";
    List<JsonNode> nodes =
        exported(
            of(List.of(line(7, 2, "two", null), line(7, 3, text, null), line(7, 4, "", Note.MET))));
    assertThat(nodes).hasSize(5);
    assertThat(nodes.get(0).path("type").asText()).isEqualTo("me");
    assertThat(nodes.get(0).path("card").asText()).hasSize(64);
    assertThat(nodes.get(1).path("name").asText()).isEqualTo("Bob \"the\" \\ ");
    assertThat(nodes.get(1).path("verified").asBoolean()).isTrue();
    assertThat(nodes.get(2).path("from").asText()).isEqualTo("Bob \"the\" \\ ");
    assertThat(nodes.get(2).path("state").asText()).isEqualTo("received");
    JsonNode third = nodes.get(3);
    assertThat(third.path("text").asText()).isEqualTo(text);
    assertThat(third.path("from").asText()).isEqualTo("me");
    assertThat(third.path("at").asLong()).isEqualTo(1_003);
    assertThat(third.path("received").asLong()).isEqualTo(2_003);
    assertThat(third.path("replyTo").asText()).isEqualTo(nodes.get(2).path("message").asText());
    assertThat(third.path("reactions").path(0).path("emoji").asText()).isEqualTo("👍");
    assertThat(third.path("reactions").path(1).path("from").asText()).isEqualTo("me");
    assertThat(nodes.get(4).path("type").asText()).isEqualTo("note");
    assertThat(nodes.get(4).path("note").asText()).isEqualTo("met");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Export.PAGE - 1, Export.PAGE, Export.PAGE + 1, 3 * Export.PAGE, 1_777})
  void theLinesOfAConversationStandOldestFirstHoweverManyThereAre(int count) throws Exception {
    List<Shown> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(line(i % 2 == 0 ? 7 : 0, i, "text " + i, null));
    }
    List<String> wanted = new ArrayList<>();
    all.stream().filter(l -> l.conversation() == 0).forEach(l -> wanted.add(l.text()));
    all.stream().filter(l -> l.conversation() == 7).forEach(l -> wanted.add(l.text()));
    List<JsonNode> nodes = exported(of(all));
    assertThat(nodes.subList(2, nodes.size()).stream().map(n -> n.path("text").asText()).toList())
        .isEqualTo(wanted);
  }
}
