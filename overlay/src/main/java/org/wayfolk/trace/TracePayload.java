package org.wayfolk.trace;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.PayloadKind;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The two payloads of this room, behind their prefix (docs/protocol/trace.md):
 *
 * <pre>
 *   trace ask   16  nonce
 *               32  X25519 key, used for this trace only, to which lines are sealed
 *
 *   trace line  16  nonce of the ask
 *               32  encapsulated key
 *               53  sealed line
 *
 *   line        1   bit 0: I am the target; bit 1: the next is not told; bit 2: the next is told
 *               32  id of the next, or zeros
 *               4   round trip of the link to it, in tenths of a millisecond, 0 while unknown
 * </pre>
 */
final class TracePayload {
  static final int NONCE_BYTES = 16;
  static final int KEY_BYTES = 32;
  static final int ASK_BYTES = PayloadKind.PREFIX_BYTES + NONCE_BYTES + KEY_BYTES;
  static final int LINE_BYTES = 1 + NodeId.BYTES + 4;

  /** The tag of the seal. */
  private static final int TAG = 16;

  private static final byte[] LABEL = "wayfolk/1 trace\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TARGET = 1;
  private static final int HIDDEN = 2;
  private static final int TOLD = 4;
  private static final int FLAGS = TARGET | HIDDEN | TOLD;
  private static final long TENTH = 100_000;

  /** What names an ask among those under way. */
  record Nonce(long high, long low) {}

  /** An ask, decoded. */
  record Ask(Nonce nonce, byte[] key) {}

  /** A sealed line, decoded. */
  record Sealed(Nonce nonce, byte[] enc, byte[] ciphertext) {}

  /** What a node says of itself and the way onward. */
  record Line(boolean target, @Nullable NodeId next, boolean hidden, long nextNanos) {

    byte[] encode() {
      int flags = (target ? TARGET : 0) | (hidden ? HIDDEN : 0) | (next == null ? 0 : TOLD);
      Writer w = new Writer(LINE_BYTES).u8(flags);
      w.nodeId(next == null ? new NodeId(0, 0, 0, 0) : next);
      return w.i32(Math.clamp(nextNanos / TENTH, 0, Integer.MAX_VALUE)).toBytes();
    }

    static Line decode(byte[] bytes) throws Malformed {
      Reader r = new Reader(bytes);
      int flags = r.u8();
      NodeId next = r.nodeId();
      long tenths = r.i32();
      r.end();
      if ((flags & ~FLAGS) != 0 || tenths < 0 || (flags & (HIDDEN | TOLD)) == (HIDDEN | TOLD)) {
        throw new Malformed("trace line");
      }
      boolean told = (flags & TOLD) != 0;
      return new Line(
          (flags & TARGET) != 0, told ? next : null, (flags & HIDDEN) != 0, tenths * TENTH);
    }
  }

  private TracePayload() {}

  static byte[] ask(Nonce nonce, byte[] key) {
    Writer w = PayloadKind.write(new Writer(ASK_BYTES), PayloadKind.TRACE_ASK);
    return w.i64(nonce.high).i64(nonce.low).bytes(key).toBytes();
  }

  static Ask readAsk(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    Ask a = new Ask(new Nonce(r.i64(), r.i64()), r.copy(KEY_BYTES));
    r.end();
    return a;
  }

  static byte[] line(Sealed s) {
    int bytes = PayloadKind.PREFIX_BYTES + NONCE_BYTES + s.enc.length + s.ciphertext.length;
    Writer w = PayloadKind.write(new Writer(bytes), PayloadKind.TRACE_LINE);
    return w.i64(s.nonce.high).i64(s.nonce.low).bytes(s.enc).bytes(s.ciphertext).toBytes();
  }

  static Sealed readLine(byte[] body) throws Malformed {
    Reader r = new Reader(body);
    Nonce nonce = new Nonce(r.i64(), r.i64());
    Sealed s = new Sealed(nonce, r.copy(HpkeSuite.X25519.encBytes()), r.copy(LINE_BYTES + TAG));
    r.end();
    return s;
  }

  /** What the seal is bound to: the network, the ask, who answers and whom. */
  static byte[] info(byte[] network, Nonce nonce, NodeId answerer, NodeId asker) {
    Writer w = new Writer(LABEL.length + network.length + NONCE_BYTES + 2 * NodeId.BYTES);
    w.bytes(LABEL).bytes(network).i64(nonce.high).i64(nonce.low);
    return w.nodeId(answerer).nodeId(asker).toBytes();
  }
}
