package org.wayfolk.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.Tally;
import org.wayfolk.rendezvous.Answer;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;

/** What forwarders, strangers and lying receivers may try. */
class HostileTest {
  private final SmallWorld world = new SmallWorld();
  private final SmallWorld.End a = world.end(1);
  private final SmallWorld.End b = world.end(2);
  private final SmallWorld.End mallory = world.end(3);
  private final MessageId id = new MessageId(7, 8);

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }

  private static List<String> texts(SmallWorld.End end) {
    return end.received.stream().map(m -> new String(m.payload(), UTF_8)).toList();
  }

  private Answer.KeyFound keyOf(SmallWorld.End e) {
    byte[] key = e.keys.current(HpkeSuite.X25519).orElseThrow().publicKey();
    return new Answer.KeyFound(e.id, e.record, HpkeSuite.X25519, key, 0, 0);
  }

  private byte[] entropy(int n) {
    byte[] e = new byte[32];
    e[0] = (byte) n;
    return e;
  }

  /** A frame with a message from {@code from} to b, as an honest node would make it. */
  private Sealer.Shipment sealed(SmallWorld.End from, MessageId mid, byte[] payload, int n) {
    try {
      Sealer sealer = new Sealer(from.me, world.network);
      return sealer.seal(
          mid, new MessagePayload.Content(0, payload), keyOf(b), entropy(n), world.wall());
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  /** A frame from a to b whose sealed content the test decides. */
  private byte[] withContent(MessageId mid, byte[] content, int n) {
    try {
      Answer.KeyFound to = keyOf(b);
      byte[] key = a.me.publicIdentity().key();
      byte[] info = MessagePayload.info(world.network.id(), to.suite(), key, b.id, to.keyId(), mid);
      HpkeContext c = to.suite().sender(a.me.crypto(), to.sealingKey(), info, entropy(n));
      byte[] ct = c.seal(MessagePayload.aad(), content);
      byte[] body =
          MessagePayload.write(new MessagePayload.Sealed(to.suite(), to.keyId(), mid, c.enc(), ct));
      return world.sign(a.me, b.id, body);
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] payloadOf(byte[] frame) {
    // Behind header and envelope head with a payload shorter than 128 bytes or longer.
    int headers = frame.length - 64;
    for (int at = 0; at < headers; at++) {
      if (frame[at] == 'w' && new String(frame, at, 7, UTF_8).equals("wayfolk")) {
        return Arrays.copyOfRange(frame, at, headers);
      }
    }
    throw new AssertionError("no payload");
  }

  /** Lets one message of a reach b and holds every receipt back; answers the receipts held. */
  private List<byte[]> holdReceipts() {
    List<byte[]> held = new ArrayList<>();
    world.way =
        (from, to, frame, copy) -> {
          if (SmallWorld.kind(frame) == PayloadKind.RECEIPT) {
            held.add(frame);
            return List.of();
          }
          return List.of(frame);
        };
    return held;
  }

  @Test
  void aMessageTakenOutOfItsEnvelopeAndSignedByAnotherDoesNotOpen() {
    byte[] stolen = payloadOf(sealed(a, id, text("mine"), 1).frame());
    b.arrive(world.sign(mallory.me, b.id, stolen));
    world.seconds(1);
    assertThat(b.received).isEmpty();
    assertThat(b.counted(Tally.MESSAGE_SEAL_BAD)).isEqualTo(1);
  }

  @Test
  void aMessageSealedToAnotherReceiverDoesNotOpen() {
    byte[] p = payloadOf(sealed(a, id, text("x"), 1).frame());
    mallory.arrive(world.sign(a.me, mallory.id, p));
    world.seconds(1);
    assertThat(mallory.received).isEmpty();
    assertThat(mallory.counted(Tally.MESSAGE_UNKNOWN_KEY)).isEqualTo(1);
  }

  @Test
  void anyBitOfASealedMessageChangedByItsSignerIsRefused() {
    byte[] p = payloadOf(sealed(a, id, text("some text"), 1).frame());
    for (int at = PayloadKind.PREFIX_BYTES; at < p.length; at++) {
      byte[] bad = p.clone();
      bad[at] ^= 2;
      b.arrive(world.sign(a.me, b.id, bad));
      world.run(SmallWorld.DELAY);
    }
    world.seconds(1);
    assertThat(b.received).isEmpty();
    long refused =
        b.counted(Tally.MESSAGE_SEAL_BAD)
            + b.counted(Tally.MESSAGE_UNKNOWN_KEY)
            + b.counted(Tally.MESSAGE_MALFORMED)
            + b.counted(Tally.MESSAGE_UNSUPPORTED);
    assertThat(refused).isEqualTo(p.length - PayloadKind.PREFIX_BYTES);
  }

  @Test
  void everyTruncationOfAMessageIsRefused() {
    byte[] p = payloadOf(sealed(a, id, text("some text"), 1).frame());
    for (int n = PayloadKind.PREFIX_BYTES; n < p.length; n++) {
      b.arrive(world.sign(a.me, b.id, Arrays.copyOf(p, n)));
      world.run(SmallWorld.DELAY);
    }
    world.seconds(1);
    assertThat(b.received).isEmpty();
    assertThat(b.counted(Tally.MESSAGE_MALFORMED) + b.counted(Tally.MESSAGE_SEAL_BAD))
        .isEqualTo(p.length - PayloadKind.PREFIX_BYTES);
  }

  @Test
  void anIdUsedAgainForOtherContentIsRefusedAndTheFirstStands() {
    Sealer.Shipment first = sealed(a, id, text("pay 10"), 1);
    b.arrive(first.frame());
    world.seconds(1);
    b.arrive(sealed(a, id, text("pay 99"), 2).frame());
    world.seconds(1);
    assertThat(texts(b)).containsExactly("pay 10");
    assertThat(b.counted(Tally.MESSAGE_ID_REUSED)).isEqualTo(1);
    assertThat(statuses(b)).containsExactly(Status.ACCEPTED, Status.REFUSED);
  }

  @Test
  void theSameIdFromAnotherSenderIsAnotherMessage() {
    b.arrive(sealed(a, id, text("from a"), 1).frame());
    b.arrive(sealed(mallory, id, text("from mallory"), 2).frame());
    world.seconds(1);
    assertThat(texts(b)).containsExactlyInAnyOrder("from a", "from mallory");
  }

  /** What the receipts that left an end say. */
  private List<Status> statuses(SmallWorld.End from) {
    List<Status> out = new ArrayList<>();
    byte[] last = {};
    for (byte[] frame : world.crossed) {
      boolean copy = Arrays.equals(frame, last);
      last = frame;
      if (!copy && SmallWorld.kind(frame) == PayloadKind.RECEIPT) {
        byte[] p = payloadOf(frame);
        try {
          out.add(
              MessagePayload.readReceipt(Arrays.copyOfRange(p, PayloadKind.PREFIX_BYTES, p.length))
                  .status());
        } catch (Malformed e) {
          throw new AssertionError(from.toString(), e);
        }
      }
    }
    return out;
  }

  @Test
  void aFlagOfALaterVersionIsUnsupportedAndACounterIsReadPast() {
    b.arrive(withContent(id, new byte[] {4, 'x'}, 1));
    world.seconds(1);
    assertThat(b.received).isEmpty();
    assertThat(b.counted(Tally.MESSAGE_UNSUPPORTED)).isEqualTo(1);
    assertThat(statuses(b)).containsExactly(Status.UNSUPPORTED);
    byte[] counted = {1, 0, 0, 0, 0, 0, 0, 0, 9, 'h', 'i'};
    b.arrive(withContent(new MessageId(1, 1), counted, 2));
    world.seconds(1);
    assertThat(texts(b)).containsExactly("hi");
  }

  @Test
  void contentThatIsCutOrTooLongIsRefused() {
    b.arrive(withContent(id, new byte[] {1, 0, 0}, 1));
    b.arrive(withContent(id, new byte[Send.MAX_PAYLOAD + 2], 2));
    b.arrive(withContent(id, new byte[] {2}, 3));
    b.arrive(withContent(id, new byte[] {2, 0, 'x'}, 4)); // raw said at length
    world.seconds(1);
    assertThat(b.received).isEmpty();
    assertThat(b.counted(Tally.MESSAGE_MALFORMED)).isEqualTo(4);
  }

  @Test
  void anUnknownSuiteIsRefused() {
    byte[] p = payloadOf(sealed(a, id, text("x"), 1).frame());
    p[PayloadKind.PREFIX_BYTES] = 9;
    b.arrive(world.sign(a.me, b.id, p));
    world.seconds(1);
    assertThat(b.counted(Tally.MESSAGE_MALFORMED)).isEqualTo(1);
  }

  @Test
  void theHybridSuiteUnderAClassicalKeyIsRefused() {
    byte[] p = payloadOf(sealed(a, id, new byte[2_000], 1).frame());
    p[PayloadKind.PREFIX_BYTES] = 2;
    b.arrive(world.sign(a.me, b.id, p));
    world.seconds(1);
    assertThat(b.counted(Tally.MESSAGE_UNSUPPORTED)).isEqualTo(1);
  }

  @Test
  void aReceiptBySomebodyElseIsRefused() {
    a.learn(b.id);
    world.seconds(1);
    List<byte[]> held = holdReceipts();
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(0.5);
    a.arrive(world.sign(mallory.me, a.id, payloadOf(held.getFirst())));
    world.seconds(0.1);
    assertThat(result).isNotDone();
    assertThat(a.counted(Tally.RECEIPT_UNASKED)).isEqualTo(1);
  }

  @Test
  void aReceiptThatWasNotMadeByOpeningTheSealIsRefused() {
    a.learn(b.id);
    world.seconds(1);
    List<byte[]> held = holdReceipts();
    b.handler = m -> Handled.Verdict.REFUSED;
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(0.5);
    byte[] genuine = payloadOf(held.getFirst());
    int statusAt = PayloadKind.PREFIX_BYTES + MessageId.BYTES;
    for (int at = statusAt; at < genuine.length; at++) { // status, hops, each byte of the proof
      byte[] forged = genuine.clone();
      forged[at] ^= 1;
      a.arrive(world.sign(b.me, a.id, forged));
    }
    world.seconds(0.1);
    assertThat(result).isNotDone();
    assertThat(a.counted(Tally.RECEIPT_FORGED)).isEqualTo(genuine.length - statusAt);
    a.arrive(held.getFirst());
    world.seconds(0.1);
    assertThat(result.join()).isEqualTo(new Outcome.Undelivered(Reason.REFUSED, 1));
  }

  @Test
  void aReceiptOfOneMessageDoesNotAnswerAnother() {
    a.learn(b.id);
    world.seconds(1);
    List<byte[]> held = holdReceipts();
    a.tell(b.id, text("first"));
    world.seconds(0.1);
    b.handler = m -> null;
    CompletableFuture<Outcome> second = a.send(b.id, text("second"));
    world.seconds(0.1);
    byte[] moved = payloadOf(held.getFirst());
    byte[] secondId = idOfLastMessage();
    System.arraycopy(secondId, 0, moved, PayloadKind.PREFIX_BYTES, MessageId.BYTES);
    a.arrive(world.sign(b.me, a.id, moved));
    world.seconds(0.1);
    assertThat(second).isNotDone();
    assertThat(a.counted(Tally.RECEIPT_FORGED)).isEqualTo(1);
  }

  private byte[] idOfLastMessage() {
    for (byte[] frame : world.crossed.reversed()) {
      if (SmallWorld.kind(frame) == PayloadKind.MESSAGE) {
        int at = PayloadKind.PREFIX_BYTES + 9;
        return Arrays.copyOfRange(payloadOf(frame), at, at + MessageId.BYTES);
      }
    }
    throw new AssertionError("no message crossed");
  }

  @Test
  void aReplayedReceiptChangesNothing() {
    a.learn(b.id);
    world.seconds(1);
    CompletableFuture<Outcome> result = a.send(b.id, text("x"));
    world.seconds(1);
    assertThat(result.join()).isInstanceOf(Outcome.Delivered.class);
    byte[] receipt = world.crossed.getLast();
    assertThat(SmallWorld.kind(receipt)).isEqualTo(PayloadKind.RECEIPT);
    long before = a.counted(Tally.ENVELOPE_REPLAYED);
    a.arrive(receipt);
    world.seconds(1);
    assertThat(a.counted(Tally.ENVELOPE_REPLAYED)).isEqualTo(before + 1);
    // Signed anew by the receiver it is fresh, and still answers nothing that waits.
    a.arrive(world.sign(b.me, a.id, payloadOf(receipt)));
    world.seconds(1);
    assertThat(a.counted(Tally.RECEIPT_UNASKED)).isEqualTo(1);
    assertThat(a.counted(Tally.MESSAGES_ACKNOWLEDGED)).isEqualTo(1);
  }

  @Test
  void everyTruncationOfAReceiptAndAnUnknownStatusAreRefused() {
    MessagePayload.Receipted r = new MessagePayload.Receipted(id, Status.ACCEPTED, 1, new byte[16]);
    byte[] p = MessagePayload.write(r);
    for (int n = PayloadKind.PREFIX_BYTES; n < p.length; n++) {
      a.arrive(world.sign(b.me, a.id, Arrays.copyOf(p, n)));
    }
    a.arrive(world.sign(b.me, a.id, Arrays.copyOf(p, p.length + 1)));
    byte[] unknown = p.clone();
    unknown[PayloadKind.PREFIX_BYTES + MessageId.BYTES] = 77;
    a.arrive(world.sign(b.me, a.id, unknown));
    world.seconds(1);
    assertThat(a.counted(Tally.MESSAGE_MALFORMED))
        .isEqualTo(p.length - PayloadKind.PREFIX_BYTES + 2);
  }

  @Test
  void oneIdGetsFourReceiptsAMinute() {
    for (int i = 0; i < 10; i++) {
      b.arrive(sealed(a, id, text("x"), i).frame());
      world.seconds(0.1);
    }
    assertThat(texts(b)).containsExactly("x");
    assertThat(b.counted(Tally.RECEIPTS_SENT)).isEqualTo(Correspondent.RECEIPTS_A_MINUTE);
    assertThat(b.counted(Tally.RECEIPT_OVER_BUDGET))
        .isEqualTo(10 - Correspondent.RECEIPTS_A_MINUTE);
    world.seconds(60);
    b.arrive(sealed(a, id, text("x"), 99).frame());
    world.seconds(1);
    assertThat(b.counted(Tally.RECEIPTS_SENT)).isEqualTo(Correspondent.RECEIPTS_A_MINUTE + 1);
  }

  @Test
  void aReceiptWithoutARouteIsCounted() {
    b.handler = m -> null;
    b.arrive(sealed(a, id, text("x"), 1).frame());
    world.seconds(1);
    b.down();
    b.give(b.delivery, new Handled(b.running.getFirst(), Handled.Verdict.ACCEPTED));
    world.seconds(1);
    assertThat(b.counted(Tally.RECEIPT_NO_ROUTE)).isEqualTo(1);
  }

  @Test
  void oneSendersIdsAreBoundedAndDoNotPushOutAnothers() {
    b.arrive(sealed(mallory, id, text("keep"), 1).frame());
    world.seconds(1);
    b.handlerTakes = 1;
    int flood = Correspondent.MAX_IDS + 20;
    for (int i = 0; i < flood; i++) {
      b.arrive(sealed(a, new MessageId(i, 1), new byte[] {1}, i).frame());
      world.run(5_000_000L);
    }
    assertThat(b.delivery.remembered()).isEqualTo(Correspondent.MAX_IDS + 1);
    b.arrive(sealed(mallory, id, text("keep"), 2).frame());
    world.seconds(1);
    assertThat(b.received.stream().filter(m -> m.from().equals(mallory.id))).hasSize(1);
  }

  @Test
  void anOriginIsItsKeyWhateverItClaims() {
    NodeId claimed = a.id;
    b.arrive(sealed(mallory, id, text("i am a"), 1).frame());
    world.seconds(1);
    assertThat(b.received.getFirst().from()).isEqualTo(mallory.id).isNotEqualTo(claimed);
  }

  @Test
  void anOpeningThatThrewFreesItsPlace() {
    b.jobsThrow = true;
    for (int i = 0; i < Receiver.MAX_OPENING; i++) {
      Answer.KeyFound to = keyOf(b);
      byte[] key = a.me.publicIdentity().key();
      MessagePayload.Sealed s =
          new MessagePayload.Sealed(
              to.suite(), to.keyId(), new MessageId(i, 3), new byte[32], new byte[20]);
      b.give(b.delivery, verified(key, s));
    }
    world.seconds(1);
    b.jobsThrow = false;
    b.arrive(sealed(a, id, text("still here"), 1).frame());
    world.seconds(1);
    assertThat(texts(b)).containsExactly("still here");
  }

  private Input.Verified verified(byte[] originKey, MessagePayload.Sealed s) {
    byte[] payload = MessagePayload.write(s);
    byte[] body = Arrays.copyOfRange(payload, PayloadKind.PREFIX_BYTES, payload.length);
    return new Input.Verified(a.id, originKey, world.wall(), PayloadKind.MESSAGE, body, 1, b.link);
  }
}
