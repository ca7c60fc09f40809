package org.wayfolk.messenger.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MnemonicTest {

  private static final String GOOD = "abandon ".repeat(23) + "art";

  static Stream<String> vectors() throws IOException {
    try (InputStream in = MnemonicTest.class.getResourceAsStream("/vectors/bip39-english.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          // BIP-39 has 18 words too; we never write them.
          .filter(line -> line.indexOf('|') != 48);
    }
  }

  @Test
  void thereAreVectorsOfBothLengths() throws IOException {
    assertThat(vectors().filter(line -> line.indexOf('|') == 32)).hasSize(8);
    assertThat(vectors().filter(line -> line.indexOf('|') == 64)).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void thePublishedVectorsHoldBothWays(String line) {
    byte[] entropy = HexFormat.of().parseHex(line.substring(0, line.indexOf('|')));
    String words = line.substring(line.indexOf('|') + 1);
    List<String> list = List.of(words.split(" ", -1));

    assertThat(Mnemonic.words(entropy)).isEqualTo(list);
    assertThat(bytes(Mnemonic.read(words, list.size()))).isEqualTo(entropy);
  }

  @Test
  void numbersCaseLinesAndCutWordsDoNoHarm() {
    StringBuilder typed = new StringBuilder();
    byte[] entropy = new byte[32];
    new Random(4).nextBytes(entropy);
    List<String> words = Mnemonic.words(entropy);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String cut = word.substring(0, Math.min(4, word.length()));
      typed
          .append(i + 1)
          .append(". ")
          .append(i % 2 == 0 ? cut : word.toUpperCase(Locale.ROOT))
          .append(",\n");
    }
    assertThat(bytes(Mnemonic.read(typed.toString(), 24))).isEqualTo(entropy);
  }

  @Test
  void theWrongWordIsNamedWithItsPlaceAndWhatWasMeant() {
    Mnemonic.Reading reading = Mnemonic.read(GOOD.replaceFirst("abandon art", "abandn art"), 24);

    assertThat(reading)
        .isEqualTo(new Mnemonic.Reading.UnknownWord(23, "abandn", Optional.of("abandon")));
    assertThat(reading.problem())
        .contains("Word 23, \"abandn\", is not in the list; did you mean \"abandon\"?");
  }

  @Test
  void aWrongNumberOfWordsIsSaid() {
    assertThat(Mnemonic.read(GOOD + " zoo", 24)).isEqualTo(new Mnemonic.Reading.WrongCount(25, 24));
    assertThat(Mnemonic.read("zoo", 24)).isEqualTo(new Mnemonic.Reading.WrongCount(1, 24));
    assertThat(Mnemonic.read("", 24)).isEqualTo(new Mnemonic.Reading.WrongCount(0, 24));
  }

  @Test
  void nearlyEveryExchangedWordOfAPhraseIsNoticed() {
    List<String> good = List.of(GOOD.split(" ", -1));
    int unnoticed = 0;
    for (int i = 0; i < 24; i++) {
      List<String> words = new ArrayList<>(good);
      words.set(i, "zebra");
      Mnemonic.Reading reading = Mnemonic.read(String.join(" ", words), 24);
      if (!reading.equals(new Mnemonic.Reading.WrongChecksum())) {
        unnoticed++;
      }
    }
    // One in 256 passes by chance; of these 24 none does.
    assertThat(unnoticed).isZero();
  }

  @Test
  void aWholeBookIsNotReadAsAPhrase() {
    assertThat(Mnemonic.read("zoo ".repeat(100_000), 24))
        .isEqualTo(new Mnemonic.Reading.WrongCount(0, 24));
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatThrownBy(() -> Mnemonic.words(new byte[20]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mnemonic.read(GOOD, 18)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasReadDoesNotShowInLogs() {
    assertThat(Mnemonic.read(GOOD, 24).toString()).doesNotContain("abandon").doesNotContain("0, 0");
  }

  private static byte[] bytes(Mnemonic.Reading reading) {
    assertThat(reading).isInstanceOf(Mnemonic.Reading.Bytes.class);
    return ((Mnemonic.Reading.Bytes) reading).bytes();
  }
}
