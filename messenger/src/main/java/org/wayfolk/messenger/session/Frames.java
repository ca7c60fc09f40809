package org.wayfolk.messenger.session;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Purpose;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.ratchet.InitialMessage;
import org.wayfolk.messenger.ratchet.Padding;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The payloads between the sessions of two devices; numbers big-endian.
 *
 * <pre>
 * SEALED  2 ‖ ratchet message, to the end
 * FIRST   3 ‖ list length 2 ‖ device list ‖ initial message 1,129 ‖ signature 64 ‖ ratchet message
 * ASK     4 ‖ list length 2 ‖ device list ‖ name 16 ‖ last session 16 ‖ signature 64 ‖ 0x80 ‖ zeros
 * BUNDLE  5 ‖ re 16 ‖ generation 8 ‖ held 16 ‖ length 2 ‖ bundle ‖ signature 64 ‖ 0x80 ‖ zeros
 * </pre>
 *
 * <p>Each is padded as a whole. The signature is the device key's over the receiver's NodeId and
 * everything else but itself and the padding; so a beginning or a request cannot be turned to
 * another, nor made by a node whose device key is elsewhere.
 */
final class Frames {
  static final int SEALED = 2;
  static final int FIRST = 3;
  static final int ASK = 4;
  static final int BUNDLE = 5;

  private static final Purpose FIRST_PURPOSE = new Purpose("session first");
  private static final Purpose ASK_PURPOSE = new Purpose("session ask");
  private static final Purpose BUNDLE_PURPOSE = new Purpose("session bundle");

  private Frames() {}

  /** A beginning; {@code signed} is what was signed besides the receiver. */
  record First(
      DeviceList list, InitialMessage initial, byte[] message, byte[][] signed, byte[] signature) {
    boolean by(DeviceClaim device, NodeId to) {
      return device.verify(FIRST_PURPOSE, signature, to.bytes(), signed[0], signed[1]);
    }
  }

  /** A request. */
  record Ask(DeviceList list, SessionId name, SessionId last, byte[] signed, byte[] signature) {
    boolean by(DeviceClaim device, NodeId to) {
      return device.verify(ASK_PURPOSE, signature, to.bytes(), signed);
    }
  }

  /** Its answer. */
  record Bundle(
      SessionId re,
      long generation,
      Held held,
      PrekeyBundle prekeys,
      byte[] signed,
      byte[] signature) {
    boolean by(DeviceClaim device, NodeId to) {
      return device.verify(BUNDLE_PURPOSE, signature, to.bytes(), signed);
    }
  }

  /** How many bytes of a FIRST are not the ratchet message. */
  static int aroundFirst(DeviceList list) {
    return 1 + 2 + list.encode().length + InitialMessage.BYTES + Crypto.SIGNATURE_BYTES;
  }

  static byte[] sealed(byte[] message) {
    return new Writer(1 + message.length).u8(SEALED).bytes(message).toBytes();
  }

  static byte[] first(
      DeviceKeys keys, NodeId to, DeviceList list, InitialMessage initial, byte[] message) {
    Writer w = new Writer(Padding.LARGEST);
    w.u8(FIRST);
    list(w, list);
    byte[] head = w.bytes(initial.encode()).toBytes();
    byte[] signature = keys.sign(FIRST_PURPOSE, to.bytes(), head, message);
    return w.bytes(signature).bytes(message).toBytes();
  }

  static byte[] ask(DeviceKeys keys, NodeId to, DeviceList list, SessionId name, SessionId last) {
    Writer w = new Writer(Padding.LARGEST);
    w.u8(ASK);
    list(w, list);
    name.write(w);
    last.write(w);
    return padded(w, keys.sign(ASK_PURPOSE, to.bytes(), w.toBytes()));
  }

  static byte[] bundle(
      DeviceKeys keys, NodeId to, SessionId re, long generation, Held held, PrekeyBundle prekeys) {
    Writer w = new Writer(Padding.LARGEST);
    w.u8(BUNDLE);
    re.write(w);
    w.i64(generation);
    held.write(w);
    byte[] bytes = prekeys.encode();
    w.u16(bytes.length).bytes(bytes);
    return padded(w, keys.sign(BUNDLE_PURPOSE, to.bytes(), w.toBytes()));
  }

  private static void list(Writer w, DeviceList list) {
    byte[] bytes = list.encode();
    w.u16(bytes.length).bytes(bytes);
  }

  private static byte[] padded(Writer w, byte[] signature) {
    byte[] plain = w.bytes(signature).toBytes();
    return Padding.pad(plain, Padding.sizeFor(plain.length + 1));
  }

  static First readFirst(byte[] payload) throws Malformed {
    Reader r = begin(payload, FIRST);
    DeviceList list = list(r);
    InitialMessage initial = InitialMessage.decode(r);
    byte[] head = Arrays.copyOf(payload, r.position());
    byte[] signature = r.copy(Crypto.SIGNATURE_BYTES);
    byte[] message = r.copy(r.remaining());
    return new First(list, initial, message, new byte[][] {head, message}, signature);
  }

  static Ask readAsk(byte[] payload) throws Malformed {
    Reader r = begin(payload, ASK);
    DeviceList list = list(r);
    SessionId name = SessionId.read(r);
    SessionId last = SessionId.read(r);
    byte[] signed = Arrays.copyOf(payload, r.position());
    byte[] signature = r.copy(Crypto.SIGNATURE_BYTES);
    endPadded(payload, r);
    if (name.equals(SessionId.NONE)) {
      throw new Malformed("ask: without a name");
    }
    return new Ask(list, name, last, signed, signature);
  }

  static Bundle readBundle(byte[] payload) throws Malformed {
    Reader r = begin(payload, BUNDLE);
    SessionId re = SessionId.read(r);
    long generation = generation(r.i64());
    Held held = Held.read(r);
    PrekeyBundle prekeys = PrekeyBundle.decode(r.copy(shortLength(r, PrekeyBundle.MAX_BYTES)));
    byte[] signed = Arrays.copyOf(payload, r.position());
    byte[] signature = r.copy(Crypto.SIGNATURE_BYTES);
    endPadded(payload, r);
    return new Bundle(re, generation, held, prekeys, signed, signature);
  }

  /** A generation as a peer writes it. */
  static long generation(long value) throws Malformed {
    if (value < 0 || value > Standing.MAX_GENERATION) {
      throw new Malformed("generation");
    }
    return value;
  }

  static int shortLength(Reader r, int max) throws Malformed {
    int length = r.u16();
    if (length > max) {
      throw new Malformed("length over its limit");
    }
    return length;
  }

  private static Reader begin(byte[] payload, int type) throws Malformed {
    if (payload.length > Padding.LARGEST) {
      throw new Malformed("payload length");
    }
    Reader r = new Reader(payload);
    if (r.u8() != type) {
      throw new Malformed("payload type");
    }
    return r;
  }

  private static DeviceList list(Reader r) throws Malformed {
    return DeviceList.decode(r.copy(shortLength(r, DeviceList.MAX_BYTES)));
  }

  private static void endPadded(byte[] payload, Reader r) throws Malformed {
    int length = r.position();
    if (payload.length != Padding.sizeFor(length + 1) || Padding.unpad(payload).length != length) {
      throw new Malformed("padding");
    }
  }
}
