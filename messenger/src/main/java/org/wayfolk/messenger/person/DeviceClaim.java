package org.wayfolk.messenger.person;

import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/**
 * The public keys of a device, and its consent to belong to a card. Layout, {@value #BYTES} bytes:
 *
 * <pre>
 *   32  device key, Ed25519
 *   32  agreement key, X25519
 *   32  node key, Ed25519; its hash is the NodeId at which the device is reached
 *   64  signature by the device key, purpose "device claim"
 *   64  signature by the node key, purpose "node of a device"
 * </pre>
 *
 * Both sign: card, device key, agreement key, node key. Without them a person could list another
 * one's node as their own device, and whoever has both as friends would take the one for the other.
 * Dates are not in it, so a certificate is renewed without it. Immutable; equal if the bytes are.
 */
public final class DeviceClaim {

  /** Bytes of a claim. */
  public static final int BYTES = 3 * Crypto.KEY_BYTES + 2 * Crypto.SIGNATURE_BYTES;

  // Any scalar shows a key of small order; this one is nobody's.
  private static final byte[] PROBE = new byte[Crypto.KEY_BYTES];

  private final byte[] deviceKey;
  private final byte[] agreementKey;
  private final PublicIdentity node;
  private final byte[] deviceSignature;
  private final byte[] nodeSignature;

  private DeviceClaim(Reader from) throws Malformed {
    deviceKey = PublicIdentity.of(from.copy(Crypto.KEY_BYTES)).key();
    agreementKey = from.copy(Crypto.KEY_BYTES);
    node = PublicIdentity.of(from.copy(Crypto.KEY_BYTES));
    deviceSignature = from.copy(Crypto.SIGNATURE_BYTES);
    nodeSignature = from.copy(Crypto.SIGNATURE_BYTES);
  }

  /** The claim of a device of ours, reached at that node, to belong to a card. */
  public static DeviceClaim make(Card card, DeviceKeys keys, Identity node) {
    byte[] nodeKey = node.publicIdentity().key();
    byte[][] fields = {card.bytes(), keys.deviceKey(), keys.agreementKey(), nodeKey};
    Writer out = new Writer(BYTES);
    out.bytes(fields[1]).bytes(fields[2]).bytes(fields[3]);
    out.bytes(keys.sign(Labels.CLAIM_DEVICE, fields));
    out.bytes(node.sign(Labels.CLAIM_NODE, fields));
    try {
      return decode(out.toBytes());
    } catch (Malformed e) {
      throw new IllegalStateException("derived keys are canonical and of full order", e);
    }
  }

  /**
   * Reads the next {@value #BYTES} bytes. The signatures are not checked: {@link #provenFor} does.
   *
   * @throws Malformed if fewer remain, or an Ed25519 key is not canonical or of small order
   */
  public static DeviceClaim read(Reader from) throws Malformed {
    return new DeviceClaim(from);
  }

  /**
   * Decodes exactly {@value #BYTES} bytes.
   *
   * @throws Malformed as {@link #read}, or if more remain
   */
  public static DeviceClaim decode(byte[] bytes) throws Malformed {
    Reader reader = new Reader(bytes);
    DeviceClaim claim = read(reader);
    reader.end();
    return claim;
  }

  /** The bytes, in an array of their own. */
  public byte[] encode() {
    Writer out = new Writer(BYTES);
    out.bytes(deviceKey).bytes(agreementKey).bytes(node.key());
    return out.bytes(deviceSignature).bytes(nodeSignature).toBytes();
  }

  /** The Ed25519 key that signs for the device, 32 bytes, in an array of its own. */
  public byte[] deviceKey() {
    return deviceKey.clone();
  }

  /** The X25519 key with which sessions begin, 32 bytes, in an array of its own. */
  public byte[] agreementKey() {
    return agreementKey.clone();
  }

  /** The key of the node at which the device is reached. */
  public PublicIdentity nodeKey() {
    return node;
  }

  /** The id of that node. */
  public NodeId node() {
    return node.id();
  }

  /**
   * Whether device and node have both agreed to belong to that card, with an agreement key that is
   * one. Two signature checks and an agreement.
   */
  public boolean provenFor(Card card) {
    byte[][] fields = {card.bytes(), deviceKey, agreementKey, node.key()};
    return agrees()
        && verify(Labels.CLAIM_DEVICE, deviceSignature, fields)
        && node.verify(Labels.CRYPTO, Labels.CLAIM_NODE, nodeSignature, fields);
  }

  private boolean agrees() {
    try {
      Labels.CRYPTO.x25519Agree(PROBE, agreementKey);
      return true;
    } catch (Malformed e) {
      return false; // of small order: the secret would be all zero
    }
  }

  /** Whether {@link DeviceKeys#sign} of this device made that signature. One signature check. */
  public boolean verify(Purpose purpose, byte[] signature, byte[]... fields) {
    return Labels.CRYPTO.ed25519Verify(deviceKey, purpose.signedBytes(fields), signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceClaim that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(deviceKey);
  }

  @Override
  public String toString() {
    return "DeviceClaim[" + node().shortHex() + "]";
  }
}
