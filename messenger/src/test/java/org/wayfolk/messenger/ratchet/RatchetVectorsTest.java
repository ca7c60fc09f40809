package org.wayfolk.messenger.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Handshake.Initiated;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.wire.Malformed;

/** docs/protocol/ratchet.md: the file is read and made anew, byte for byte, on each provider. */
class RatchetVectorsTest {

  static final int MESSAGES = 7;
  private static final List<String> GIVEN =
      List.of(
          "a.identity",
          "a.agreement",
          "b.identity",
          "b.agreement",
          "b.signing",
          "b.prekeys",
          "b.one_time",
          "psk",
          "created",
          "setup.random");

  private final RatchetVectors vectors = new RatchetVectors();
  private final Map<String, String> made = new LinkedHashMap<>();

  private void put(String name, byte[] value) {
    made.put(name, HexFormat.of().formatHex(value));
  }

  private static long number(byte[] eight) {
    return ByteBuffer.wrap(eight).getLong();
  }

  private void make(Crypto crypto) throws Malformed {
    for (String given : GIVEN) {
      put(given, vectors.get(given));
    }
    long created = number(vectors.get("created"));
    byte[] agreementA = vectors.get("a.agreement");
    byte[] agreementB = vectors.get("b.agreement");
    byte[] psk = vectors.get("psk");
    PrekeySecrets prekeys = PrekeySecrets.decode(vectors.get("b.prekeys"));
    OneTimePrekey.Secret oneTime = new OneTimePrekey.Secret(513, vectors.get("b.one_time"));
    Party.Own a = new Party.Own(vectors.get("a.identity"), agreementA);
    Party.Own b = new Party.Own(vectors.get("b.identity"), agreementB);
    Crypto.SigningKey signing = crypto.signingKey(vectors.get("b.signing"));
    Party partyA = new Party(a.identity(), crypto.x25519Public(agreementA), new byte[32]);
    Party partyB = new Party(b.identity(), crypto.x25519Public(agreementB), signing.publicKey());
    PrekeyBundle bundle =
        prekeys
            .bundle(crypto, (purpose, fields) -> signing.sign(purpose.signedBytes(fields)))
            .with(oneTime.toPublic(crypto));
    put("b.bundle", bundle.encode());
    VectorRandom random = new VectorRandom(vectors.get("setup.random"));
    Initiated begun = new Handshake(crypto, a, partyB).initiate(bundle, psk, random, created);
    assertThat(random.left()).isZero();
    RatchetState accepted =
        new Handshake(crypto, b, partyA).accept(begun.initial(), prekeys, oneTime, psk, created);
    put("initial", begun.initial().encode());
    put("binding", begun.state().binding);
    put("root", accepted.root);
    put("header.a", accepted.nextReceiving);
    put("header.b", accepted.nextSending);
    messages(new Ratchet(crypto), begun.state(), accepted);
  }

  private void messages(Ratchet ratchet, RatchetState a, RatchetState b) throws Malformed {
    RatchetState[] states = {a, b};
    for (int i = 1; i <= MESSAGES; i++) {
      String name = "m" + i + ".";
      for (String given : List.of("from", "now", "ad", "around", "text", "random")) {
        put(name + given, vectors.get(name + given));
      }
      int from = vectors.get(name + "from")[0];
      long now = number(vectors.get(name + "now"));
      byte[] ad = vectors.get(name + "ad");
      byte[] text = vectors.get(name + "text");
      int around = ByteBuffer.wrap(vectors.get(name + "around")).getInt();
      VectorRandom random = new VectorRandom(vectors.get(name + "random"));
      Sealed sealed = ratchet.seal(states[from], text, ad, around, random, now);
      assertThat(random.left()).as(name).isZero();
      put(name + "payload", sealed.payload());
      states[from] = sealed.next();
      put(name + "chain", Objects.requireNonNull(sealed.next().sending).key());
      Opened opened = (Opened) ratchet.open(states[1 - from], sealed.payload(), ad, now);
      assertThat(opened.plaintext()).isEqualTo(text);
      states[1 - from] = opened.next();
    }
    put("a.state", states[0].encode());
    put("b.state", states[1].encode());
    assertThat(RatchetState.decode(states[0].encode()).encode()).isEqualTo(states[0].encode());
  }

  private void isMadeBy(String provider) throws Malformed {
    make(Crypto.named(provider));
    assertThat(made).containsExactlyEntriesOf(vectors.all());
  }

  @Test
  void bouncyCastleMakesThemByteForByte() throws Malformed {
    isMadeBy("bouncycastle");
  }

  @Test
  void conscryptMakesThemByteForByte() throws Malformed {
    isMadeBy("conscrypt");
  }
}
