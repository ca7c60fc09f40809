package org.wayfolk.messenger.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.Someone;
import org.wayfolk.messenger.work.Bench;
import org.wayfolk.store.WrongPassphrase;

/** The first passphrase makes a new profile key: everything is still there under it. */
final class NewKeyTest {

  @TempDir Path dir;

  @Test
  void everythingIsFoundAgainUnderTheNewKeyAndNoNameLiesOpen() throws IOException, WrongPassphrase {
    Someone bob = new Someone(2);
    Someone carol = new Someone(3);
    try (Home home = new Home(dir, Home.NODE)) {
      Bench bench = home.bench;
      People people = home.people;
      long end = bench.now() + DeviceCertificate.MAX_LIFE_MILLIS;
      Me me = home.me();
      bench.turn(turn -> people.callMe(turn, "Alexandria the Great"));
      List<String> words = home.words().orElseThrow();
      var bobs = bob.listAt(bench.now(), Set.of(), bob.certificate(1, bench.now(), end));
      var carols = carol.listAt(bench.now(), Set.of(), carol.certificate(1, bench.now(), end));
      home.add(bob, bobs, "Robertus Planted");
      long proposed = home.propose(carol, carols);
      List<Friend> before = home.friends();

      bench.store().setPassphrase(null, "correct horse".getBytes(StandardCharsets.UTF_8));

      assertThat(home.me().claim()).isEqualTo(me.claim());
      assertThat(home.me().name()).isEqualTo("Alexandria the Great");
      assertThat(home.words()).contains(words);
      assertThat(home.deviceKey()).isEqualTo(me.device().claim().deviceKey());
      assertThat(home.friends()).isEqualTo(before);
      assertThat(home.friend(bob.card())).isPresent();
      assertThat(home.named("robertus planted")).isPresent();
      assertThat(home.device(bob.node(1).id())).isPresent();
      assertThat(home.propose(carol, carols)).isEqualTo(proposed);
    }
    for (String secret : List.of("Alexandria", "alexandria", "Robertus", "robertus")) {
      assertThat(isInAnyFile(secret.getBytes(StandardCharsets.UTF_8))).as(secret).isFalse();
    }
    assertThat(isInAnyFile(bob.card().bytes())).isFalse();
    assertThat(isInAnyFile(bob.claim.root())).isFalse();
    assertThat(isInAnyFile(bob.node(1).id().bytes())).isFalse();
    assertThat(isInAnyFile("people_friend".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  private boolean isInAnyFile(byte[] planted) throws IOException {
    String needle = new String(planted, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle)) {
          return true;
        }
      }
    }
    return false;
  }
}
