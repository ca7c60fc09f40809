package org.wayfolk.node;

import java.security.PrivateKey;
import java.util.random.RandomGenerator;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.CertificateVerdicts;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.LeafCertificate;
import org.wayfolk.identity.PeerCertificate;
import org.wayfolk.transport.Credentials;
import org.wayfolk.wire.Malformed;

/** This node's leaf certificate, new at each start, and the check of others'. */
final class OwnCredentials implements Credentials {
  private final NodeId id;
  private final byte[] leaf;
  private final LeafCertificate own;
  private final byte[] spkiHash;
  private final CertificateVerdicts verdicts;

  OwnCredentials(Identity identity, RandomGenerator random) {
    own = LeafCertificate.create(identity, random);
    id = identity.id();
    leaf = own.der();
    spkiHash = own.spkiHash();
    verdicts = new CertificateVerdicts(identity.crypto(), CertificateVerdicts.DEFAULT_LIMIT);
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public byte[] leaf() {
    return leaf;
  }

  @Override
  public PrivateKey leafKey() {
    return own.privateKey();
  }

  @Override
  public byte[] leafSpkiHash() {
    return spkiHash;
  }

  @Override
  public Leaf check(byte[] leafDer) throws Malformed {
    PeerCertificate peer = verdicts.check(leafDer);
    return new Leaf(peer.identity().id(), peer.identity().key(), peer.spkiHash());
  }
}
