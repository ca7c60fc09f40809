package org.wayfolk.messenger.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaceTest {

  private static byte[] place(long lamport, int writer, int device, long sequence, long id) {
    return Place.of(lamport, writer, device, sequence, new EventId(id, 0));
  }

  @Test
  void placesCompareByTimeThenWriterThenDeviceThenSequenceThenId() {
    List<byte[]> inOrder =
        List.of(
            place(1, 1, -1, 9, -1),
            place(2, 0, 0, 1, 0),
            place(2, 0, 0, 1, 1),
            place(2, 0, 0, 1, -1),
            place(2, 0, 0, 2, 0),
            place(2, 0, 1, 1, 0),
            place(2, 0, -1, 1, 0),
            place(2, 1, 0, 1, 0),
            place(255, 0, 0, 1, 0),
            place(256, 0, 0, 1, 0),
            place(Lamport.MAX, 0, 0, 1, 0));
    List<byte[]> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, new Random(1));
    shuffled.sort(Arrays::compareUnsigned);
    assertThat(shuffled).containsExactlyElementsOf(inOrder);
  }

  @Test
  void theLowerCardStandsFirstFromBothSides() {
    assertThat(Place.writer(Samples.ALICE, Samples.BOB)).isZero();
    assertThat(Place.writer(Samples.BOB, Samples.ALICE)).isOne();
    assertThat(Place.writer(Samples.BOB, Samples.BOB)).isZero();
  }

  @Test
  void oneEventMovesTheClockNoFurtherThanItsJump() {
    assertThat(Lamport.counted(10, 12)).isEqualTo(12);
    assertThat(Lamport.counted(10, 3)).isEqualTo(3);
    assertThat(Lamport.counted(10, Lamport.MAX)).isEqualTo(10 + Lamport.MAX_JUMP);
  }

  @Test
  void aClockAtItsEndStaysThere() {
    assertThat(Lamport.next(Lamport.MAX)).isEqualTo(Lamport.MAX);
    assertThat(Lamport.counted(Lamport.MAX, Lamport.MAX)).isEqualTo(Lamport.MAX);
    assertThat(Lamport.next(0)).isOne();
  }
}
