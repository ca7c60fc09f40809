package org.wayfolk.daemon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.daemon.terminal.Json;

/**
 * How a socket opens: both sides prove that they know the token's hash, and neither says it. For
 * one socket; not thread-safe.
 *
 * <pre>
 * page    {"wayfolk":1,"token":"NAME","nonce":"C"}
 * daemon  {"nonce":"S","proof":HMAC(K, "wayfolk page daemon" 0 C 0 S)}
 * page    {"proof":HMAC(K, "wayfolk page client" 0 S 0 C)}
 * </pre>
 *
 * <p>The two labels differ, so our own proof sent back to us proves nothing; the nonces are fresh
 * on both sides, so neither does an old one. Whoever sits on our port learns what no other
 * challenge accepts. A name that nobody has gets an answer of the same shape.
 */
final class Handshake {
  static final int VERSION = 1;
  static final int CLOSE_TOKEN = 4401;
  static final int CLOSE_PROOF = 4403;

  private static final String DAEMON = "wayfolk page daemon";
  private static final String CLIENT = "wayfolk page client";

  /** What to do next. */
  sealed interface Step {}

  /** Send this and wait for more. */
  record Say(ObjectNode what) implements Step {}

  /** It is open, for whoever has that token. */
  record Open(Tokens.Entry token) implements Step {}

  /** Close. */
  record Refuse(int code, Refusals.Why why) implements Step {}

  private final Tokens tokens;
  private final byte[] nobody;
  private final RandomGenerator random;
  private String theirs = "";
  private @Nullable String ours;
  private Tokens.@Nullable Entry token;

  /**
   * Begins.
   *
   * @param nobody a secret of this process, with which unknown names are answered
   */
  Handshake(Tokens tokens, byte[] nobody, RandomGenerator random) {
    this.tokens = tokens;
    this.nobody = nobody;
    this.random = random;
  }

  /** Takes what the page said. */
  Step on(ObjectNode said) {
    String s = ours;
    return s == null ? greet(said) : judge(said, s);
  }

  private Step greet(ObjectNode said) {
    String nonce = said.path("nonce").asText();
    if (said.path("wayfolk").asInt() != VERSION || !Secrets.isBase64(nonce, Secrets.LENGTH)) {
      return new Refuse(CLOSE_PROOF, Refusals.Why.MALFORMED);
    }
    byte[] bytes = new byte[Secrets.LENGTH];
    random.nextBytes(bytes);
    theirs = nonce;
    String s = Secrets.base64(bytes);
    ours = s;
    Optional<Tokens.Entry> found = tokens.find(said.path("token").asText());
    token = found.orElse(null);
    byte[] key = found.isPresent() ? found.get().key() : nobody;
    String proof = Secrets.proof(key, DAEMON, theirs, s);
    return new Say(Json.object().put("nonce", s).put("proof", proof));
  }

  private Step judge(ObjectNode said, String s) {
    Tokens.Entry t = token;
    if (t == null) {
      return new Refuse(CLOSE_TOKEN, Refusals.Why.TOKEN);
    }
    if (!Secrets.same(said.path("proof").asText(), Secrets.proof(t.key(), CLIENT, s, theirs))) {
      return new Refuse(CLOSE_PROOF, Refusals.Why.PROOF);
    }
    return tokens.find(t.name()).isPresent() // it may have been revoked meanwhile
        ? new Open(t)
        : new Refuse(CLOSE_TOKEN, Refusals.Why.TOKEN);
  }
}
