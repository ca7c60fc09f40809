package org.wayfolk.daemon.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.daemon.people.Person.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Failure;

/** Two nodes in this process: what each side's page is told. */
final class TwoPeopleTest {
  @TempDir Path dir;

  private Person person(String name) throws Exception {
    Person p = new Person(Files.createDirectory(dir.resolve(name)));
    p.ask("me", "name", name);
    return p;
  }

  @Test
  void twoPagesSeeEachOthersWordsAsTheyGo() throws Exception {
    try (Person anna = person("anna");
        Person ben = person("ben");
        Person.Follower annas = anna.follow();
        Person.Follower bens = ben.follow()) {
      Person.meet(anna, "Anna", ben, "Ben");
      ObjectNode met = annas.await("met");
      assertThat(met.path("name").asText()).isEqualTo("Ben");
      assertThat(met.path("invitation").asLong()).isPositive();
      String card = met.path("card").asText();
      assertThat(card).matches("[0-9a-f]{64}");

      ObjectNode sent =
          anna.ask("send", object("who", card, "text", "are you there?").put("wait", false));
      String id = sent.path("message").asText();
      ObjectNode got = bens.await(e -> e.path("text").asText().equals("are you there?"));
      assertThat(got.path("kind").asText()).isEqualTo("message");
      assertThat(got.path("message").asText()).isEqualTo(id);
      assertThat(got.path("mine").asBoolean()).isFalse();
      ObjectNode row = bens.await(e -> e.path("unread").asInt() == 1);
      assertThat(row.path("kind").asText()).isEqualTo("chat");
      assertThat(row.path("firstUnread").asText()).isEqualTo(id);
      assertThat(row.path("unreadChats").asInt()).isEqualTo(1);
      ObjectNode delivered =
          annas.await(e ->
              e.path("kind").asText().equals("progress")
                  && e.path("state").asText().equals("delivered"));
      assertThat(delivered.path("message").asText()).isEqualTo(id);
      assertThat(delivered.path("card").asText()).isEqualTo(card);
      assertThat(delivered.path("deliveries").size()).isEqualTo(1);

      JsonNode way = anna.ask("ways", "who", card).path("ways").path(0);
      assertThat(way.path("way").asText()).isEqualTo("direct");
      assertThat(anna.ask("ways").path("ways").path(0).path("card").asText()).isEqualTo(card);

      ben.ask("read", object("who", got.path("card").asText(), "message", id));
      ObjectNode read = annas.await(e -> e.path("state").asText().equals("read"));
      assertThat(read.path("message").asText()).isEqualTo(id);
      assertThat(bens.await(e -> e.path("unread").asInt(-1) == 0).path("kind").asText())
          .isEqualTo("chat");

      anna.ask("contact", "who", card, "act", "mute");
      ObjectNode muted = annas.await(e -> e.path("contact").path("muted").asBoolean());
      assertThat(muted.path("kind").asText()).isEqualTo("contact");
      anna.ask("contact", object("who", card, "act", "remove"));
      assertThat(annas.await("removed").path("card").asText()).isEqualTo(card);
    }
  }

  @Test
  void whoIsAwayIsSaidToBeSoAndARetryGoesAtOnce() throws Exception {
    try (Person anna = person("anna")) {
      String card;
      try (Person ben = person("ben")) {
        Person.meet(anna, "Anna", ben, "Ben");
        card = anna.ask("contacts").path("contacts").path(0).path("card").asText();
      }
      String id =
          anna.ask("send", object("who", card, "text", "hello?").put("wait", false))
              .path("message")
              .asText();
      anna.await(
          "ways",
          object("who", card),
          w -> w.path("ways").path(0).path("way").asText().equals("away"));
      int tries = tries(anna, id);
      anna.ask("retry", "message", id);
      anna.await("truth", object("message", id), t -> tries(t) > tries);
    }
  }

  @Test
  void whoComesBackFromTheWordsAloneIsTheSamePersonToWhoeverMeetsThemAgain() throws Exception {
    try (Person ben = person("ben");
        Person again = person("again")) {
      String words;
      try (Person anna = person("anna")) {
        Person.meet(anna, "Anna", ben, "Ben");
        words = anna.ask("me", object().put("words", true)).path("words").toString();
        String bens = anna.ask("contacts").path("contacts").path(0).path("card").asText();
        String id =
            anna.ask("send", object("who", bens, "text", "before").put("wait", false))
                .path("message")
                .asText();
        anna.await(
            "truth", object("message", id), t -> t.path("state").asText().equals("delivered"));
      }
      JsonNode before = ben.ask("contacts").path("contacts").path(0);
      Failure swapped =
          again.refused("recover", object("words", words.replaceFirst("[a-z]+", "zoo")));
      assertThat(swapped.what()).contains("together they are not right");

      ObjectNode me = again.ask("recover", "words", words, "name", "Anna");
      assertThat(me.path("card").asText()).isEqualTo(before.path("card").asText());
      String link = ben.ask("invite").path("link").asText();
      again.ask("accept", "invitation", link, "as", "Ben");

      again.ask("send", "who", "Ben", "text", "it is me again");
      ObjectNode lines =
          ben.await(
              "history",
              object("who", "Anna"),
              h -> h.path("messages").toString().contains("it is me again"));
      assertThat(lines.path("messages").toString()).contains("before");
      assertThat(ben.ask("contacts").path("contacts").size()).isEqualTo(1);
      ObjectNode back = ben.ask("send", "who", "Anna", "text", "good to see you");
      assertThat(back.path("outcome").asText()).isEqualTo("delivered");
      assertThat(again.refused("recover", object("words", words)).what())
          .contains("friends already");
    }
  }

  private static int tries(Person p, String id) throws Exception {
    return tries(p.ask("truth", "message", id));
  }

  private static int tries(ObjectNode truth) {
    return truth.path("deliveries").path(0).path("tries").asInt();
  }
}
