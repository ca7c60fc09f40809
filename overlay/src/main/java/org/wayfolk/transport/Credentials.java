package org.wayfolk.transport;

import java.security.PrivateKey;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.Malformed;

/**
 * How a transport shows who we are and learns who the other end is. Filled by the node; keys stay
 * in {@code identity}.
 */
public interface Credentials {
  /** Our own id. */
  NodeId id();

  /** Our leaf certificate, DER (docs/protocol/link.md). */
  byte[] leaf();

  /** The leaf's private key, for the TLS stack. */
  PrivateKey leafKey();

  /** SHA-256 of our leaf's SubjectPublicKeyInfo. */
  byte[] leafSpkiHash();

  /**
   * Checks a peer's leaf certificate. Called on the transport's thread once a handshake; cached by
   * its hash; about 0.1 ms otherwise.
   *
   * @throws Malformed if the certificate does not parse, carries no identity or the identity did
   *     not sign it
   */
  Leaf check(byte[] leafDer) throws Malformed;

  /**
   * What a peer's leaf proved.
   *
   * @param id its node id
   * @param key its Ed25519 public key, 32 bytes
   * @param spkiHash SHA-256 of the leaf's SubjectPublicKeyInfo, 32 bytes
   */
  record Leaf(NodeId id, byte[] key, byte[] spkiHash) {}
}
