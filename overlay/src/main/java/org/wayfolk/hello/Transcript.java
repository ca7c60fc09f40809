package org.wayfolk.hello;

import java.nio.charset.StandardCharsets;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.transport.Link;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Writer;

/**
 * What names one connection to both of its ends, and therefore what a proof signs: both nonces,
 * both certificates, both ids and the ALPN. A signature made for one connection verifies on no
 * other, nor for the other role.
 */
record Transcript(
    byte[] diallerNonce,
    byte[] acceptorNonce,
    byte[] diallerSpki,
    byte[] acceptorSpki,
    NodeId dialler,
    NodeId acceptor,
    String alpn) {

  static final Purpose PURPOSE = new Purpose("link hello");

  /** Who signs; the byte that is signed. */
  enum Role {
    DIALLER(1),
    ACCEPTOR(2);

    private final byte code;

    Role(int code) {
      this.code = (byte) code;
    }
  }

  static Transcript of(Link link, NodeId self, byte[] diallerNonce, byte[] acceptorNonce) {
    boolean d = link.dialled();
    return new Transcript(
        diallerNonce,
        acceptorNonce,
        d ? link.localSpkiHash() : link.peerSpkiHash(),
        d ? link.peerSpkiHash() : link.localSpkiHash(),
        d ? self : link.peer(),
        d ? link.peer() : self,
        link.alpn());
  }

  byte[] sign(Identity identity, Role role, byte[] network, long features) {
    return identity.sign(PURPOSE, fields(role, network, features));
  }

  boolean verify(
      Crypto crypto, byte[] key, Role role, byte[] network, long features, byte[] signature) {
    try {
      return PublicIdentity.of(key)
          .verify(crypto, PURPOSE, signature, fields(role, network, features));
    } catch (Malformed e) {
      return false;
    }
  }

  private byte[][] fields(Role role, byte[] network, long features) {
    return new byte[][] {
      {role.code},
      diallerNonce,
      acceptorNonce,
      diallerSpki,
      acceptorSpki,
      dialler.bytes(),
      acceptor.bytes(),
      network,
      alpn.getBytes(StandardCharsets.US_ASCII),
      new Writer(Long.BYTES).i64(features).toBytes()
    };
  }
}
