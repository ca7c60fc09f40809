package org.wayfolk.messenger.person;

import java.nio.charset.StandardCharsets;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Purpose;

/**
 * What separates the hashes, derivations and signatures of this room from each other and from all
 * others.
 */
final class Labels {

  /** All providers answer alike, so nothing here depends on which one it is. */
  static final Crypto CRYPTO = Crypto.best();

  static final byte[] PHRASE = label("phrase");
  static final byte[] ROOT = ascii("root");
  static final byte[] NEXT = label("next root");
  static final byte[] CARD = label("card");
  static final byte[] DEVICE = label("device keys");
  static final byte[] DEVICE_SIGN = ascii("sign");
  static final byte[] DEVICE_AGREE = ascii("agree");
  static final byte[] LIST_HASH = label("device list hash");
  static final byte[] VERIFICATION = label("verification");

  static final Purpose CERTIFICATE = new Purpose("device certificate");
  static final Purpose LIST = new Purpose("device list");
  static final Purpose CLAIM_DEVICE = new Purpose("device claim");
  static final Purpose CLAIM_NODE = new Purpose("node of a device");

  private Labels() {}

  private static byte[] label(String name) {
    return ascii("wayfolk/1 " + name + "\0");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
