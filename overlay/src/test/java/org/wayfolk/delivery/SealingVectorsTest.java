package org.wayfolk.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/** docs/protocol/sealing.md and receipt.md: the files are read and made anew, byte for byte. */
class SealingVectorsTest {
  private static final Crypto CRYPTO = Crypto.best();

  private final VectorFile sealing = VectorFile.named("sealing.txt");
  private final VectorFile receipts = VectorFile.named("receipt.txt");
  private final Network network = Network.local("vectors");
  private final Identity origin = Identity.ofSeed(sealing.get("origin.seed"));
  private final Identity target = Identity.ofSeed(sealing.get("target.seed"));
  private final SealingKeyPair pair = HpkeSuite.X25519.keyPair(CRYPTO, sealing.get("sealing.seed"));
  private final MessageId id = readId(sealing.get("message.id"));
  private final long sentMillis = 1_800_000_000_123L;

  private static MessageId readId(byte[] b) {
    try {
      return MessageId.read(new Reader(b));
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private PeerRecord record() {
    byte[] key = target.publicIdentity().key();
    byte[] hash = pair.publicHash(CRYPTO);
    long issued = 1_800_000_000_000L;
    return new RecordCheck(CRYPTO, network)
        .sign(
            target,
            new PeerRecord.Body(
                key, issued, issued + PeerRecord.LIFE_MILLIS, hash, 0, List.of(), List.of()));
  }

  private Answer.KeyFound key() {
    return new Answer.KeyFound(target.id(), record(), HpkeSuite.X25519, pair.publicKey(), 0, 0);
  }

  private Sealer.Shipment shipment() throws Malformed {
    Sealer sealer = new Sealer(origin, network);
    byte[] entropy = sealing.get("entropy");
    MessagePayload.Content raw = new MessagePayload.Content(0, sealing.get("payload"));
    return sealer.seal(id, raw, key(), entropy, sentMillis);
  }

  private byte[] info() {
    byte[] keyId = SealingKeyPair.idOf(CRYPTO, pair.publicKey());
    return MessagePayload.info(
        network.id(), HpkeSuite.X25519, origin.publicIdentity().key(), target.id(), keyId, id);
  }

  private static String hex(byte[] b) {
    return HexFormat.of().formatHex(b);
  }

  private static byte[] payloadOf(byte[] frame, int length) {
    int end = frame.length - 64;
    return Arrays.copyOfRange(frame, end - length, end);
  }

  private static MessagePayload.Content readContent(byte[] content) throws Malformed {
    return Objects.requireNonNull(MessagePayload.readContent(content));
  }

  @Test
  void aSealedMessageIsMadeByteForByte() throws Malformed {
    Sealer.Shipment s = shipment();
    int length = 9 + 25 + 32 + 1 + sealing.get("payload").length + 16;
    Map<String, String> made = new LinkedHashMap<>();
    for (String given :
        List.of("origin.seed", "target.seed", "sealing.seed", "message.id", "entropy", "payload")) {
      made.put(given, hex(sealing.get(given)));
    }
    made.put("network.id", hex(network.id()));
    made.put("origin.key", hex(origin.publicIdentity().key()));
    made.put("target.id", target.id().hex());
    made.put("sealing.key", hex(pair.publicKey()));
    made.put("sealing.key_hash", hex(pair.publicHash(CRYPTO)));
    made.put("sealing.key_id", hex(pair.id(CRYPTO)));
    made.put("info", hex(info()));
    made.put("enc", hex(s.context().enc()));
    made.put("content", hex(MessagePayload.content(0, sealing.get("payload"))));
    made.put("content.application", hex(MessagePayload.content(1, sealing.get("payload"))));
    made.put("message", hex(payloadOf(s.frame(), length)));
    made.put("frame", hex(s.frame()));
    made.put("record", hex(record().bytes()));
    assertThat(made).containsExactlyEntriesOf(sealing.all());
  }

  @Test
  void theReceiverOpensIt() throws Malformed {
    byte[] message = sealing.get("message");
    MessagePayload.Sealed s =
        MessagePayload.readMessage(Arrays.copyOfRange(message, 9, message.length));
    Sealer.Opened opened = new Sealer(target, network).open(s, origin.publicIdentity().key(), pair);
    if (opened == null) {
      throw new AssertionError("it does not open");
    }
    MessagePayload.Content content = readContent(opened.content());
    assertThat(content.application()).isEqualTo(Applications.RAW);
    assertThat(content.payload()).isEqualTo(sealing.get("payload"));
  }

  @Test
  void contentWithACounterReadsThePayloadBehindIt() throws Malformed {
    byte[] payload = receipts.get("content.counter.payload");
    MessagePayload.Content raw = readContent(receipts.get("content.counter"));
    assertThat(raw.application()).isEqualTo(Applications.RAW);
    assertThat(raw.payload()).isEqualTo(payload);
    MessagePayload.Content both = readContent(receipts.get("content.counter_and_application"));
    assertThat(both.application()).isEqualTo(Applications.MESSENGER);
    assertThat(both.payload()).isEqualTo(payload);
  }

  @Test
  void receiptsAreMadeByteForByteByBothEnds() throws Malformed {
    HpkeContext sender = shipment().context();
    byte[] message = sealing.get("message");
    MessagePayload.Sealed s =
        MessagePayload.readMessage(Arrays.copyOfRange(message, 9, message.length));
    HpkeContext receiver = HpkeSuite.X25519.receiver(CRYPTO, pair, s.enc(), info());
    Map<String, String> made = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      for (int hops : new int[] {1, 255}) {
        byte[] context = MessagePayload.proofContext(status, hops);
        byte[] proof = receiver.export(context, MessagePayload.PROOF_BYTES);
        assertThat(sender.export(context, MessagePayload.PROOF_BYTES)).isEqualTo(proof);
        byte[] receipt =
            MessagePayload.write(new MessagePayload.Receipted(id, status, hops, proof));
        made.put("receipt." + status.code() + "." + hops, hex(receipt));
      }
    }
    made.put("content.counter", hex(receipts.get("content.counter")));
    made.put("content.counter.payload", hex(receipts.get("content.counter.payload")));
    made.put(
        "content.counter_and_application", hex(receipts.get("content.counter_and_application")));
    assertThat(made).containsExactlyEntriesOf(receipts.all());
  }
}
