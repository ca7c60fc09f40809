package org.wayfolk.messenger.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.wayfolk.wire.Malformed;

/** Texts as bytes, and in pieces. What people write is never altered: only refused, or kept. */
public final class Texts {
  /** Longest text, in bytes of UTF-8. */
  public static final int MAX = 64 * 1024;

  /**
   * Longest piece, in bytes of UTF-8: with the header of an event, a refresh of the keys and the
   * first message of a session around it, it still fits a payload of 48 KiB.
   */
  public static final int MAX_PART = 40 * 1024;

  /** Longest emoji, in bytes of UTF-8: a family of four with skin tones has 41. */
  public static final int MAX_EMOJI = 64;

  /** Longest wish for a name, in bytes of UTF-8: 64 characters of any script. */
  public static final int MAX_NAME = 256;

  private Texts() {}

  /**
   * The text of UTF-8.
   *
   * @throws Malformed if it is none
   */
  public static String utf8(byte[] bytes) throws Malformed {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("not UTF-8");
    }
  }

  /** Whether a text can be written as UTF-8: half a surrogate pair cannot. */
  public static boolean valid(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text));
  }

  /** Bytes of a text in UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The pieces of a text of at most {@value #MAX} bytes, none longer than {@value #MAX_PART} bytes,
   * none cut inside a character.
   */
  public static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int size = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int length = utf8Length(point);
      if (size + length > MAX_PART) {
        parts.add(text.substring(from, at));
        from = at;
        size = 0;
      }
      size += length;
      at += Character.charCount(point);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static int utf8Length(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return point < 0x10000 ? 3 : 4;
  }
}
