package org.wayfolk.protocol;

import org.jspecify.annotations.Nullable;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * A view of one frame in the packet it arrived in. The loop reuses one view for all frames: it dies
 * with its packet, and nothing of it may be kept. Whoever wants the packet itself calls {@link
 * #take}; otherwise the loop releases it.
 */
public final class Frame implements Input.OfFrame {
  private final Reader payload = new Reader(new byte[0]);
  private @Nullable Link link;
  private @Nullable Packet packet;
  private int type;
  private int payloadOffset;
  private int payloadLength;
  private boolean taken;

  /**
   * Points this view at a packet.
   *
   * @throws Malformed if the packet holds no frame; the view then points nowhere
   */
  public void over(Link from, Packet frame) throws Malformed {
    link = null;
    packet = null;
    payload.reset(frame.array(), frame.offset(), frame.length());
    type = FrameHeader.read(payload);
    payloadOffset = payload.position();
    payloadLength = payload.remaining();
    link = from;
    packet = frame;
    taken = false;
  }

  /** The link it arrived on. */
  public Link link() {
    return present(link);
  }

  /** The packet that holds it; still the loop's unless taken. */
  public Packet packet() {
    return present(packet);
  }

  /** Its type byte. */
  public int type() {
    return type;
  }

  /** Index of the payload in the packet's array. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload. */
  public int payloadLength() {
    return payloadLength;
  }

  /** A reader over the payload, from its start. The same one each time. */
  public Reader payload() {
    payload.reset(packet().array(), payloadOffset, payloadLength);
    return payload;
  }

  /** The payload, copied. */
  public byte[] copyPayload() {
    byte[] out = new byte[payloadLength];
    System.arraycopy(packet().array(), payloadOffset, out, 0, payloadLength);
    return out;
  }

  /** Makes the packet the caller's own: it forwards, keeps or releases it. Once. */
  public Packet take() {
    if (taken) {
      throw new IllegalStateException("packet taken twice");
    }
    taken = true;
    return packet();
  }

  /** Whether somebody took the packet. */
  public boolean taken() {
    return taken;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("this view points at no frame");
    }
    return value;
  }
}
