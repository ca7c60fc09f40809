package org.wayfolk.messenger.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.identity.Crypto;

final class WordListTest {

  private final WordList list = WordList.english();

  @Test
  void theListIsThePublishedOne() throws IOException {
    try (InputStream in = WordList.class.getResourceAsStream("english.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      assertThat(HexFormat.of().formatHex(Crypto.best().sha256(bytes)))
          .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }
  }

  @Test
  void everyWordIsFoundByItselfAndByEachBeginningOfFourLettersOrMore() {
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < WordList.SIZE; i++) {
      String word = list.word(i);
      assertThat(prefixes.add(word.substring(0, Math.min(WordList.PREFIX, word.length()))))
          .isTrue();
      for (int n = Math.min(WordList.PREFIX, word.length()); n <= word.length(); n++) {
        assertThat(list.find(word.substring(0, n))).isEqualTo(found(i));
      }
    }
  }

  @Test
  void aThreeLetterWordIsItselfThoughOthersBeginWithIt() {
    assertThat(list.find("act")).isEqualTo(new WordList.Lookup.Word(19, "act"));
    assertThat(list.find("acti")).isEqualTo(new WordList.Lookup.Word(20, "action"));
  }

  @Test
  void caseAndSpaceAroundDoNotMatter() {
    assertThat(list.find("  ZoO\n")).isEqualTo(found(2047));
  }

  @ParameterizedTest
  @CsvSource({
    "abandn, abandon",
    "abadnon, abandon",
    "wrnog, wrong",
    "zooo, zoo",
    "zeebra, zebra",
    "yelow, yellow",
    "hoover, hover"
  })
  void aSlipIsAnsweredByTheWordThatWasMeant(String typed, String meant) {
    assertThat(list.find(typed)).isEqualTo(new WordList.Lookup.Unknown(Optional.of(meant)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xqxqxq", "q", "Übermut-über-alles-und-noch-viel-mehr"})
  void whatResemblesNothingGetsNoProposal(String typed) {
    assertThat(list.find(typed)).isEqualTo(new WordList.Lookup.Unknown(Optional.empty()));
  }

  @Test
  void lessThanFourLettersAreNotEnough() {
    assertThat(list.find("aba")).isInstanceOf(WordList.Lookup.Unknown.class);
  }

  @Test
  void aWordWithMoreBehindItIsNotThatWord() {
    assertThat(list.find("abandonment")).isInstanceOf(WordList.Lookup.Unknown.class);
  }

  private WordList.Lookup found(int index) {
    return new WordList.Lookup.Word(index, list.word(index));
  }
}
