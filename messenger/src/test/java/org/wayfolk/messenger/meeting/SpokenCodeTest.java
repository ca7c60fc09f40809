package org.wayfolk.messenger.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.messenger.words.WordList;
import org.wayfolk.messenger.work.Trouble;

class SpokenCodeTest {
  private static final int DIFFICULTY = 16;

  private static NodeId node(SplittableRandom random, int difficulty) {
    return new NodeId(
        random.nextLong() >>> difficulty, random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static SpokenCode code(SplittableRandom random) {
    return SpokenCode.of(
        node(random, DIFFICULTY), DIFFICULTY, random.nextInt(1 << SpokenCode.PASSWORD_BITS));
  }

  @Test
  void wordsReadAsTheCodeTheyWereMadeOf() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      SpokenCode code = code(random);
      assertThat(code.words().split(" ", -1)).hasSize(SpokenCode.WORDS);
      assertThat(SpokenCode.parse(code.words())).isEqualTo(code);
    }
  }

  @Test
  void numbersCapitalsDotsAndShortenedWordsDoNoHarm() {
    SpokenCode code = code(new SplittableRandom(2));
    StringBuilder typed = new StringBuilder();
    int number = 1;
    for (String word : code.words().split(" ", -1)) {
      String some = word.substring(0, Math.min(4, word.length()));
      typed
          .append(number++)
          .append(". ")
          .append(some.toUpperCase(java.util.Locale.ROOT))
          .append('\n');
    }
    assertThat(SpokenCode.parse(typed.toString())).isEqualTo(code);
  }

  @Test
  void aCodeMatchesItsNodeAndTheTargetLiesBesideIt() {
    SplittableRandom random = new SplittableRandom(3);
    for (int difficulty : new int[] {0, 16, 33}) {
      NodeId node = node(random, difficulty);
      SpokenCode code = SpokenCode.of(node, difficulty, 5);
      assertThat(code.matches(node, difficulty)).isTrue();
      assertThat(code.target(difficulty).commonPrefix(node))
          .isGreaterThanOrEqualTo(difficulty + 30);
      assertThat(code.matches(node.flip(difficulty + 29), difficulty)).isFalse();
      assertThat(code.matches(node.flip(difficulty + 30), difficulty)).isTrue();
    }
    assertThat(SpokenCode.of(node(random, 16), 16, 5).matches(node(random, 0).flip(0), 16))
        .isFalse();
  }

  @Test
  void aWordThatIsInNoListIsFoundWithWhatWasMeant() {
    String[] words = code(new SplittableRandom(4)).words().split(" ", -1);
    words[2] = "galaxi";
    assertThatThrownBy(() -> SpokenCode.parse(String.join(" ", words)))
        .isInstanceOfSatisfying(
            Trouble.class,
            t -> {
              assertThat(t.reason()).isEqualTo(Trouble.Reason.MALFORMED);
              assertThat(t.detail()).contains("word 3").contains("did you mean \"galaxy\"?");
            });
  }

  @Test
  void sevenOfEightOtherWordsAreFoundBeforeAnythingIsSent() {
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    int tries = 4_000;
    for (int i = 0; i < tries; i++) {
      String[] words = code(random).words().split(" ", -1);
      int at = random.nextInt(words.length);
      String other = WordList.english().word(random.nextInt(WordList.SIZE));
      if (other.equals(words[at])) {
        continue;
      }
      words[at] = other;
      try {
        SpokenCode unused = SpokenCode.parse(String.join(" ", words));
        assertThat(unused).isNotNull();
      } catch (Trouble e) {
        assertThat(e.detail()).contains("together they are not right");
        found++;
      }
    }
    assertThat(found).isBetween(tries * 84 / 100, tries * 91 / 100);
  }

  @Test
  void fourWordsAndALetterAreNoCode() {
    assertThatThrownBy(() -> SpokenCode.parse("zoo zoo zoo zoo")).hasMessageContaining("4 words");
    assertThatThrownBy(() -> SpokenCode.parse("")).hasMessageContaining("0 words");
    assertThatThrownBy(() -> SpokenCode.parse("x".repeat(501))).hasMessageContaining("too long");
  }

  @Test
  void itsTextFormTellsNothing() {
    assertThat(code(new SplittableRandom(6)).toString()).isEqualTo("SpokenCode[..]");
  }
}
