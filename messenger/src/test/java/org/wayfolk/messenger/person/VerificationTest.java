package org.wayfolk.messenger.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.messenger.person.Verification.Answer;
import org.wayfolk.messenger.words.Mnemonic;

final class VerificationTest {

  private final Someone alice = new Someone(1);
  private final Someone bob = new Someone(2);
  private final Someone mallory = new Someone(3);

  @Test
  void bothEndsReadTheSameTwelveWordsWithAChecksum() {
    assertThat(Verification.words(alice.claim, bob.claim))
        .hasSize(12)
        .isEqualTo(Verification.words(bob.claim, alice.claim));
    String words = String.join(" ", Verification.words(alice.claim, bob.claim));
    assertThat(Mnemonic.read(words, 12)).isInstanceOf(Mnemonic.Reading.Bytes.class);
  }

  @Test
  void somebodyBetweenGivesOtherWords() {
    assertThat(Verification.words(alice.claim, mallory.claim))
        .isNotEqualTo(Verification.words(mallory.claim, bob.claim))
        .isNotEqualTo(Verification.words(alice.claim, bob.claim));
  }

  @Test
  void whatAFriendShowsMeIsTheSameAtMine() {
    String shown = Verification.qr(alice.card(), bob.card());
    assertThat(Verification.check("  " + shown + "\n", bob.card(), alice.card()))
        .isEqualTo(Answer.SAME);
  }

  @Test
  void anothersMyOwnOrAMisledFriendsTextIsAnotherPerson() {
    String mine = Verification.qr(bob.card(), alice.card());
    assertThat(Verification.check(mine, bob.card(), alice.card())).isEqualTo(Answer.OTHER_PERSON);
    String others = Verification.qr(mallory.card(), bob.card());
    assertThat(Verification.check(others, bob.card(), alice.card())).isEqualTo(Answer.OTHER_PERSON);
    String misled = Verification.qr(alice.card(), mallory.card());
    assertThat(Verification.check(misled, bob.card(), alice.card())).isEqualTo(Answer.OTHER_PERSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wayfolk:v1.", "wayfolk:i1.AAAA", "hello", "wayfolk:v1.!!!!"})
  void anythingElseIsNoVerification(String text) {
    assertThat(Verification.check(text, bob.card(), alice.card()))
        .isEqualTo(Answer.NOT_A_VERIFICATION);
  }

  @Test
  void everyAlteredCharacterIsNoticed() {
    String shown = Verification.qr(alice.card(), bob.card());
    for (int i = 0; i < shown.length(); i++) {
      for (char c : new char[] {'A', 'B', '!', 'ä'}) {
        String altered = shown.substring(0, i) + c + shown.substring(i + 1);
        if (!altered.equals(shown)) {
          assertThat(Verification.check(altered, bob.card(), alice.card()))
              .isEqualTo(Answer.NOT_A_VERIFICATION);
        }
      }
    }
  }
}
