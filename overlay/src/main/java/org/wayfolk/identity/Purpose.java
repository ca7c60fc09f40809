package org.wayfolk.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a signature of the node key is for. Each room declares the purposes of its own formats as
 * constants; a signature for one purpose verifies for no other.
 *
 * <p>Signed bytes: {@code "wayfolk/1 " ‖ name ‖ 0x00}, then each field as a 4-byte big-endian
 * length and its bytes. The name has no zero byte and every field is delimited, so no two (purpose,
 * fields) share their signed bytes.
 *
 * @param name 1 to 32 of {@code a-z}, {@code 0-9}, {@code -}, and single spaces inside, for
 *     instance {@code link hello}
 */
public record Purpose(String name) {

  private static final String PREFIX = "wayfolk/1 ";

  // One line of docs/protocol each; long enough for two or three words.
  private static final int MAX_NAME = 32;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public Purpose {
    if (name.length() > MAX_NAME || !name.matches("[a-z0-9-]+( [a-z0-9-]+)*")) {
      throw new IllegalArgumentException("not the name of a purpose: " + name);
    }
  }

  /**
   * The bytes that are signed for these fields, for keys that are no node's: a person's root, a
   * device. The length of each field is covered, its meaning and number are the caller's format.
   *
   * @return {@code 10 + name + 1} bytes and 4 more for each field, besides the fields themselves
   */
  public byte[] signedBytes(byte[]... fields) {
    byte[] label = (PREFIX + name).getBytes(StandardCharsets.US_ASCII);
    int length = label.length + 1;
    for (byte[] field : fields) {
      length += Integer.BYTES + field.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(label).put((byte) 0);
    for (byte[] field : fields) {
      out.putInt(field.length).put(field);
    }
    return out.array();
  }
}
