package org.wayfolk.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.protocol.FakeLink;
import org.wayfolk.protocol.Input;
import org.wayfolk.protocol.RecordedEffects;
import org.wayfolk.protocol.Tally;
import org.wayfolk.routing.Arrived;
import org.wayfolk.routing.Envelope;
import org.wayfolk.transport.CloseReason;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Writer;

class AdmissionTest {
  private static final Network NETWORK = Network.local("admission");
  private static final Identity ME = Records.identity(1);
  private static final Identity ALICE = Records.identity(2);
  private static final Identity MALLORY = Records.identity(3);

  private final FakeLink link = new FakeLink(Records.identity(50).id());
  private final FakeLink other = new FakeLink(Records.identity(51).id());
  private RecordedEffects fx = node(NETWORK, id -> true);

  private RecordedEffects node(Network network, Predicate<NodeId> wanted) {
    RecordedEffects e = new RecordedEffects(new Admission(ME.id(), Crypto.best(), network, wanted));
    for (FakeLink l : List.of(link, other)) {
      e.give(up(l));
    }
    return e;
  }

  private static Input.LinkUp up(FakeLink l) {
    PeerRecord record = Records.of(NETWORK, 50, 1_800_000_000_000L);
    return new Input.LinkUp(l, record, 0, 0);
  }

  private static byte[] payload(int kind, String body) {
    Writer w = new Writer(PayloadKind.PREFIX_BYTES + body.length());
    return PayloadKind.write(w, kind)
        .bytes(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .toBytes();
  }

  private long nanos() {
    return fx.wallMillis() * 1_000_000L;
  }

  /** An envelope without its frame header. */
  private static byte[] envelope(Identity from, NodeId to, long sentNanos, byte[] payload) {
    return envelope(FrameType.ROUTE, from, to, sentNanos, payload);
  }

  private static byte[] envelope(
      int type, Identity from, NodeId to, long sentNanos, byte[] payload) {
    byte[] key = from.publicIdentity().key();
    byte[] frame = Envelope.sign(type, to, key, sentNanos, payload, from::signEnvelope);
    int length = Envelope.bytes(payload.length);
    return Arrays.copyOfRange(frame, FrameHeader.bytes(length), frame.length);
  }

  private byte[] message(Identity from, String body) {
    return envelope(from, ME.id(), nanos(), payload(PayloadKind.MESSAGE, body));
  }

  private void arrive(byte[] envelope) {
    arrive(link, envelope);
  }

  private void arrive(FakeLink over, byte[] envelope) {
    fx.give(new Arrived(over, FrameType.ROUTE, envelope, 15));
  }

  private List<Input.Verified> verified() {
    List<Input.Verified> out = new ArrayList<>();
    fx.events.forEach(e -> out.add((Input.Verified) e));
    return out;
  }

  private void refused(Tally why) {
    assertThat(fx.events).isEmpty();
    assertThat(fx.counted(why)).isEqualTo(1);
    assertThat(fx.counted(Tally.ENVELOPES_VERIFIED)).isZero();
  }

  @Test
  void whatItsOriginSignedIsPassedOnWithItsName() {
    arrive(message(ALICE, "hello"));
    assertThat(verified()).hasSize(1);
    Input.Verified v = verified().getFirst();
    assertThat(v.origin()).isEqualTo(ALICE.id());
    assertThat(v.originKey()).isEqualTo(ALICE.publicIdentity().key());
    assertThat(v.kind()).isEqualTo(PayloadKind.MESSAGE);
    assertThat(v.body()).asString().isEqualTo("hello");
    assertThat(v.sentMillis()).isEqualTo(fx.wallMillis());
    assertThat(v.hops()).isEqualTo(2);
    assertThat(v.from()).isSameAs(link);
  }

  @Test
  void aForgedEnvelopeIsRefused() {
    byte[] forged = message(MALLORY, "from alice, honestly");
    System.arraycopy(ALICE.publicIdentity().key(), 0, forged, Envelope.KEY_AT, 32);
    arrive(forged);
    refused(Tally.SIGNATURE_BAD);
  }

  @Test
  void aStrippedSignatureIsRefused() {
    byte[] e = message(ALICE, "x");
    Arrays.fill(e, e.length - 64, e.length, (byte) 0);
    arrive(e);
    refused(Tally.SIGNATURE_BAD);
  }

  @Test
  void aSwappedSignatureIsRefused() {
    byte[] e = message(ALICE, "x");
    byte[] donor = message(ALICE, "y");
    System.arraycopy(donor, donor.length - 64, e, e.length - 64, 64);
    arrive(e);
    refused(Tally.SIGNATURE_BAD);
  }

  @Test
  void aForwarderThatPutsItsOwnNameOnAPayloadIsItsOriginAndNobodyElse() {
    arrive(message(MALLORY, "x"));
    assertThat(verified().getFirst().origin()).isEqualTo(MALLORY.id());
  }

  @Test
  void anyBitChangedInWhatIsSignedIsRefused() {
    byte[] good = message(ALICE, "a payload");
    int payloadAt = Envelope.MIN_BYTES - 64;
    for (int at = Envelope.KEY_AT; at < good.length; at++) {
      boolean unsigned =
          at == 73 || at == 74; // the avoid list and the length, which decoding ties down
      if (!unsigned) {
        byte[] bad = good.clone();
        bad[at] ^= 4;
        arrive(bad);
      }
    }
    assertThat(payloadAt).isPositive();
    assertThat(fx.events).isEmpty();
    // And none of it was held against Alice.
    arrive(good);
    assertThat(verified()).hasSize(1);
  }

  @Test
  void aChangedTtlIsNoForgery() {
    byte[] e = message(ALICE, "x");
    e[Envelope.TTL_AT] = 3;
    arrive(e);
    assertThat(verified()).hasSize(1);
  }

  @Test
  void aReplayIsRefusedOverEveryLinkUntilItIsStale() {
    byte[] e = message(ALICE, "x");
    arrive(e);
    byte[] copy = e.clone();
    copy[Envelope.TTL_AT] = 2; // another copy, another way
    arrive(copy);
    arrive(other, e);
    fx.advance(14 * 60_000_000_000L);
    arrive(other, e);
    assertThat(verified()).hasSize(1);
    assertThat(fx.counted(Tally.ENVELOPE_REPLAYED)).isEqualTo(3);
    fx.advance(2 * 60_000_000_000L);
    arrive(other, e);
    assertThat(fx.counted(Tally.ENVELOPE_STALE)).isEqualTo(1);
  }

  @Test
  void twoCopiesUnderVerificationAtOnceGiveOneEvent() {
    fx.workAtOnce = false;
    byte[] e = message(ALICE, "x");
    arrive(e);
    arrive(other, e);
    fx.runWork();
    assertThat(verified()).hasSize(1);
    assertThat(fx.counted(Tally.ENVELOPE_REPLAYED)).isEqualTo(1);
  }

  @Test
  void aForgeryWithTheVictimsKeyAndSignatureDoesNotMakeTheGenuineOneADuplicate() {
    byte[] genuine = message(ALICE, "genuine");
    byte[] forged = genuine.clone();
    forged[forged.length - 65] ^= 1; // last byte of the payload; key and signature are hers
    arrive(forged);
    assertThat(fx.counted(Tally.SIGNATURE_BAD)).isEqualTo(1);
    arrive(genuine);
    assertThat(verified()).hasSize(1);
  }

  @Test
  void forgedFramesSpendNothingOfTheVictimsBudget() {
    for (int i = 0; i < Admission.ORIGIN_BURST + 10; i++) {
      byte[] forged = message(MALLORY, "f" + i);
      System.arraycopy(ALICE.publicIdentity().key(), 0, forged, Envelope.KEY_AT, 32);
      arrive(forged);
    }
    assertThat(fx.counted(Tally.SIGNATURE_BAD)).isEqualTo(Admission.ORIGIN_BURST + 10);
    arrive(message(ALICE, "x"));
    assertThat(verified()).hasSize(1);
  }

  @Test
  void anOriginOverItsBudgetIsRefusedAndOthersAreNot() {
    for (int i = 0; i < Admission.ORIGIN_BURST + 5; i++) {
      arrive(message(ALICE, "m" + i));
    }
    assertThat(fx.counted(Tally.ORIGIN_OVER_BUDGET)).isEqualTo(5);
    arrive(message(MALLORY, "x"));
    assertThat(fx.counted(Tally.ENVELOPES_VERIFIED)).isEqualTo(Admission.ORIGIN_BURST + 1);
    fx.advance(1_000_000_000L);
    arrive(message(ALICE, "again"));
    assertThat(fx.counted(Tally.ENVELOPES_VERIFIED)).isEqualTo(Admission.ORIGIN_BURST + 2);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] e = message(ALICE, "x");
    for (int n = 0; n < e.length; n++) {
      arrive(Arrays.copyOf(e, n));
    }
    assertThat(fx.events).isEmpty();
    assertThat(fx.counted(Tally.ENVELOPE_MALFORMED)).isEqualTo(e.length);
  }

  @Test
  void bytesBehindTheSignatureAreRefused() {
    byte[] e = message(ALICE, "x");
    arrive(Arrays.copyOf(e, e.length + 1));
    refused(Tally.ENVELOPE_MALFORMED);
  }

  @Test
  void anEnvelopeForSomebodyElseIsRefused() {
    byte[] p = payload(PayloadKind.MESSAGE, "x");
    arrive(envelope(ALICE, MALLORY.id(), nanos(), p));
    refused(Tally.ENVELOPE_MISADDRESSED);
  }

  @Test
  void anEnvelopeReaddressedToUsIsRefused() {
    byte[] p = payload(PayloadKind.MESSAGE, "x");
    byte[] e = envelope(ALICE, MALLORY.id(), nanos(), p);
    ME.id().write(e, 0);
    arrive(e);
    refused(Tally.SIGNATURE_BAD);
  }

  @Test
  void ourOwnEnvelopeComingBackIsRefused() {
    arrive(message(ME, "x"));
    refused(Tally.ORIGIN_IS_SELF);
  }

  @Test
  void freshnessEndsAfterFifteenMinutesEitherWay() {
    byte[] p = payload(PayloadKind.MESSAGE, "x");
    long quarter = 15 * 60_000_000_000L;
    for (long off : new long[] {-quarter - 1_000_000, quarter + 1_000_000}) {
      arrive(envelope(ALICE, ME.id(), nanos() + off, p));
    }
    arrive(envelope(ALICE, ME.id(), Long.MIN_VALUE, p));
    arrive(envelope(ALICE, ME.id(), Long.MAX_VALUE, p));
    assertThat(fx.events).isEmpty();
    assertThat(fx.counted(Tally.ENVELOPE_STALE)).isEqualTo(4);
    arrive(envelope(ALICE, ME.id(), nanos() - quarter, p));
    arrive(envelope(ALICE, ME.id(), nanos() + quarter, p));
    assertThat(verified()).hasSize(2);
  }

  @Test
  void anOriginWithoutWorkIsRefused() {
    fx = node(NETWORK.withDifficulty(40), id -> true);
    arrive(message(ALICE, "x"));
    refused(Tally.ORIGIN_LACKS_WORK);
  }

  @Test
  void aPayloadThatIsNotOursIsRefused() {
    arrive(envelope(ALICE, ME.id(), nanos(), new byte[] {1, 2, 3}));
    byte[] otherVersion = payload(PayloadKind.MESSAGE, "x");
    otherVersion[7] = 2;
    arrive(envelope(ALICE, ME.id(), nanos(), otherVersion));
    assertThat(fx.events).isEmpty();
    assertThat(fx.counted(Tally.ENVELOPE_MALFORMED)).isEqualTo(2);
  }

  @Test
  void aKindOfALaterVersionIsCounted() {
    arrive(envelope(ALICE, ME.id(), nanos(), payload(PayloadKind.TRACE_LINE + 1, "x")));
    refused(Tally.PAYLOAD_UNKNOWN);
  }

  @Test
  void aRoutedFrameOfTheOlderProtocolIsCounted() {
    byte[] e = envelope(8, ALICE, ME.id(), nanos(), payload(PayloadKind.MESSAGE, "x"));
    fx.give(new Arrived(link, 8, e, 15));
    refused(Tally.ENVELOPE_FOREIGN);
  }

  @Test
  void aSenderThatIsNotWantedIsRefusedForWhatNobodyAskedFor() {
    fx = node(NETWORK, id -> !id.equals(ALICE.id()));
    long sent = nanos();
    for (int kind = 1; kind <= 5; kind++) {
      arrive(envelope(ALICE, ME.id(), sent, payload(kind, "x")));
    }
    assertThat(fx.counted(Tally.SENDER_UNWANTED)).isEqualTo(2);
    assertThat(verified().stream().map(Input.Verified::kind))
        .containsExactly(PayloadKind.RECEIPT, PayloadKind.KEY_ANSWER, PayloadKind.REKEY);
  }

  @Test
  void aPredicateThatThrowsOpensNoDoor() {
    fx =
        node(
            NETWORK,
            id -> {
              throw new IllegalStateException("the application's trouble");
            });
    arrive(message(ALICE, "x"));
    refused(Tally.SENDER_UNWANTED);
  }

  @Test
  void aFloodOfOneLinkWaitsBehindItself() {
    fx.workAtOnce = false;
    for (int i = 0; i < 500; i++) {
      arrive(link, message(MALLORY, "flood" + i));
    }
    arrive(other, message(ALICE, "x"));
    // One round of what the workers already have, then the other link's turn.
    fx.runWork();
    List<NodeId> origins = verified().stream().map(Input.Verified::origin).toList();
    assertThat(origins.indexOf(ALICE.id())).isLessThanOrEqualTo(Admission.MAX_IN_FLIGHT + 1);
  }

  @Test
  void aLineThatIsFullRefusesAndOtherLinesDoNot() {
    fx.workAtOnce = false;
    byte[] e = message(ALICE, "x");
    int room = Admission.MAX_IN_FLIGHT + VerifyQueue.PER_LINK;
    for (int i = 0; i < room + 3; i++) {
      arrive(e);
    }
    assertThat(fx.counted(Tally.VERIFY_FULL)).isEqualTo(3);
    arrive(other, e);
    assertThat(fx.counted(Tally.VERIFY_FULL)).isEqualTo(3);
  }

  @Test
  void aLinkThatGoesTakesItsLineWithIt() {
    fx.workAtOnce = false;
    for (int i = 0; i < Admission.MAX_IN_FLIGHT + 10; i++) {
      arrive(message(ALICE, "m" + i));
    }
    fx.give(new Input.LinkDown(link, CloseReason.NORMAL));
    assertThat(fx.counted(Tally.VERIFY_DROPPED)).isEqualTo(10);
    fx.runWork();
    assertThat(verified()).hasSize(Admission.MAX_IN_FLIGHT);
  }

  @Test
  void aJobThatFailedDoesNotKeepItsPlace() {
    fx.workAtOnce = false;
    for (int i = 0; i < Admission.MAX_IN_FLIGHT + 1; i++) {
      arrive(message(ALICE, "m" + i));
    }
    fx.give(new Input.WorkFailed(null));
    fx.runWork();
    assertThat(verified()).hasSize(Admission.MAX_IN_FLIGHT + 1);
  }

  @Test
  void workersWithoutRoomAreAskedAgain() {
    fx.workFull = true;
    arrive(message(ALICE, "lost"));
    arrive(message(ALICE, "waits"));
    fx.workFull = false;
    fx.advance(20_000_000L);
    fx.runWork();
    assertThat(verified()).hasSize(2);
  }
}
