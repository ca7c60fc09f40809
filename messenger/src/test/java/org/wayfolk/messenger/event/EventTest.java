package org.wayfolk.messenger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;

class EventTest {

  private static void refused(byte[] bytes) {
    assertThatExceptionOfType(Malformed.class).isThrownBy(() -> Event.decode(bytes));
  }

  /** The bytes of an event with its kind and body replaced by others. */
  private static byte[] withBody(long sequence, int kind, byte[] body) {
    boolean counted = sequence > 0;
    return Samples.of(Samples.FIRST, sequence, new Body.Unknown(kind, counted, body)).encode();
  }

  private static byte[] encoded(Body body) {
    return BodyCodec.encode(body);
  }

  @Test
  void everyKindComesBackAsItWas() throws Malformed {
    for (Event event : Samples.all().values()) {
      Event back = Event.decode(event.encode());
      assertThat(back).usingRecursiveComparison().isEqualTo(event);
      assertThat(back.encode()).isEqualTo(event.encode());
    }
  }

  @Test
  void whatIsCutAnywhereIsMalformed() {
    for (Event event : Samples.all().values()) {
      byte[] whole = event.encode();
      for (int length = 0; length < whole.length; length++) {
        refused(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws Malformed {
    for (Event event : Samples.all().values()) {
      byte[] whole = event.encode();
      byte[] longer = Arrays.copyOf(whole, whole.length + 9);
      assertThat(Event.decode(longer)).usingRecursiveComparison().isEqualTo(event);
    }
    byte[] body = encoded(new Body.Delete(Samples.TARGET, true));
    byte[] longer = Arrays.copyOf(body, body.length + 3);
    assertThat(Event.decode(withBody(7, 3, longer)).body())
        .isEqualTo(new Body.Delete(Samples.TARGET, true));
  }

  @Test
  void hostileBytesAreMalformedAndNothingElse() {
    SplittableRandom random = new SplittableRandom(4);
    List<byte[]> seeds = Samples.all().values().stream().map(Event::encode).toList();
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      int changes = 1 + random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        // Mostly behind the long random names, where the format has something to refuse.
        int from = random.nextInt(4) == 0 ? 0 : 85;
        bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
      }
      byte[] cut =
          random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      assertThatCode(
              () -> {
                try {
                  Event decoded = Event.decode(cut);
                  Event.decode(decoded.encode());
                } catch (Malformed expected) {
                  assertThat(expected).hasMessageNotContaining("null");
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void anotherVersionIsMalformed() {
    byte[] bytes = Samples.of(new Body.Gone(true)).encode();
    bytes[0] = 2;
    refused(bytes);
  }

  @Test
  void moreThan48KiBIsMalformedWhateverItSays() {
    byte[] bytes = Samples.of(new Body.Gone(true)).encode();
    refused(Arrays.copyOf(bytes, Event.MAX_BYTES + 1));
  }

  @Test
  void theLongestPieceOfTextFitsAnEventWithAllHeads() throws Malformed {
    String text = "x".repeat(Texts.MAX_PART);
    Event plain = Samples.of(new Body.Text(new Part(1, 2, Samples.TARGET), Samples.TARGET, text));
    Event event =
        new Event(
            plain.id(),
            plain.conversation(),
            plain.author(),
            new Stamp(Event.MAX_SEQUENCE, Lamport.MAX, Event.MAX_MILLIS),
            plain.list(),
            Collections.nCopies(Event.MAX_HEADS, new Head(-1, -1, Event.MAX_SEQUENCE)),
            plain.body());
    byte[] bytes = event.encode();
    assertThat(bytes.length).isLessThan(Event.MAX_BYTES - 7_000);
    assertThat(Event.decode(bytes)).usingRecursiveComparison().isEqualTo(event);
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    for (byte[] bad :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {'a', (byte) 0xe2, (byte) 0x82})) {
      byte[] body = new byte[4 + bad.length];
      body[0] = 1;
      body[3] = (byte) bad.length;
      System.arraycopy(bad, 0, body, 4, bad.length);
      refused(withBody(7, 1, body));
    }
  }

  @Test
  void controlAndBidirectionalCharactersStayInTextsAsTheyWere() throws Malformed {
    String text = "a\u202eb\u0000c\u0007\u2066d\u200f\n\t";
    Event event = Samples.of(new Body.Text(Part.WHOLE, null, text));
    assertThat(Event.decode(event.encode()).body())
        .isEqualTo(new Body.Text(Part.WHOLE, null, text));
  }

  @Test
  void anEmojiHasOneTo64Bytes() throws Malformed {
    Body longest = new Body.Reaction(Samples.TARGET, true, "x".repeat(64));
    assertThat(Event.decode(Samples.of(longest).encode()).body()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Samples.of(new Body.Reaction(Samples.TARGET, true, "x".repeat(65))).encode());
    byte[] body = Arrays.copyOf(encoded(longest), 17 + 1 + 65);
    body[17] = 65;
    body[17 + 65] = 'x';
    refused(withBody(7, 4, body));
    body[17] = 0;
    refused(withBody(7, 4, body));
  }

  @Test
  void moreThanEightHeadsAreMalformed() {
    Event event = Samples.of(new Body.Gone(true));
    byte[] bytes = event.encode();
    // The count stands before the only head: 8 + 4 + 2 bytes, kind, length and body of 3.
    bytes[bytes.length - 3 - 14 - 1] = 9;
    refused(Arrays.copyOf(bytes, bytes.length + 8 * 14));
  }

  @Test
  void aSequenceStandsExactlyWhereTheKindHasOne() {
    refused(withBody(0, 1, encoded(new Body.Text(Part.WHOLE, null, "x"))));
    refused(withBody(7, 5, encoded(new Body.Read(List.of()))));
    refused(withBody(7, 3, encoded(new Body.Delete(Samples.TARGET, false))));
  }

  @Test
  void aPartPastItsCountIsMalformed() {
    byte[] body = encoded(new Body.Text(new Part(1, 2, Samples.TARGET), null, "x"));
    body[1] = 2;
    refused(withBody(7, 1, body));
    body[0] = 17;
    refused(withBody(7, 1, body));
  }

  @Test
  void whatTakesThePlaceOfAnEventKeepsItsHeaderAndNothingOfItsContent() {
    Event event = Samples.of(new Body.Text(Part.WHOLE, null, "forget me"));
    Event gone = event.gone(true);
    assertThat(gone.stamp()).isEqualTo(event.stamp());
    assertThat(gone.id()).isEqualTo(event.id());
    assertThat(new String(gone.encode(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("forget");
  }
}
