package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.daemon.terminal.Json;

/** Another user of this machine can connect as well as our page; what they get. */
final class HandshakeTest {
  private static final String CLIENT = "wayfolk page client";

  @TempDir Path tmp;
  private Served served;

  @BeforeEach
  void serve() throws Exception {
    served = new Served(tmp.resolve("home"), (what, request, events) -> Json.object());
  }

  @AfterEach
  void end() {
    served.close();
  }

  private static byte[] key(String token) {
    return Secrets.sha256(Base64.getUrlDecoder().decode(token));
  }

  private static ObjectNode proof(String proof) {
    return Json.object().put("proof", proof);
  }

  @Test
  void aPageWithATokenComesInAndSeesWhichDaemonItIs() throws Exception {
    try (Guest guest = Guest.come(served.port)) {
      ObjectNode open = guest.prove(served.token());
      assertThat(open.path("open").path("home").asText()).isEqualTo("01234567");
      assertThat(open.path("open").path("version").asText()).isEqualTo("test");
    }
  }

  @Test
  void theTokenNeverTravels() throws Exception {
    String token = served.token();
    byte[] key = key(token);
    try (Guest guest = Guest.come(served.port)) {
      String said = Json.line(guest.greet(Guest.name(key)));
      assertThat(said).doesNotContain(token).doesNotContain(Secrets.hex(key));
    }
  }

  @Test
  void whoeverHasNoTokenIsAnsweredAlikeAndRefused() throws Exception {
    String token = served.token();
    try (Guest stranger = Guest.come(served.port);
        Guest friend = Guest.come(served.port)) {
      ObjectNode fake = stranger.greet("0123456789abcdef");
      ObjectNode real = friend.greet(Guest.name(key(token)));
      assertThat(fake.properties().stream().map(e -> e.getKey() + e.getValue().asText().length()))
          .containsExactlyElementsOf(
              real.properties().stream()
                  .map(e -> e.getKey() + e.getValue().asText().length())
                  .toList());
      stranger.say(proof(fake.path("proof").asText()));
      assertThat(stranger.closed()).isEqualTo(Handshake.CLOSE_TOKEN);
      assertThat(served.refused(Refusals.Why.TOKEN)).isEqualTo(1);
    }
  }

  @Test
  void aReflectedProofIsRefused() throws Exception {
    String token = served.token();
    try (Guest guest = Guest.come(served.port)) {
      ObjectNode challenge = guest.greet(Guest.name(key(token)));
      guest.say(proof(challenge.path("proof").asText()));
      assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_PROOF);
    }
    assertThat(served.refused(Refusals.Why.PROOF)).isEqualTo(1);
  }

  @Test
  void aReflectedNonceIsNoProofEither() throws Exception {
    // A thief in the middle would like us to answer our own challenge: the labels differ.
    String token = served.token();
    try (Guest first = Guest.come(served.port);
        Guest second = Guest.come(served.port)) {
      String name = Guest.name(key(token));
      String s = first.greet(name).path("nonce").asText();
      second.say(Json.object().put("wayfolk", 1).put("token", name).put("nonce", s));
      first.say(proof(second.hear().path("proof").asText()));
      assertThat(first.closed()).isEqualTo(Handshake.CLOSE_PROOF);
    }
  }

  @Test
  void anOldProofIsRefusedInANewSocket() throws Exception {
    String token = served.token();
    byte[] key = key(token);
    String nonce = Secrets.base64(new byte[Secrets.LENGTH]);
    String old;
    try (Guest guest = Guest.come(served.port)) {
      String s = guest.greet(Guest.name(key)).path("nonce").asText();
      old = Secrets.proof(key, CLIENT, s, nonce);
      guest.say(proof(old));
      assertThat(guest.hear().has("open")).isTrue();
    }
    try (Guest again = Guest.come(served.port)) {
      again.greet(Guest.name(key));
      again.say(proof(old));
      assertThat(again.closed()).isEqualTo(Handshake.CLOSE_PROOF);
    }
  }

  @Test
  void nothingIsAnsweredBeforeTheProof() throws Exception {
    String token = served.token();
    try (Guest guest = Guest.come(served.port)) {
      guest.say(Served.request(1, "status"));
      assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_PROOF);
    }
    try (Guest guest = Guest.come(served.port)) {
      guest.greet(Guest.name(key(token)));
      guest.say(Served.request(1, "status"));
      assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_PROOF);
    }
    try (Guest guest = Guest.come(served.port)) {
      guest.frame(0x82, new byte[1]);
      assertThat(guest.closed()).isEqualTo(PageSocket.CLOSE_WRONG);
    }
    try (Guest guest = Guest.come(served.port)) {
      guest.frame(0x81, "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(guest.closed()).isEqualTo(PageSocket.CLOSE_WRONG);
    }
  }

  @Test
  void whoeverDoesNotAnswerAFarewellIsCutOff() throws Exception {
    try (Guest guest = Guest.come(served.port)) {
      guest.greet("0123456789abcdef");
      guest.say(proof(""));
      assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_TOKEN);
      assertThat(guest.closed()).as("the connection ends without our answer").isZero();
    }
  }

  @Test
  void aShortOrStrangeNonceIsRefused() throws Exception {
    for (String nonce : new String[] {"", "AAAA", "A".repeat(44), "!".repeat(43)}) {
      try (Guest guest = Guest.come(served.port)) {
        guest.say(Json.object().put("wayfolk", 1).put("token", "x").put("nonce", nonce));
        assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_PROOF);
      }
    }
  }

  @Test
  void forgettingEndsEveryPageAtOnceAndForGood() throws Exception {
    String token = served.token();
    try (Guest guest = Guest.in(served.port, token)) {
      String code = served.code();
      assertThat(served.page.open(Json.object().put("forget", true)).path("forgotten").asInt())
          .isEqualTo(1);
      assertThat(guest.closed()).isEqualTo(Handshake.CLOSE_TOKEN);
      assertThat(served.visitor.code(code).status()).isEqualTo(403);
    }
    try (Guest again = Guest.come(served.port)) {
      again.greet(Guest.name(key(token)));
      again.say(proof(""));
      assertThat(again.closed()).isEqualTo(Handshake.CLOSE_TOKEN);
    }
  }

  @Test
  void strangersAreFewAtOnceAndDoNotKeepThePageOut() throws Exception {
    String token = served.token();
    Guest[] strangers = new Guest[PageServer.MAX_STRANGERS];
    for (int i = 0; i < strangers.length; i++) {
      strangers[i] = Guest.come(served.port);
      strangers[i].greet("0123456789abcdef");
    }
    try (Guest late = Guest.come(served.port)) {
      assertThat(late.closed()).isEqualTo(PageServer.CLOSE_MANY);
    }
    strangers[0].close();
    for (int tries = 0; ; tries++) {
      try (Guest guest = Guest.in(served.port, token)) {
        assertThat(guest.status()).isEqualTo(101);
        break;
      } catch (Guest.Closed e) {
        assertThat(tries).as("the server sees that one has left").isLessThan(1_000);
      }
    }
    for (Guest g : strangers) {
      g.close();
    }
  }

  @Test
  void pagesAreAtMostSixteen() throws Exception {
    String token = served.token();
    Guest[] pages = new Guest[PageServer.MAX_SOCKETS];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = Guest.in(served.port, token);
    }
    try (Guest late = Guest.come(served.port)) {
      int code = 0;
      try {
        late.prove(token);
      } catch (Guest.Closed e) {
        code = e.code;
      }
      assertThat(code).isEqualTo(PageServer.CLOSE_MANY);
    }
    assertThat(served.page.status().path("open").asInt()).isEqualTo(PageServer.MAX_SOCKETS);
    for (Guest g : pages) {
      g.close();
    }
  }
}
