package org.wayfolk.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people, each command a process of its own, as they would type it. */
@Tag("process")
final class FirstConversationTest {
  /** The goal from two fresh homes to a first answer. */
  private static final double GOAL_SECONDS = 60;

  @TempDir Path tmp;

  private final long began = System.nanoTime();

  private void step(String what) {
    System.out.printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
  }

  private ObjectNode run(LiveNode at, String... args) throws Exception {
    Ran ran = tried(at, args);
    assertThat(ran.status()).as(String.join(" ", args) + ": " + ran).isZero();
    return ran.json();
  }

  private static Ran tried(LiveNode at, String... args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--json", "--home", at.home().toString()));
    return Ran.wayfolk(all.toArray(new String[0]));
  }

  private static List<String> texts(ObjectNode history) {
    List<String> out = new ArrayList<>();
    for (JsonNode m : history.path("messages")) {
      if (!m.has("note")) {
        out.add(m.path("from").asText() + ": " + m.path("text").asText());
      }
    }
    return out;
  }

  private void writeBothWays(LiveNode ann, LiveNode ben) throws Exception {
    ObjectNode sent = run(ann, "send", "Ben", "Hello Ben");
    assertThat(sent.path("outcome").asText()).isEqualTo("delivered");
    assertThat(sent.path("message").asText()).matches("[0-9a-f]{32}");
    step("Ann's first message is stored at Ben's");
    sent = run(ben, "send", "Ann", "Hello Ann", "--reply", sent.path("message").asText());
    assertThat(sent.path("outcome").asText()).isEqualTo("delivered");
    step("and Ben's answer at Ann's");
    assertThat(texts(run(ann, "history", "Ben")))
        .containsExactly("me: Hello Ben", "Ben: Hello Ann");
    assertThat(texts(run(ben, "history", "Ann")))
        .containsExactly("Ann: Hello Ben", "me: Hello Ann");
    JsonNode answer = run(ann, "history", "Ben").path("messages");
    assertThat(answer.get(answer.size() - 1).path("state").asText()).isEqualTo("received");
    assertThat((System.nanoTime() - began) / 1e9).isLessThan(3 * GOAL_SECONDS);
  }

  @Test
  void byALinkTwoFreshHomesBecomeFriendsAndWrite() throws Exception {
    try (LiveNode ann = LiveNode.start(tmp.resolve("ann"), "--network", "local");
        LiveNode ben = LiveNode.start(tmp.resolve("ben"), "--network", "local")) {
      step("both are up");
      ObjectNode invited = run(ann, "invite", "--name", "Ann");
      assertThat(invited.path("link").asText()).startsWith("wayfolk:i1.");
      assertThat(invited.path("code").asText().split("[ -]")).hasSize(5);
      assertThat(invited.has("expires") && invited.has("codeExpires")).isTrue();
      step("Ann has an invitation");
      ObjectNode friend = run(ben, "accept", invited.path("link").asText(), "--name", "Ben");
      assertThat(friend.path("name").asText()).isEqualTo("Ann");
      step("Ben has accepted");
      JsonNode known = run(ann, "contacts").path("contacts");
      assertThat(known).hasSize(1);
      assertThat(known.get(0).path("name").asText()).isEqualTo("Ben");
      assertThat(known.get(0).path("verified").asBoolean()).isFalse();
      writeBothWays(ann, ben);
      Ran again = tried(ben, "accept", invited.path("link").asText());
      assertThat(again.status()).isNotZero();
      assertThat(again.json().path("do").asText()).isNotEmpty();
    }
  }

  @Test
  void byFiveWordsTwoWhoJoinedAThirdBecomeFriendsAndWrite() throws Exception {
    try (LiveNode mia = LiveNode.start(tmp.resolve("mia"), "--network", "local");
        LiveNode ann =
            LiveNode.start(tmp.resolve("ann"), "--network", "local", "--join", mia.peer());
        LiveNode ben =
            LiveNode.start(tmp.resolve("ben"), "--network", "local", "--join", mia.peer())) {
      ann.awaitLinks(mia);
      ben.awaitLinks(mia);
      step("both have joined a third");
      String code = run(ann, "invite", "--name", "Ann").path("code").asText();
      step("Ann says: " + code);
      run(ben, "accept", code, "--name", "Ben");
      step("Ben has accepted");
      writeBothWays(ann, ben);
    }
  }

  @Test
  void whatIsSentToSomebodyWhoIsOffIsKeptAndArrivesByItself() throws Exception {
    try (LiveNode ann = LiveNode.start(tmp.resolve("ann"), "--network", "local")) {
      try (LiveNode ben = LiveNode.start(tmp.resolve("ben"), "--network", "local")) {
        String link = run(ann, "invite", "--name", "Ann").path("link").asText();
        run(ben, "accept", link, "--name", "Ben");
        ben.terminate();
      }
      Ran kept = tried(ann, "send", "Ben", "Are you up?", "--timeout", "1");
      assertThat(kept.status()).isEqualTo(5);
      assertThat(kept.json().path("outcome").asText()).isEqualTo("queued");
      String message = kept.json().path("message").asText();
      ObjectNode shown = run(ann, "show", message.substring(0, 8));
      assertThat(shown.path("state").asText()).isIn("queued", "sent");
      assertThat(shown.path("deliveries").get(0).path("tries").asInt()).isPositive();
      try (LiveNode ben = LiveNode.start(tmp.resolve("ben"))) {
        Wait.until(
            java.time.Duration.ofSeconds(60),
            () -> texts(run(ben, "history", "Ann")).contains("Ann: Are you up?"));
        Wait.until(
            java.time.Duration.ofSeconds(30),
            () -> run(ann, "show", message).path("state").asText().equals("delivered"));
        step("it arrived by itself");
      }
    }
  }

  @Test
  void twelveWordsAreTheSameAtBothAndVerifyMarksIt() throws Exception {
    try (LiveNode ann = LiveNode.start(tmp.resolve("ann"), "--network", "local");
        LiveNode ben = LiveNode.start(tmp.resolve("ben"), "--network", "local")) {
      String link = run(ann, "invite", "--name", "Ann").path("link").asText();
      run(ben, "accept", link, "--name", "Ben");
      ObjectNode here = run(ann, "contacts", "verify", "Ben");
      ObjectNode there = run(ben, "contacts", "verify", "Ann");
      assertThat(here.path("words")).hasSize(12).isEqualTo(there.path("words"));
      run(ann, "contacts", "verify", "Ben", "--qr", there.path("qr").asText());
      assertThat(run(ann, "contacts").path("contacts").get(0).path("verified").asBoolean())
          .isTrue();
      assertThat(run(ben, "contacts").path("contacts").get(0).path("verified").asBoolean())
          .isFalse();
      run(ann, "contacts", "rename", "Ben", "Cleo");
      assertThat(tried(ann, "send", "Ben", "x").status()).isEqualTo(2);
      run(ann, "contacts", "block", "Cleo");
      assertThat(tried(ben, "send", "Ann", "hello?", "--timeout", "2").status()).isEqualTo(5);
      assertThat(texts(run(ann, "history", "Cleo"))).isEmpty();
    }
  }
}
