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
 * What names one connection to both of its ends, and what a proof signs beside its claim: both
 * nonces, both certificates, both ids and the ALPN. A signature made for one connection verifies on
 * no other, nor for the other role.
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

  HelloFrame.Proof sign(Identity identity, Role role, HelloFrame.Claim claim) {
    return new HelloFrame.Proof(claim, identity.sign(PURPOSE, fields(role, claim)));
  }

  boolean verify(Crypto crypto, byte[] key, Role role, HelloFrame.Proof proof) {
    try {
      return PublicIdentity.of(key)
          .verify(crypto, PURPOSE, proof.signature(), fields(role, proof.claim()));
    } catch (Malformed e) {
      return false;
    }
  }

  private byte[][] fields(Role role, HelloFrame.Claim claim) {
    return new byte[][] {
      {role.code},
      diallerNonce,
      acceptorNonce,
      diallerSpki,
      acceptorSpki,
      dialler.bytes(),
      acceptor.bytes(),
      alpn.getBytes(StandardCharsets.US_ASCII),
      claim.network(),
      new Writer(3 * Long.BYTES)
          .i64(claim.features())
          .i64(claim.time())
          .i64(claim.order())
          .toBytes(),
      claim.record()
    };
  }
}
