package org.wayfolk.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.VectorFile;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;

/** The key payloads of docs/protocol/sealing.md. */
class KeyVectorsTest {
  private final VectorFile sealing = VectorFile.named("sealing.txt");
  private final VectorFile v = VectorFile.named("keys.txt");
  private final KeyPayload.Nonce nonce =
      new KeyPayload.Nonce(0x0001020304050607L, 0x08090a0b0c0d0e0fL);
  private final KeyPayload.Offer offer =
      new KeyPayload.Offer(1, sealing.get("sealing.key"), sealing.get("record"));

  private byte[] body(String name) {
    byte[] p = v.get(name);
    return Arrays.copyOfRange(p, PayloadKind.PREFIX_BYTES, p.length);
  }

  @Test
  void theyAreMadeByteForByte() {
    assertThat(KeyPayload.ask(nonce)).isEqualTo(v.get("key_ask"));
    assertThat(KeyPayload.answer(nonce, offer)).isEqualTo(v.get("key_answer"));
    assertThat(KeyPayload.rekey(v.get("unknown_key_id"), offer)).isEqualTo(v.get("rekey"));
  }

  @Test
  void theyReadBack() throws Malformed {
    assertThat(KeyPayload.readAsk(body("key_ask"))).isEqualTo(nonce);
    KeyPayload.KeyAnswer answer = KeyPayload.readAnswer(body("key_answer"));
    assertThat(answer.nonce()).isEqualTo(nonce);
    assertThat(answer.offer().key()).isEqualTo(offer.key());
    assertThat(answer.offer().record()).isEqualTo(offer.record());
    KeyPayload.Rekey rekey = KeyPayload.readRekey(body("rekey"));
    assertThat(rekey.unknownKeyId()).isEqualTo(v.get("unknown_key_id"));
  }
}
