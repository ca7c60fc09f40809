package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.control.Handler;
import org.wayfolk.daemon.control.Wire;
import org.wayfolk.daemon.terminal.Exit;
import org.wayfolk.daemon.terminal.Failure;
import org.wayfolk.daemon.terminal.Json;

/** Requests over the socket of a page. */
final class SocketTest {
  private static final long WAIT_SECONDS = 30;

  @TempDir Path tmp;
  private final Semaphore go = new Semaphore(0);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch flooded = new CountDownLatch(1);
  private final AtomicReference<String> floodEnded = new AtomicReference<>("");
  private Served served;
  private Guest guest;

  @BeforeEach
  void serve() throws Exception {
    served = new Served(tmp.resolve("home"), this::answer);
    guest = Guest.in(served.port, served.token());
  }

  @AfterEach
  void end() throws Exception {
    guest.close();
    served.close();
  }

  private ObjectNode answer(String what, ObjectNode request, Handler.Events events)
      throws Failure, java.io.IOException, InterruptedException {
    switch (what) {
      case "echo" -> {
        return Json.object().put("text", request.path("text").asText());
      }
      case "count" -> {
        for (int i = 0; i < 3; i++) {
          events.tell(Json.object().put("i", i));
        }
        return Json.object().put("counted", 3);
      }
      case "wait" -> {
        try {
          go.acquire();
        } catch (InterruptedException e) {
          interrupted.countDown();
          throw e;
        }
        return Json.object().put("waited", true);
      }
      case "fail" -> throw new Failure(Exit.NO_ROUTE, "no way", "wait", "no_route");
      case "bug" -> throw new IllegalStateException("a bug of ours");
      case "long" -> {
        return Json.object().put("text", "x".repeat(Wire.MAX_ANSWER));
      }
      case "flood" -> flood(events);
      default -> {
        return Json.object();
      }
    }
    return Json.object();
  }

  private void flood(Handler.Events events) {
    ObjectNode much = Json.object().put("text", "x".repeat(100_000));
    try {
      for (int i = 0; i < 10_000; i++) { // a thousand megabytes, if they were taken
        events.tell(much);
      }
      floodEnded.set("all was taken");
    } catch (java.io.IOException e) {
      floodEnded.set("refused");
    }
    flooded.countDown();
  }

  @Test
  void aRequestIsAnsweredUnderItsNumber() throws Exception {
    guest.say(Served.request(7, "echo").put("text", "Привет"));
    ObjectNode answer = guest.hear();
    assertThat(answer.path("n").asLong()).isEqualTo(7);
    assertThat(answer.path("done").path("text").asText()).isEqualTo("Привет");
  }

  @Test
  void aSlowRequestDelaysNoOther() throws Exception {
    guest.say(Served.request(1, "wait"));
    guest.say(Served.request(2, "echo").put("text", "quick"));
    assertThat(guest.hear().path("n").asLong()).isEqualTo(2);
    go.release();
    assertThat(guest.hear().path("n").asLong()).isEqualTo(1);
  }

  @Test
  void eventsComeBeforeTheirAnswer() throws Exception {
    guest.say(Served.request(3, "count"));
    for (int i = 0; i < 3; i++) {
      ObjectNode event = guest.hear();
      assertThat(event.path("n").asLong()).isEqualTo(3);
      assertThat(event.path("event").path("i").asInt()).isEqualTo(i);
    }
    assertThat(guest.hear().path("done").path("counted").asInt()).isEqualTo(3);
  }

  @Test
  void aFailureSaysWhatAndWhyInAWordForPrograms() throws Exception {
    guest.say(Served.request(4, "fail"));
    ObjectNode failed = (ObjectNode) guest.hear().path("failed");
    assertThat(failed.path("exit").asInt()).isEqualTo(4);
    assertThat(failed.path("error").asText()).isEqualTo("no way");
    assertThat(failed.path("do").asText()).isEqualTo("wait");
    assertThat(failed.path("reason").asText()).isEqualTo("no_route");
  }

  @Test
  void aBugOfOursFailsTheRequestAndNotTheSocket() throws Exception {
    guest.say(Served.request(5, "bug"));
    assertThat(guest.hear().path("failed").path("exit").asInt()).isEqualTo(1);
    guest.say(Served.request(6, "echo").put("text", "still here"));
    assertThat(guest.hear().has("done")).isTrue();
  }

  @Test
  void aRequestThatGoesOnCanBeStopped() throws Exception {
    guest.say(Served.request(1, "wait"));
    guest.say(Json.object().put("n", 1).put("stop", true));
    assertThat(interrupted.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    ObjectNode answer = guest.hear();
    assertThat(answer.path("n").asLong()).isEqualTo(1);
    assertThat(answer.path("done").path("stopped").asBoolean()).isTrue();
    guest.say(Json.object().put("n", 99).put("stop", true)); // of nothing: nothing
    guest.say(Served.request(1, "echo"));
    assertThat(guest.hear().has("done")).as("the number is free again").isTrue();
  }

  @Test
  void requestsEndWhenThePageGoes() throws Exception {
    guest.say(Served.request(1, "wait"));
    guest.close();
    assertThat(interrupted.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aNumberInUseIsRefused() throws Exception {
    guest.say(Served.request(1, "wait"));
    guest.say(Served.request(1, "echo"));
    assertThat(guest.hear().path("failed").path("exit").asInt()).isEqualTo(2);
    go.release();
    assertThat(guest.hear().path("done").path("waited").asBoolean()).isTrue();
  }

  @Test
  void requestsAtOnceAreLimited() throws Exception {
    for (int i = 0; i < PageSocket.MAX_REQUESTS; i++) {
      guest.say(Served.request(i, "wait"));
    }
    guest.say(Served.request(1_000, "echo"));
    ObjectNode busy = guest.hear();
    assertThat(busy.path("n").asLong()).isEqualTo(1_000);
    assertThat(busy.path("failed").path("reason").asText()).isEqualTo("busy");
    assertThat(served.refused(Refusals.Why.REQUESTS)).isEqualTo(1);
    go.release(PageSocket.MAX_REQUESTS);
    Set<Long> answered = new HashSet<>();
    for (int i = 0; i < PageSocket.MAX_REQUESTS; i++) {
      answered.add(guest.hear().path("n").asLong());
    }
    assertThat(answered).hasSize(PageSocket.MAX_REQUESTS);
  }

  @Test
  void aPageHasNoBusinessWithFilesNorMakesItselfCodes() throws Exception {
    guest.say(Served.request(1, "backup").put("file", "/tmp/x"));
    assertThat(guest.hear().path("failed").path("reason").asText()).isEqualTo("not_here");
    guest.say(Served.request(2, "export").put("file", "/tmp/x"));
    assertThat(guest.hear().path("failed").path("reason").asText()).isEqualTo("not_here");
    guest.say(Served.request(3, "open"));
    assertThat(guest.hear().path("failed").path("reason").asText()).isEqualTo("not_here");
    assertThat(served.refused(Refusals.Why.NOT_HERE)).isEqualTo(3);
  }

  @Test
  void anAnswerThatIsTooLongFails() throws Exception {
    guest.say(Served.request(1, "long"));
    assertThat(guest.hear().path("failed").path("reason").asText()).isEqualTo("too_long");
  }

  @Test
  void aFrameThatIsTooLongEndsTheSocket() throws Exception {
    byte[] large = "x".repeat(PageSocket.MAX_FRAME + 1).getBytes(StandardCharsets.UTF_8);
    try {
      guest.frame(0x81, large);
    } catch (java.io.IOException e) {
      // It hung up while we were still sending.
    }
    assertThat(guest.closed()).isIn(0, 1009);
  }

  @Test
  void whatIsNoRequestEndsTheSocket() throws Exception {
    guest.say(Json.object().put("n", "seven").put("do", "echo"));
    assertThat(guest.closed()).isEqualTo(PageSocket.CLOSE_WRONG);
    assertThat(served.refused(Refusals.Why.MALFORMED)).isEqualTo(1);
  }

  @Test
  void aPageThatDoesNotReadIsCutOffAndDelaysNoOther() throws Exception {
    guest.say(Served.request(1, "flood"));
    assertThat(flooded.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(floodEnded.get()).isEqualTo("refused");
    assertThat(served.refused(Refusals.Why.SLOW)).isEqualTo(1);
    try (Guest other = Guest.in(served.port, served.token())) {
      other.say(Served.request(1, "echo"));
      assertThat(other.hear().has("done")).isTrue();
    }
  }
}
