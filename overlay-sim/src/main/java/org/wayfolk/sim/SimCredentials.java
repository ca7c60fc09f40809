package org.wayfolk.sim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.wayfolk.id.NodeId;
import org.wayfolk.transport.Credentials;
import org.wayfolk.wire.Malformed;

/**
 * Credentials without cryptography, for tests of a transport alone: the "certificate" is a magic
 * byte, the id and a key. Only its like accepts it. Nodes bring real ones, which work on {@link
 * SimTransport} as well.
 */
public final class SimCredentials implements Credentials {
  private static final int MAGIC = 0x5a;
  private static final int LENGTH = 1 + NodeId.BYTES + 32;

  private final NodeId id;
  private final byte[] leaf = new byte[LENGTH];

  /** Credentials of a made-up node with this id; its key is the SHA-256 of the id. */
  public SimCredentials(NodeId id) {
    this.id = id;
    leaf[0] = MAGIC;
    id.write(leaf, 1);
    System.arraycopy(sha256(id.bytes()), 0, leaf, 1 + NodeId.BYTES, 32);
  }

  /** Credentials of the made-up node number {@code n}. */
  public static SimCredentials of(int n) {
    return new SimCredentials(NodeId.of(sha256(new byte[] {(byte) (n >>> 8), (byte) n})));
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public byte[] leaf() {
    return leaf.clone();
  }

  /**
   * There is none.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public PrivateKey leafKey() {
    throw new UnsupportedOperationException("made-up credentials have no key");
  }

  @Override
  public byte[] leafSpkiHash() {
    return sha256(leaf);
  }

  @Override
  public Leaf check(byte[] leafDer) throws Malformed {
    if (leafDer.length != LENGTH || leafDer[0] != MAGIC) {
      throw new Malformed("no made-up certificate");
    }
    NodeId peer = NodeId.of(leafDer, 1);
    byte[] key = Arrays.copyOfRange(leafDer, 1 + NodeId.BYTES, LENGTH);
    if (!Arrays.equals(key, sha256(peer.bytes()))) {
      throw new Malformed("made-up key of another id");
    }
    return new Leaf(peer, key, sha256(leafDer));
  }

  private static byte[] sha256(byte[] of) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(of);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
