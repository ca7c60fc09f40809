package org.wayfolk.messenger.session;

import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * What one device says it has of the events between it and another, when a session is made anew: so
 * the other can send again what only the lost session held.
 *
 * @param ofYours the highest sequence of the receiver's own device that the speaker has stored; 0
 *     for none
 * @param ofMine the highest sequence that the speaker's own device has given out; 0 for none. A
 *     device that went back to an older disk learns from its friend's {@code ofYours} where to go
 *     on counting
 */
public record Held(long ofYours, long ofMine) {
  /** Bytes on the wire. */
  static final int BYTES = 2 * Long.BYTES;

  /** Nothing at all. */
  public static final Held NOTHING = new Held(0, 0);

  static Held read(Reader r) throws Malformed {
    Held held = new Held(r.i64(), r.i64());
    if (held.ofYours < 0 || held.ofMine < 0) {
      throw new Malformed("held: a sequence below zero");
    }
    return held;
  }

  void write(Writer w) {
    w.i64(ofYours).i64(ofMine);
  }
}
