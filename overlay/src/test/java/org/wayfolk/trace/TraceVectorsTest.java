package org.wayfolk.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.VectorFile;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;

/** The payloads of docs/protocol/trace.md, made anew. */
final class TraceVectorsTest {
  private static final TracePayload.Nonce NONCE =
      new TracePayload.Nonce(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
  private static final NodeId ASKER = new NodeId(0xaaaaL << 48, 0, 0, 0xa);
  private static final NodeId HOP = new NodeId(0xbbbbL << 48, 0, 0, 0xb);
  private static final NodeId NEXT = new NodeId(0xccccL << 48, 0, 0, 0xc);
  private static final byte[] NETWORK = new byte[16];

  private final Crypto crypto = Crypto.best();

  private static byte[] filled(int value, int length) {
    byte[] b = new byte[length];
    Arrays.fill(b, (byte) value);
    return b;
  }

  private Map<String, byte[]> made() throws Malformed {
    Arrays.fill(NETWORK, (byte) 7);
    SealingKeyPair key = HpkeSuite.X25519.keyPair(crypto, filled(1, HpkeSuite.SEED_BYTES));
    byte[] line = new TracePayload.Line(false, NEXT, false, 12_345_678).encode();
    byte[] info = TracePayload.info(NETWORK, NONCE, HOP, ASKER);
    byte[] entropy = filled(2, HpkeSuite.X25519.entropyBytes());
    Map<String, byte[]> v = new LinkedHashMap<>();
    v.put("key.seed", filled(1, HpkeSuite.SEED_BYTES));
    v.put("entropy", entropy);
    v.put("ask", TracePayload.ask(NONCE, key.publicKey()));
    v.put("line.told", line);
    v.put("line.hidden", new TracePayload.Line(false, null, true, 0).encode());
    v.put("line.target", new TracePayload.Line(true, null, false, 0).encode());
    v.put("info", info);
    try (HpkeContext c = HpkeSuite.X25519.sender(crypto, key.publicKey(), info, entropy)) {
      byte[] sealed = c.seal(new byte[0], line);
      v.put("answer", TracePayload.line(new TracePayload.Sealed(NONCE, c.enc(), sealed)));
    }
    return v;
  }

  @Test
  void payloadsAreMadeByteForByte() throws Malformed {
    Map<String, String> hex = new LinkedHashMap<>();
    made().forEach((k, b) -> hex.put(k, HexFormat.of().formatHex(b)));
    Map<String, String> read = new LinkedHashMap<>(VectorFile.named("trace.txt").all());
    read.keySet().removeIf(k -> k.startsWith("reject."));
    assertThat(read).isEqualTo(hex);
  }

  @Test
  void whatIsMadeIsReadBackAndOpens() throws Malformed {
    VectorFile v = VectorFile.named("trace.txt");
    TracePayload.Ask ask = TracePayload.readAsk(body(v.get("ask")));
    assertThat(ask.nonce()).isEqualTo(NONCE);
    TracePayload.Sealed sealed = TracePayload.readLine(body(v.get("answer")));
    SealingKeyPair key = HpkeSuite.X25519.keyPair(crypto, v.get("key.seed"));
    assertThat(key.publicKey()).isEqualTo(ask.key());
    try (HpkeContext c = HpkeSuite.X25519.receiver(crypto, key, sealed.enc(), v.get("info"))) {
      TracePayload.Line line = TracePayload.Line.decode(c.open(new byte[0], sealed.ciphertext()));
      assertThat(line).isEqualTo(new TracePayload.Line(false, NEXT, false, 12_300_000));
    }
  }

  private static byte[] body(byte[] payload) {
    return Arrays.copyOfRange(payload, PayloadKind.PREFIX_BYTES, payload.length);
  }

  @Test
  void whatIsToBeRefusedIs() {
    VectorFile v = VectorFile.named("trace.txt");
    int refused = 0;
    for (String name : v.all().keySet()) {
      if (name.startsWith("reject.line.")) {
        refused++;
        assertThatThrownBy(() -> TracePayload.Line.decode(v.get(name)))
            .as(name)
            .isInstanceOf(Malformed.class);
      } else if (name.startsWith("reject.ask.")) {
        refused++;
        assertThatThrownBy(() -> TracePayload.readAsk(v.get(name)))
            .as(name)
            .isInstanceOf(Malformed.class);
      }
    }
    assertThat(refused).isEqualTo(5);
  }
}
