package org.wayfolk.sim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.wayfolk.sim.contract.Recorder.Opened;
import org.wayfolk.sim.contract.Recorder.Seen;
import org.wayfolk.transport.Address;
import org.wayfolk.transport.Credentials;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.TrafficClass;
import org.wayfolk.transport.Transport;
import org.wayfolk.transport.Transport.Limits;
import org.wayfolk.wire.FrameHeader;

/** The ends that the cases of a transport's contract play with, and what they do with them. */
abstract class Ends {
  private static final int APP = 64;

  private final List<Recorder> ends = new ArrayList<>();

  /**
   * A new transport, not started, that will listen on a free address which the others can reach.
   */
  protected abstract Transport transport();

  /** A new transport, not started, that will listen on exactly this address. */
  protected abstract Transport transportAt(Address address);

  /** Credentials that differ for each {@code n} and are accepted by those of every other. */
  protected abstract Credentials credentials(int n);

  /** An address of the kind this transport dials, at which nobody answers. */
  protected abstract Address nobody();

  /**
   * Makes a transport stop reading from its links. By default its own thread is made to wait inside
   * an event.
   */
  protected void stopReading(Recorder end) {
    end.block();
  }

  /** Makes it go on. */
  protected void goOnReading(Recorder end) {
    end.unblock();
  }

  /** Closes all transports and looks for lost packets. */
  @AfterEach
  void everyPacketComesBack() {
    ends.forEach(Recorder::unblock);
    ends.forEach(e -> e.transport().close());
    for (Recorder e : ends) {
      assertThat(e.transport().packets().outstanding()).as("packets lost").isZero();
    }
  }

  Recorder start(int n) throws IOException {
    return start(transport(), n, Limits.DEFAULT);
  }

  Recorder start(Transport transport, int n, Limits limits) throws IOException {
    Recorder r = new Recorder(transport, credentials(n));
    ends.add(r);
    r.start(limits);
    return r;
  }

  /** One frame across, so that the other end is past the first-frame time. */
  static void hear(Recorder from, Link out, Recorder to, Link in)
      throws TimeoutException, InterruptedException {
    byte[] f = frame(33, 99);
    from.send(out, f, TrafficClass.CONTROL);
    to.framesUntil(in, f);
  }

  /** Offers until the outbox says no; answers what was taken. */
  static List<byte[]> fill(Recorder end, Link link, TrafficClass kind) {
    List<byte[]> taken = new ArrayList<>();
    // Far above any window and outbox together.
    for (int i = 0; i < 10_000; i++) {
      byte[] f = frame(40_000, i);
      if (!end.offer(link, f, kind)) {
        // Until nothing has room, as what the transport had taken meanwhile may have made some.
        return taken;
      }
      taken.add(f);
    }
    throw new AssertionError("400 MB offered to a reader that stopped, and none refused");
  }

  static boolean offerAndRelease(Recorder end, Link link) {
    return end.offer(link, frame(10, 1), TrafficClass.APPLICATION);
  }

  static Link newestAccepted(Recorder end, int count)
      throws TimeoutException, InterruptedException {
    return end.await(all -> {
      List<Link> links = new ArrayList<>();
      for (Seen s : all) {
        if (s instanceof Opened(Link l) && !l.dialled()) {
          links.add(l);
        }
      }
      return links.size() >= count ? links.getLast() : null;
    });
  }

  static boolean on(Seen s, Link link) {
    Link l = s.on();
    return l != null && l.serial() == link.serial();
  }

  byte[] keyOf(Recorder end) throws Exception {
    return Objects.requireNonNull(end.credentials().check(end.credentials().leaf()).key());
  }

  static int indexOf(List<byte[]> frames, byte[] f) {
    for (int i = 0; i < frames.size(); i++) {
      if (Arrays.equals(frames.get(i), f)) {
        return i;
      }
    }
    throw new AssertionError("the frame is not there");
  }

  /** Frames of many sizes, each with its number in it. */
  static List<byte[]> frames(int count, int mark) {
    List<byte[]> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(frame(4 + i * 37 % 3_000, mark * 1_000 + i));
    }
    return out;
  }

  /** A frame whose payload begins with a number and goes on with bytes that follow from it. */
  static byte[] frame(int payload, int number) {
    byte[] p = new byte[payload];
    for (int i = 0; i < payload; i++) {
      p[i] = (byte) (i < 4 ? number >>> (24 - 8 * i) : i * 31 + number);
    }
    return FrameHeader.frame(APP, p);
  }
}
