package org.wayfolk.hello;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.protocol.Frame;
import org.wayfolk.time.Timers;
import org.wayfolk.time.TokenBucket;
import org.wayfolk.transport.Link;
import org.wayfolk.transport.Packet;

/** One connection on its way to be a link, and the link it became. Owned by the loop. */
final class Connection {

  /** Where it stands. Each frame of the hello is good in exactly one phase. */
  enum Phase {
    /** Acceptor: the dialler's nonce is due. */
    AWAIT_FIRST,
    /** Acceptor: it was asked for work. */
    AWAIT_EFFORT,
    /** Acceptor: it has worked and waits at the {@link Door}. */
    AT_DOOR,
    /** Acceptor: our proof is being signed. */
    SIGNING,
    /** Dialler: the second frame is due. */
    AWAIT_SECOND,
    /** Acceptor: the third frame is due. */
    AWAIT_THIRD,
    /** The peer's proof is being checked. */
    CHECKING,
    /** It is a link. */
    UP,
    /** We closed it; its LinkDown is due. */
    CLOSED
  }

  /** Records that a link may bring at once, then one a second: a node issues one an hour. */
  private static final int RECORD_BURST = 8;

  final Link link;
  Phase phase;
  byte[] diallerNonce = new byte[HelloFrame.NONCE_BYTES];
  byte[] acceptorNonce = new byte[HelloFrame.NONCE_BYTES];

  /** Of the first frame, by our clock and by the peer's. */
  long ownOrder;

  long peerOrder;
  long features;
  long skewMillis;

  /** Dialler: whether we were asked for work. */
  boolean challenged;

  /** The peer's record. */
  @Nullable PeerRecord record;

  /** The record of our own that the peer heard last. */
  @Nullable PeerRecord told;

  Timers.@Nullable Handle deadline;
  private @Nullable TokenBucket records;
  private List<Packet> held = List.of();
  private int heldBytes;

  Connection(Link link) {
    this.link = link;
    this.phase = link.dialled() ? Phase.AWAIT_SECOND : Phase.AWAIT_FIRST;
  }

  boolean up() {
    return phase == Phase.UP;
  }

  /** Takes a frame's packet to be handled once the link is up; false if the bounds are reached. */
  boolean hold(Frame frame, HelloLimits limits) {
    int length = frame.packet().length();
    if (held.size() >= limits.heldPackets() || heldBytes + length > limits.heldBytes()) {
      return false;
    }
    if (held.isEmpty()) {
      held = new ArrayList<>();
    }
    held.add(frame.take());
    heldBytes += length;
    return true;
  }

  /** What was held; the caller's now. */
  List<Packet> takeHeld() {
    List<Packet> out = held;
    held = List.of();
    heldBytes = 0;
    return out;
  }

  boolean mayBringRecord(long now) {
    TokenBucket bucket = records;
    if (bucket == null) {
      bucket = new TokenBucket(RECORD_BURST, 1, now);
      records = bucket;
    }
    return bucket.take(1, now);
  }

  void cancelDeadline() {
    Timers.Handle d = deadline;
    if (d != null) {
      d.cancel();
      deadline = null;
    }
  }
}
