package org.wayfolk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VaultTest {

  private static final HexFormat HEX = HexFormat.of();

  private final Vault vault = new Vault(new byte[32], new Random(1));

  /** Section A.3.1 of draft-irtf-cfrg-xchacha-03. */
  @Test
  void theCipherAgreesWithTheDraftsVector() {
    byte[] key = HEX.parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    byte[] nonce = HEX.parseHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    byte[] aad = HEX.parseHex("50515253c0c1c2c3c4c5c6c7");
    byte[] plain =
        Notes.bytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.");
    byte[] sealed = new byte[plain.length + XChaCha.TAG];
    XChaCha.seal(key, nonce, aad, plain, sealed, 0);
    assertThat(HEX.formatHex(sealed))
        .isEqualTo(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
                + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
                + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
                + "21f9664c97637da9768812f615c68b13b52e"
                + "c0875924c1c7987947deafd8780acf49");
    assertThat(XChaCha.open(key, nonce, aad, sealed, 0)).isEqualTo(plain);
  }

  /**
   * A vector of the reference implementation's own test (argon2id, version 0x13, m = 2^16, t = 2).
   */
  @Test
  void thePassphraseKeyAgreesWithTheReferenceImplementation() {
    byte[] key =
        new PassphraseKey(Notes.bytes("somesalt"), 65_536, 2, 1).derive(Notes.bytes("password"));
    assertThat(HEX.formatHex(key))
        .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  }

  @Test
  void whatIsSealedOpensOnlyInItsPlaceAndRow() {
    byte[] sealed = vault.seal("t.c", Vault.row(7), Notes.bytes("secret"));
    assertThat(vault.open("t.c", Vault.row(7), sealed)).isEqualTo(Notes.bytes("secret"));
    assertThat(sealed).hasSize(6 + Vault.OVERHEAD);
    assertThatThrownBy(() -> vault.open("t.c", Vault.row(8), sealed)).isInstanceOf(Damaged.class);
    assertThatThrownBy(() -> vault.open("t.d", Vault.row(7), sealed)).isInstanceOf(Damaged.class);
    assertThatThrownBy(() -> vault.open("t", Notes.bytes(".c"), sealed))
        .isInstanceOf(Damaged.class);
    Vault other = new Vault(Notes.bytes("another key of thirty-two bytes!"), new Random(1));
    assertThatThrownBy(() -> other.open("t.c", Vault.row(7), sealed)).isInstanceOf(Damaged.class);
  }

  @Test
  void everyAlteredBitAndEveryCutIsNoticed() {
    byte[] sealed = vault.seal("t.c", Vault.row(7), Notes.bytes("secret"));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> vault.open("t.c", Vault.row(7), altered))
          .isInstanceOf(Damaged.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> vault.open("t.c", Vault.row(7), cut)).isInstanceOf(Damaged.class);
    }
  }

  @Test
  void theSameValueIsNeverSealedAlike() {
    assertThat(vault.seal("t.c", Vault.row(7), Notes.bytes("secret")))
        .isNotEqualTo(vault.seal("t.c", Vault.row(7), Notes.bytes("secret")));
  }

  @Test
  void tagsKeepTheirPartsApart() {
    assertThat(vault.tag("k", Notes.bytes("ab"), Notes.bytes("c")))
        .hasSize(Vault.TAG)
        .isEqualTo(vault.tag("k", Notes.bytes("ab"), Notes.bytes("c")))
        .isNotEqualTo(vault.tag("k", Notes.bytes("a"), Notes.bytes("bc")))
        .isNotEqualTo(vault.tag("k", Notes.bytes("abc")))
        .isNotEqualTo(vault.tag("kab", Notes.bytes("c")));
  }

  @Test
  void manyThreadsMayUseIt() {
    byte[] tag = vault.tag("k", Notes.bytes("value"));
    CompletableFuture<?>[] threads =
        IntStream.range(0, 4)
            .mapToObj(thread ->
                CompletableFuture.runAsync(() -> {
                  for (int i = 0; i < 500; i++) {
                    byte[] plain = Vault.row(i * 31L + thread);
                    byte[] sealed = vault.seal("t.c", Vault.row(i), plain);
                    assertThat(vault.open("t.c", Vault.row(i), sealed)).isEqualTo(plain);
                    assertThat(vault.tag("k", Notes.bytes("value"))).isEqualTo(tag);
                  }
                }))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(threads).join();
  }

  @Test
  void aWipedVaultRefusesToWork() {
    byte[] sealed = vault.seal("t.c", Vault.row(7), Notes.bytes("secret"));
    vault.wipe();
    assertThatThrownBy(() -> vault.open("t.c", Vault.row(7), sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.seal("t.c", Vault.row(7), sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.tag("k", sealed)).isInstanceOf(IllegalStateException.class);
  }
}
