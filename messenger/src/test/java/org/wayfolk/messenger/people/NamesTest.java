package org.wayfolk.messenger.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wayfolk.messenger.person.Card;

final class NamesTest {

  private static final Card CARD = Card.of(new byte[32]);

  @ParameterizedTest
  @ValueSource(
      strings = {"Alice", "Zoë", "李雷", "محمد", "Anna-Lena O'Hara", "👩‍👩‍👧 Mum", "می‌خواهم"})
  void anOrdinaryNameStaysAsItIs(String name) {
    assertThat(Names.clean(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'  Bob \t Ross ', Bob Ross",
    "'B\u001b[31mob', B[31mob",
    "'Bob\u202egnp.exe', Bobgnp.exe",
    "'Bo\u200bb\u2066\u2069', Bob",
    "'Bob\nAlice', Bob Alice",
    "'Bob\u2028Alice', Bob Alice",
    "'Bob\ue000', Bob",
    "'Zoe\u0308', Zo\u00eb"
  })
  void whatATerminalObeysOrNobodySeesIsTakenOut(String wish, String name) {
    assertThat(Names.clean(wish)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u202e\u200b", "\u200d\u200c", "\ud800"})
  void whatLeavesNothingToSeeIsNoName(String wish) {
    assertThat(Names.clean(wish)).isEmpty();
    assertThat(unique(wish)).isEqualTo("friend-000000");
  }

  @Test
  void aNameHasAtMost64CodePoints() {
    assertThat(Names.clean("\ud83d\ude00".repeat(100))).isEqualTo("\ud83d\ude00".repeat(64));
    assertThat(Names.clean("x".repeat(1_000_000))).hasSize(64);
    String taken = "x".repeat(64);
    assertThat(Names.unique(taken, CARD, taken::equals)).isEqualTo("x".repeat(62) + " 2");
  }

  @Test
  void namesThatAReaderTakesForTheSameAreTheSame() {
    assertThat(Names.fold("ALICE")).isEqualTo(Names.fold("alice"));
    assertThat(Names.fold("Ａlice")).isEqualTo(Names.fold("alice"));
    assertThat(Names.fold("al\u200dice")).isEqualTo(Names.fold("alice"));
    assertThat(Names.fold("Σοφός")).isEqualTo(Names.fold("ΣΟΦΌΣ"));
    assertThat(Names.fold("alicia")).isNotEqualTo(Names.fold("alice"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice\u3164",
        "Ali\u034fce",
        "Alice\ufe0f",
        "\uffa0Alice",
        "Al\u2800ice",
        "\u0410lice",
        "Ali\u0441\u0435",
        "Ali\u115fce",
        "Alice\udb40\udd00"
      })
  void aNameThatLooksLikeAnotherIsNotTaken(String twin) {
    assertThat(unique(twin, Names.fold("Alice"))).endsWith(" 2");
  }

  @Test
  void onlyWhatShowsNothingIsNoName() {
    assertThat(unique("\u3164\u2800")).isEqualTo("friend-000000");
    assertThat(unique("\ufe0f")).isEqualTo("friend-000000");
    assertThat(Names.clean("\u2764\ufe0f")).isEqualTo("\u2764\ufe0f");
    assertThat(Names.fold("\u0410\u043d\u043d\u0430"))
        .isEqualTo(Names.fold("\u0410\u041d\u041d\u0410"));
  }

  @Test
  void aTakenNameGetsTheNextFreeNumber() {
    assertThat(unique("Bob", "bob")).isEqualTo("Bob 2");
    assertThat(unique("Bob", "bob", "bob 2", "bob 3")).isEqualTo("Bob 4");
  }

  @Test
  void nobodyIsCalledMeOrNotesInAScriptsOutput() {
    assertThat(unique("me")).isEqualTo("me 2");
    assertThat(unique("Notes")).isEqualTo("Notes 2");
  }

  private static String unique(String wish, String... taken) {
    return Names.unique(wish, CARD, Set.of(taken)::contains);
  }
}
