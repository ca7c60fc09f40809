package org.wayfolk.sim.disk;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What a power loss makes of the part of a log that was written and not synced. */
final class Tail {
  /** A disk writes sectors whole or not at all, or leaves one torn. */
  private static final int SECTOR = 512;

  /** Frames that were perhaps on their way when nothing shows in the file: a transaction's size. */
  private static final int MOST_ROT = 16_384;

  private final RandomGenerator dice;

  Tail(RandomGenerator dice) {
    this.dice = dice;
  }

  /**
   * One of the things that a disk could hold.
   *
   * @param log what was written
   * @param synced how many bytes of it stay as they are
   * @param former an older content of the same blocks, which may show through
   */
  byte[] after(byte[] log, int synced, byte[] former) {
    return switch (dice.nextInt(6)) {
      case 0 -> Arrays.copyOf(log, synced);
      case 1 -> Arrays.copyOf(log, between(synced, log.length));
      case 2 -> log.clone();
      case 3 -> sectors(grown(log, former), synced, former);
      case 4 -> flipped(grown(log, former), synced);
      default -> grown(log, former);
    };
  }

  /** Each sector by itself: arrived, not written (zero, or what was there before), or torn. */
  private byte[] sectors(byte[] log, int synced, byte[] former) {
    byte[] out = log.clone();
    double arrives = dice.nextDouble();
    for (int at = synced; at < out.length; at = (at / SECTOR + 1) * SECTOR) {
      int end = Math.min((at / SECTOR + 1) * SECTOR, out.length);
      if (dice.nextDouble() >= arrives) {
        stale(out, dice.nextInt(8) == 0 ? between(at, end) : at, end, former);
      }
    }
    return out;
  }

  private void stale(byte[] out, int from, int to, byte[] former) {
    if (dice.nextBoolean() && former.length >= to) {
      System.arraycopy(former, from, out, from, to - from);
    } else {
      Arrays.fill(out, from, to, (byte) 0);
    }
  }

  private byte[] flipped(byte[] log, int synced) {
    byte[] out = log.clone();
    if (out.length > synced) {
      for (int i = 1 + dice.nextInt(8); i > 0; i--) {
        out[synced + dice.nextInt(out.length - synced)] ^= (byte) (1 + dice.nextInt(255));
      }
    }
    return out;
  }

  /** The log with more behind it: rubbish, nothing, or frames of earlier times. */
  private byte[] grown(byte[] log, byte[] former) {
    byte[] more = new byte[1 + dice.nextInt(MOST_ROT)];
    byte[] source = dice.nextBoolean() ? former : log;
    switch (dice.nextInt(4)) {
      case 0 -> dice.nextBytes(more);
      case 1 -> {
        // Zeros: the file system had made room for a write that did not arrive.
      }
      default -> {
        int from =
            source.length > log.length ? log.length : Math.min(Wal.HEADER_BYTES, source.length);
        System.arraycopy(source, from, more, 0, Math.min(more.length, source.length - from));
      }
    }
    byte[] out = Arrays.copyOf(log, log.length + more.length);
    System.arraycopy(more, 0, out, log.length, more.length);
    return out;
  }

  private int between(int from, int to) {
    return to <= from ? from : from + dice.nextInt(to - from + 1);
  }
}
