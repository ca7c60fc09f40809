package org.wayfolk.quic;

import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Random;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.CertificateVerdicts;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.LeafCertificate;
import org.wayfolk.identity.PeerCertificate;
import org.wayfolk.transport.Credentials;
import org.wayfolk.wire.Malformed;

/** The real credentials of the made-up node number n. */
final class TestCredentials implements Credentials {
  private final Identity identity;
  private final LeafCertificate leaf;
  private final CertificateVerdicts verdicts;

  TestCredentials(int n) {
    byte[] seed = new byte[Identity.SEED_BYTES];
    Arrays.fill(seed, (byte) n);
    identity = Identity.ofSeed(seed);
    leaf = LeafCertificate.create(identity, new Random(n));
    verdicts = new CertificateVerdicts(identity.crypto(), CertificateVerdicts.DEFAULT_LIMIT);
  }

  @Override
  public NodeId id() {
    return identity.id();
  }

  @Override
  public byte[] leaf() {
    return leaf.der();
  }

  @Override
  public PrivateKey leafKey() {
    return leaf.privateKey();
  }

  @Override
  public byte[] leafSpkiHash() {
    return leaf.spkiHash();
  }

  @Override
  public Leaf check(byte[] leafDer) throws Malformed {
    PeerCertificate peer = verdicts.check(leafDer);
    return new Leaf(peer.identity().id(), peer.identity().key(), peer.spkiHash());
  }
}
