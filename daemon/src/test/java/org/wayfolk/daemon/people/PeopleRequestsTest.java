package org.wayfolk.daemon.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wayfolk.daemon.people.Person.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Json;

/** What a page asks about one's own home: notes to oneself stand for conversations. */
final class PeopleRequestsTest {
  private static final String KEY = "00112233445566778899aabbccddeeff";

  @TempDir Path dir;
  private Person anna;

  @BeforeEach
  void start() throws Exception {
    anna = new Person(dir);
  }

  @AfterEach
  void end() {
    anna.close();
  }

  private static ObjectNode note(String text) {
    return object("who", "me", "text", text).put("wait", false);
  }

  private String write(String text) throws Exception {
    return anna.ask("send", note(text)).path("message").asText();
  }

  private static List<String> texts(ObjectNode answer) {
    List<String> texts = new ArrayList<>();
    answer.path("messages").forEach(m -> texts.add(m.path("text").asText()));
    return texts;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void questionsOfAPageMakeNoStore() throws Exception {
    assertThat(anna.ask("people.state").toString())
        .isEqualTo("{\"state\":\"none\",\"passphrase\":false}");
    assertThat(anna.ask("settings").toString()).isEqualTo("{\"settings\":{\"tellRead\":true}}");
    assertThat(anna.ask("ways").path("ways")).isEmpty();
    assertThat(anna.ask("storage").path("storeBytes").asLong()).isZero();
    try (Person.Follower follower = anna.follow()) {
      assertThat(Files.exists(dir.resolve("wayfolk.db"))).isFalse();
      anna.ask("me", "name", "Anna");
      assertThat(follower.await("lock").path("state").asText()).isEqualTo("open");
    }
    assertThat(anna.ask("people.state").toString())
        .isEqualTo("{\"state\":\"open\",\"passphrase\":false,\"name\":\"Anna\"}");
  }

  @Test
  void whatIsSentUnderAKeyIsSentOnceAlsoAfterARestart() throws Exception {
    ObjectNode first = anna.ask("send", note("hello").put("key", KEY));
    JsonNode line = first.path("line");
    assertThat(line.path("key").asText()).isEqualTo(KEY);
    assertThat(line.path("card").asText()).isEqualTo("me");
    assertThat(line.path("mine").asBoolean()).isTrue();
    assertThat(anna.ask("send", note("hello").put("key", KEY))).isEqualTo(first);
    anna.close();
    anna = new Person(dir);
    assertThat(anna.ask("send", note("hello").put("key", KEY))).isEqualTo(first);
    assertThat(texts(anna.ask("history", "who", "me"))).containsExactly("hello");
    anna.ask("delete", object("message", first.path("message").asText()));
    assertThat(anna.ask("send", note("hello").put("key", KEY)).toString())
        .isEqualTo("{\"message\":" + first.path("message") + "}");
    assertThat(anna.refused("send", note("x").put("key", "zz")).exit().code()).isEqualTo(2);
  }

  @Test
  void historyGoesBothWaysAndSaysWhereItEnds() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ids.add(write("n" + i));
    }
    ObjectNode around =
        anna.ask("history", object("who", "me", "around", ids.get(4)).put("count", 3));
    assertThat(texts(around)).containsExactly("n3", "n4", "n5");
    assertThat(around.path("start").asBoolean() || around.path("end").asBoolean()).isFalse();
    ObjectNode after =
        anna.ask("history", object("who", "me", "after", ids.get(6)).put("count", 3));
    assertThat(texts(after)).containsExactly("n7", "n8");
    assertThat(after.path("end").asBoolean()).isTrue();
    ObjectNode before =
        anna.ask("history", object("who", "me", "before", ids.get(1)).put("count", 3));
    assertThat(texts(before)).containsExactly("n0");
    assertThat(before.path("start").asBoolean()).isTrue();
    assertThat(anna.refused("history", object("who", "me", "after", "00".repeat(16))).reason())
        .isEqualTo("unknown");
  }

  @Test
  void ofTextsThatAreTooLongForOneAnswerTheNearestStayAndTheFlagsSayThatThereIsMore()
      throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(write("long " + i + " " + (i % 2 == 0 ? "x" : "\u0007").repeat(60_000)));
    }
    ObjectNode newest = anna.ask("history", object("who", "me").put("count", 40));
    assertThat(newest.path("messages").size()).isBetween(5, 20);
    assertThat(newest.path("end").asBoolean()).isTrue();
    assertThat(newest.path("start").asBoolean()).isFalse();
    assertThat(texts(newest).getLast()).startsWith("long 39 ");
    ObjectNode after =
        anna.ask("history", object("who", "me", "after", ids.getFirst()).put("count", 40));
    assertThat(texts(after).getFirst()).startsWith("long 1 ");
    assertThat(after.path("end").asBoolean()).isFalse();
    ObjectNode around =
        anna.ask("history", object("who", "me", "around", ids.get(20)).put("count", 40));
    assertThat(texts(around)).anyMatch(t -> t.startsWith("long 20 "));
    assertThat(around.path("start").asBoolean() || around.path("end").asBoolean()).isFalse();
    ObjectNode found = anna.ask("search", object("query", "long").put("count", 40));
    assertThat(texts(found).getFirst()).as("search is newest first").startsWith("long 39 ");
    for (ObjectNode answer : List.of(newest, after, around, found)) {
      assertThat(Json.line(answer).length()).isLessThan(4 << 20);
    }
  }

  @Test
  void theListHasNotesAmongTheOthersAndTheyCanBePinned() throws Exception {
    String id = write("x".repeat(500));
    anna.ask("draft", "who", "me", "text", "half a tho");
    ObjectNode answer = anna.ask("chats");
    JsonNode row = answer.path("chats").path(0);
    assertThat(answer.path("more").asBoolean()).isFalse();
    assertThat(row.path("card").asText()).isEqualTo("me");
    assertThat(row.path("draft").asText()).isEqualTo("half a tho");
    assertThat(row.path("last").path("message").asText()).isEqualTo(id);
    assertThat(row.path("last").path("text").asText()).hasSize(160);
    anna.ask("contact", "who", "me", "act", "pin");
    assertThat(anna.ask("chats").path("chats").path(0).path("pinned").asBoolean()).isTrue();
    anna.ask("contact", "who", "me", "act", "unpin");
    assertThat(anna.ask("chats").path("chats").path(0).path("pinned").asBoolean()).isFalse();
  }

  @Test
  void aReplyAndTheVersionsOfATextAreTold() throws Exception {
    String id = write("one");
    ObjectNode reply = note("two").put("replyTo", id);
    JsonNode line = anna.ask("send", reply).path("line");
    assertThat(line.path("reply").path("message").asText()).isEqualTo(id);
    assertThat(line.path("reply").path("text").asText()).isEqualTo("one");
    anna.ask("edit", "message", id, "text", "uno");
    assertThat(anna.ask("line", "message", id).path("edited").asBoolean()).isTrue();
    JsonNode versions = anna.ask("versions", "message", id).path("versions");
    assertThat(versions.size()).isEqualTo(2);
    assertThat(versions.path(0).path("text").asText()).isEqualTo("one");
    assertThat(versions.path(1).path("text").asText()).isEqualTo("uno");
  }

  @Test
  void settingsAreKeptWithinLimitsAndNullForgetsOne() throws Exception {
    ObjectNode set = object("theme", "dark").put("size", 110).put("tellRead", false);
    set.putObject("nested").put("a", 1);
    anna.ask("settings", Json.object().set("set", set));
    anna.close();
    anna = new Person(dir);
    assertThat(anna.ask("settings").path("settings")).isEqualTo(set);
    ObjectNode without = Json.object();
    without.putNull("theme").put("tellRead", true);
    JsonNode now = anna.ask("settings", Json.object().set("set", without)).path("settings");
    assertThat(now.has("theme")).isFalse();
    assertThat(now.path("tellRead").asBoolean()).isTrue();
    assertThat(now.path("size").asInt()).isEqualTo(110);
    ObjectNode tooLong = object("a", "x".repeat(5_000)).put("b", 1);
    assertThat(anna.refused("settings", Json.object().set("set", tooLong)).reason())
        .isEqualTo("too_long");
    ObjectNode many = Json.object();
    for (int i = 0; i < 101; i++) {
      many.put("k" + i, i);
    }
    assertThat(anna.refused("settings", Json.object().set("set", many)).reason())
        .isEqualTo("too_many");
    ObjectNode named = Json.object().put("no spaces", 1);
    assertThat(anna.refused("settings", Json.object().set("set", named)).reason())
        .isEqualTo("malformed");
    assertThat(anna.ask("settings").path("settings")).as("all or none").isEqualTo(now);
  }

  @Test
  void lockingIsToldAndTheNumbersGoOn() throws Exception {
    write("before");
    anna.ask("passphrase", "new", base64("open sesame"));
    try (Person.Follower follower = anna.follow()) {
      write("one");
      long seq = follower.await("message").path("seq").asLong();
      anna.ask("lock");
      ObjectNode locked = follower.await("lock");
      assertThat(locked.path("state").asText()).isEqualTo("locked");
      assertThat(anna.refused("history", object("who", "me")).reason()).isEqualTo("locked");
      assertThat(anna.ask("people.state").toString())
          .isEqualTo("{\"state\":\"locked\",\"passphrase\":true}");
      assertThat(anna.refused("unlock", object("passphrase", base64("wrong"))).reason())
          .isEqualTo("wrong_passphrase");
      anna.ask("unlock", "passphrase", base64("open sesame"));
      assertThat(follower.await("lock").path("state").asText()).isEqualTo("open");
      write("two");
      ObjectNode two = follower.await("message");
      assertThat(two.path("text").asText()).isEqualTo("two");
      assertThat(two.path("seq").asLong()).isGreaterThan(seq);
    }
  }

  @Test
  void whatHappensIsToldToEveryTabInOneOrder() throws Exception {
    write("before");
    try (Person.Follower one = anna.follow();
        Person.Follower other = anna.follow()) {
      String id = anna.ask("send", note("hi").put("key", KEY)).path("message").asText();
      ObjectNode told = one.await("message");
      assertThat(told.path("key").asText()).isEqualTo(KEY);
      assertThat(told).isEqualTo(other.await("message"));
      assertThat(one.await("chat").path("last").path("message").asText()).isEqualTo(id);
      anna.ask("edit", "message", id, "text", "hello");
      assertThat(one.await("changed").path("text").asText()).isEqualTo("hello");
      anna.ask("draft", "who", "me", "text", "more");
      assertThat(one.await(e -> e.path("draft").asText().equals("more")).path("kind").asText())
          .isEqualTo("chat");
      anna.ask("delete", "message", id);
      ObjectNode gone = one.await("gone");
      assertThat(gone.path("message").asText()).isEqualTo(id);
      assertThat(gone.path("card").asText()).isEqualTo("me");
      anna.ask("settings", Json.object().set("set", object("theme", "dark")));
      assertThat(one.await("settings").path("settings").path("theme").asText()).isEqualTo("dark");
      anna.ask("invite");
      one.await("invitations");
    }
  }

  @Test
  void invitationsThatWaitAreToldAgainUntilTheyAreTakenBack() throws Exception {
    ObjectNode made = anna.ask("invite", "as", "Ben");
    JsonNode waiting = anna.ask("invitations").path("invitations").path(0);
    assertThat(waiting.path("link").asText()).isEqualTo(made.path("link").asText());
    assertThat(waiting.path("code").asText()).isEqualTo(made.path("code").asText());
    assertThat(waiting.path("codeTries").asInt()).isEqualTo(3);
    assertThat(waiting.path("as").asText()).isEqualTo("Ben");
    assertThat(waiting.path("state").asText()).isEqualTo("waiting");
    anna.ask("invite");
    JsonNode both = anna.ask("invitations").path("invitations");
    assertThat(both.size()).isEqualTo(2);
    assertThat(both.path(0).has("code")).as("only the newest code is alive").isFalse();
    anna.ask("invite", Json.object().put("cancel", made.path("invitation").asLong()));
    assertThat(anna.ask("invitations").path("invitations").size()).isEqualTo(1);
  }

  @Test
  void whatIsSavedIsForItsOwnerAloneAndHandedOnWhole() throws Exception {
    write("remember the milk");
    ObjectNode export = anna.ask("download", "what", "export");
    Path file = anna.offered.getFirst();
    assertThat(export.path("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(Files.readString(file)).contains("remember the milk");
    ObjectNode backup = anna.ask("download", "what", "backup", "passphrase", base64("secret"));
    Path sealed = anna.offered.getLast();
    assertThat(backup.path("name").asText()).endsWith(".backup");
    assertThat(Files.size(sealed)).isEqualTo(backup.path("bytes").asLong()).isPositive();
    for (Path p : anna.offered) {
      assertThat(Files.getPosixFilePermissions(p)).hasSize(2);
      assertThat(p.getFileName().toString()).as("swept at start").endsWith(".part");
    }
    assertThat(anna.refused("download", object("what", "seed")).exit().code()).isEqualTo(2);
    ObjectNode storage = anna.ask("storage");
    assertThat(storage.path("messages").asLong()).isEqualTo(1);
    assertThat(storage.path("homeBytes").asLong())
        .isGreaterThanOrEqualTo(storage.path("storeBytes").asLong());
    assertThat(storage.path("freeBytes").asLong()).isPositive();
  }

  @Test
  void nothingIsDeletedUnlessItIsSaidForSure() throws Exception {
    assertThat(anna.refused("wipe", Json.object()).exit().code()).isEqualTo(2);
    assertThat(anna.refused("wipe", object("sure", "yes")).exit().code()).isEqualTo(2);
    assertThat(anna.wiped).hasValue(0);
    anna.ask("wipe", "sure", "delete everything");
    assertThat(anna.wiped).hasValue(1);
  }
}
