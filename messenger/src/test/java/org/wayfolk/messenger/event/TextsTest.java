package org.wayfolk.messenger.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aTextThatFitsIsOnePiece() {
    assertThat(Texts.split("x".repeat(Texts.MAX_PART))).hasSize(1);
    assertThat(Texts.split("")).containsExactly("");
  }

  @Test
  void theLongestTextIsTwoPiecesThatMakeItAgain() {
    String text = "x".repeat(Texts.MAX);
    List<String> parts = Texts.split(text);
    assertThat(parts).hasSize(2);
    assertThat(String.join("", parts)).isEqualTo(text);
  }

  @Test
  void noPieceIsCutInsideACharacterOrTooLong() {
    Random random = new Random(7);
    String[] letters = {"a", "é", "中", "👋", "e\u0301"};
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder();
      while (Texts.bytes(text.toString()) < 60_000) {
        text.append(letters[random.nextInt(letters.length)].repeat(1 + random.nextInt(500)));
      }
      List<String> parts = Texts.split(text.toString());
      assertThat(parts).allMatch(p -> Texts.bytes(p) <= Texts.MAX_PART && Texts.valid(p));
      assertThat(String.join("", parts)).isEqualTo(text.toString());
    }
  }

  @Test
  void halfACharacterIsNoText() {
    assertThat(Texts.valid("a\ud83d")).isFalse();
    assertThat(Texts.valid("a\ud83d\udc4b")).isTrue();
  }
}
