package org.wayfolk.messenger.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * Bodies of events and their bytes; what follows the named fields is a later version's and is
 * passed over.
 *
 * <pre>
 *   part      v count 1..16, v index below it, 16 id of the first part if the index is not 0
 *   text      v length, UTF-8
 *   1 TEXT      part, 1 whether a reply, 16 replied to, text of 1 to 40,960 bytes
 *   2 EDIT      16 message, part, text
 *   3 DELETE    16 message, 1 scope: 1 for all, 0 for the writer alone
 *   4 REACTION  16 message, 1 whether on, text of 1 to 64 bytes
 *   5 READ      v count of at most 8, each: 8 beginning of the card, 4 device, v sequence
 *   6 NAME      text of at most 256 bytes
 *   7 PREKEYS   bytes, 8 DEVICES bytes: to the end
 *   9 GONE      1 whether a line is shown
 * </pre>
 */
final class BodyCodec {
  private static final int AROUND_TEXT = EventId.BYTES + Part.MAX_BYTES + 1 + 3;

  private BodyCodec() {}

  static byte[] encode(Body body) {
    return switch (body) {
      case Body.Text b -> {
        byte[] text = utf8(b.text(), Texts.MAX_PART);
        Writer w = new Writer(AROUND_TEXT + text.length);
        b.part().write(w);
        id(w, b.replyTo());
        yield w.prefixed(text).toBytes();
      }
      case Body.Edit b -> {
        byte[] text = utf8(b.text(), Texts.MAX_PART);
        Writer w = new Writer(AROUND_TEXT + text.length);
        b.target().write(w);
        b.part().write(w);
        yield w.prefixed(text).toBytes();
      }
      case Body.Delete b -> target(b.target(), b.forAll(), new byte[0]);
      case Body.Reaction b -> {
        byte[] emoji = utf8(b.emoji(), Texts.MAX_EMOJI);
        yield target(b.target(), b.on(), new Writer(1 + emoji.length).prefixed(emoji).toBytes());
      }
      case Body.Read b -> {
        Writer w = new Writer(1 + b.upTo().size() * Head.MAX_BYTES).uvarint(b.upTo().size());
        b.upTo().forEach(h -> h.write(w));
        yield w.toBytes();
      }
      case Body.Name b -> {
        byte[] name = b.name().getBytes(StandardCharsets.UTF_8);
        if (name.length > Texts.MAX_NAME) {
          throw new IllegalArgumentException("name of " + name.length + " bytes");
        }
        yield new Writer(2 + name.length).prefixed(name).toBytes();
      }
      case Body.Prekeys b -> b.bytes();
      case Body.Devices b -> b.bytes();
      case Body.Gone b -> new byte[] {(byte) (b.line() ? 1 : 0)};
      case Body.Unknown b -> b.bytes();
    };
  }

  static Body decode(int kind, boolean counted, Reader r) throws Malformed {
    return switch (kind) {
      case Body.Text.KIND -> {
        Part part = Part.read(r);
        EventId replyTo = flag(r) ? EventId.read(r) : null;
        yield new Body.Text(part, replyTo, text(r, 1, Texts.MAX_PART));
      }
      case Body.Edit.KIND ->
          new Body.Edit(EventId.read(r), Part.read(r), text(r, 1, Texts.MAX_PART));
      case Body.Delete.KIND -> new Body.Delete(EventId.read(r), flag(r));
      case Body.Reaction.KIND ->
          new Body.Reaction(EventId.read(r), flag(r), text(r, 1, Texts.MAX_EMOJI));
      case Body.Read.KIND -> new Body.Read(heads(r));
      case Body.Name.KIND -> new Body.Name(text(r, 0, Texts.MAX_NAME));
      case Body.Prekeys.KIND -> new Body.Prekeys(r.copy(r.remaining()));
      case Body.Devices.KIND -> new Body.Devices(r.copy(r.remaining()));
      case Body.Gone.KIND -> new Body.Gone(flag(r));
      default -> new Body.Unknown(kind, counted, r.copy(r.remaining()));
    };
  }

  private static byte[] target(EventId target, boolean flag, byte[] rest) {
    Writer w = new Writer(EventId.BYTES + 1 + rest.length);
    target.write(w);
    return w.u8(flag ? 1 : 0).bytes(rest).toBytes();
  }

  private static void id(Writer w, @Nullable EventId id) {
    w.u8(id == null ? 0 : 1);
    if (id != null) {
      id.write(w);
    }
  }

  private static boolean flag(Reader r) throws Malformed {
    int value = r.u8();
    if (value > 1) {
      throw new Malformed("neither yes nor no");
    }
    return value == 1;
  }

  private static String text(Reader r, int min, int max) throws Malformed {
    byte[] bytes = r.copyPrefixed(max);
    if (bytes.length < min) {
      throw new Malformed("empty text");
    }
    return Texts.utf8(bytes);
  }

  private static List<Head> heads(Reader r) throws Malformed {
    int count = r.count(Event.MAX_HEADS);
    List<Head> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heads.add(Head.read(r));
    }
    return heads;
  }

  private static byte[] utf8(String text, int max) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > max) {
      throw new IllegalArgumentException("text of " + bytes.length + " bytes");
    }
    return bytes;
  }
}
