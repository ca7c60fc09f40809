package org.wayfolk.wire;

/**
 * The type byte of a frame. 1..14 and 64 are shared with nodenet; 15..21 travel only on {@code
 * wayfolk/1} links.
 */
public final class FrameType {
  /** A routed envelope with a payload for its target. */
  public static final int ROUTE = 1;

  /** Keepalive; the answer is {@link #PONG}. */
  public static final int PING = 2;

  /** Answers a ping: the address the other side sees us at. */
  public static final int PONG = 3;

  /** The sender goes away on purpose. */
  public static final int LEAVE = 7;

  /** The signed hello by which a connection becomes a link. */
  public static final int LINK_HELLO = 15;

  /** Asks for the records nearest to a target, along a path of live links. */
  public static final int FIND = 16;

  /** Answers a find. */
  public static final int FOUND = 17;

  /** A routed frame handed back: its receiver knew no way on. */
  public static final int RETURNED = 18;

  /** The id prefixes of the sender's links. */
  public static final int LINK_TABLE = 19;

  /** A peer record, newer than the one in the hello. */
  public static final int RECORD = 20;

  /** Work asked of a newcomer under load. */
  public static final int CHALLENGE = 21;

  private FrameType() {}
}
