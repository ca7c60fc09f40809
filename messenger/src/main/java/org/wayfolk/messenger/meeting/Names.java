package org.wayfolk.messenger.meeting;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.wayfolk.wire.Malformed;

/** Names of people on the wire. What a name may look like on a screen, {@code people} decides. */
final class Names {
  private Names() {}

  static byte[] utf8(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Hello.MAX_NAME) {
      throw new IllegalArgumentException("a name of " + bytes.length + " bytes");
    }
    return bytes;
  }

  static String text(byte[] utf8) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("name is no UTF-8");
    }
  }
}
