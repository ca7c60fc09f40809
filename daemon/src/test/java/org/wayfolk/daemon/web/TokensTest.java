package org.wayfolk.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wayfolk.daemon.terminal.Failure;

final class TokensTest {
  private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
  private final Disk disk = new Disk();

  /** A disk that can be full. */
  private static final class Disk implements Tokens.Disk {
    byte[] content = {};
    boolean full;

    @Override
    public byte[] read() {
      return content;
    }

    @Override
    public void write(byte[] bytes) throws Failure {
      if (full) {
        throw Failure.failed("the disk is full", "");
      }
      content = bytes;
    }
  }

  private Tokens open() {
    return new Tokens(
        disk,
        RandomGenerator.of("L64X128MixRandom"),
        () -> java.time.Instant.ofEpochMilli(now.get()));
  }

  private static String name(String token) {
    return Guest.name(Secrets.sha256(Base64.getUrlDecoder().decode(token)));
  }

  @Test
  void aTokenOutlivesTheProcessAndItsTextIsNowhere() throws Exception {
    String token = open().make();
    assertThat(open().find(name(token))).isPresent();
    String file = new String(disk.content, StandardCharsets.UTF_8);
    assertThat(file)
        .doesNotContain(token)
        .doesNotContain(Secrets.hex(Base64.getUrlDecoder().decode(token)));
  }

  @Test
  void aTokenEndsAfterThirtyDaysAndAClockSetBackDoesNotHelpIt() throws Exception {
    Tokens tokens = open();
    String token = tokens.make();
    now.addAndGet(Tokens.LIFE.toMillis() - 1);
    assertThat(tokens.find(name(token))).isPresent();
    now.addAndGet(1);
    assertThat(tokens.find(name(token))).isEmpty();
    now.addAndGet(-Tokens.LIFE.toMillis() - Duration.ofDays(30).toMillis());
    assertThat(tokens.find(name(token))).isEmpty();
  }

  @Test
  void theOldestOfTooManyGoes() throws Exception {
    Tokens tokens = open();
    String first = tokens.make();
    Set<String> others = new HashSet<>();
    for (int i = 0; i < Tokens.MAX; i++) {
      others.add(tokens.make());
    }
    assertThat(tokens.find(name(first))).isEmpty();
    assertThat(others).hasSize(Tokens.MAX).allMatch(t -> tokens.find(name(t)).isPresent());
    assertThat(open().size()).isEqualTo(Tokens.MAX);
  }

  @Test
  void revokedMeansRevokedAlsoAfterARestart() throws Exception {
    Tokens tokens = open();
    String token = tokens.make();
    tokens.revoke();
    assertThat(tokens.find(name(token))).isEmpty();
    assertThat(open().find(name(token))).isEmpty();
  }

  @Test
  void whatCouldNotBeStoredIsNotGiven() {
    disk.full = true;
    Tokens tokens = open();
    assertThatThrownBy(tokens::make).isInstanceOf(Failure.class);
    assertThat(tokens.size()).isZero();
  }

  @Test
  void aDamagedFileSignsOutAndBreaksNothing() throws Exception {
    for (String damage : new String[] {"{", "[]", "{\"tokens\":[{\"key\":\"zz\"}]}", "\0\0"}) {
      disk.content = damage.getBytes(StandardCharsets.UTF_8);
      assertThat(open().size()).isZero();
    }
    disk.content = "{\"tokens\":[{\"key\":\"00\",\"since\":1}]}".getBytes(StandardCharsets.UTF_8);
    assertThat(open().size()).as("a short key is none").isZero();
    assertThat(open().make()).isNotEmpty();
  }
}
