package org.wayfolk.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.HpkeContext;
import org.wayfolk.identity.HpkeSuite;
import org.wayfolk.identity.Identity;
import org.wayfolk.identity.Progress;
import org.wayfolk.identity.ProofOfWork;
import org.wayfolk.identity.PublicIdentity;
import org.wayfolk.identity.Purpose;
import org.wayfolk.identity.SealingKeyPair;
import org.wayfolk.wire.Malformed;

/** What one envelope of 1,200 bytes costs, on each provider, and one try of a proof of work. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class CryptoBench {

  private static final Purpose BENCH = new Purpose("bench");
  private static final int PAYLOAD = 1200;
  private static final int PAYLOAD_AT = 76;

  /** Which provider. */
  @Param({"conscrypt", "bouncycastle"})
  public String provider = "";

  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] payload = new byte[PAYLOAD];
  private final byte[] envelope = new byte[PAYLOAD_AT + PAYLOAD + Crypto.SIGNATURE_BYTES];
  private final byte[] aad = new byte[64];

  private Crypto crypto = Crypto.best();
  private Identity identity = Identity.ofSeed(new byte[Identity.SEED_BYTES], crypto);
  private SealingKeyPair plain = HpkeSuite.X25519.keyPair(crypto, new byte[32]);
  private SealingKeyPair hybrid = HpkeSuite.X_WING.keyPair(crypto, new byte[32]);
  private byte[] plainEnc = new byte[0];
  private byte[] plainSealed = new byte[0];
  private byte[] hybridEnc = new byte[0];
  private byte[] hybridSealed = new byte[0];

  /** Makes keys and one message of each kind. */
  @Setup
  public void setUp() throws Malformed {
    crypto = Crypto.named(provider);
    identity = Identity.ofSeed(new byte[Identity.SEED_BYTES], crypto);
    random.nextBytes(payload);
    System.arraycopy(payload, 0, envelope, PAYLOAD_AT, PAYLOAD);
    identity.publicIdentity().writeKey(envelope, 33);
    byte[] signature = identity.signEnvelope(1, envelope, 0, PAYLOAD_AT, PAYLOAD);
    System.arraycopy(signature, 0, envelope, PAYLOAD_AT + PAYLOAD, signature.length);
    plain = HpkeSuite.X25519.keyPair(crypto, new byte[32]);
    hybrid = HpkeSuite.X_WING.keyPair(crypto, new byte[32]);
    HpkeContext toPlain = sender(plain);
    plainEnc = toPlain.enc();
    plainSealed = toPlain.seal(aad, payload);
    HpkeContext toHybrid = sender(hybrid);
    hybridEnc = toHybrid.enc();
    hybridSealed = toHybrid.seal(aad, payload);
  }

  private HpkeContext sender(SealingKeyPair to) throws Malformed {
    byte[] entropy = new byte[to.suite().entropyBytes()];
    random.nextBytes(entropy);
    return to.suite().sender(crypto, to.publicKey(), aad, entropy);
  }

  @Benchmark
  public byte[] signEnvelope() {
    return identity.signEnvelope(1, envelope, 0, PAYLOAD_AT, PAYLOAD);
  }

  @Benchmark
  public boolean verifyEnvelope() {
    return PublicIdentity.verifyEnvelope(crypto, 1, envelope, 0, PAYLOAD_AT, PAYLOAD);
  }

  @Benchmark
  public byte[] signPurpose() {
    return identity.sign(BENCH, aad);
  }

  @Benchmark
  public byte[] seal() throws Malformed {
    return sender(plain).seal(aad, payload);
  }

  @Benchmark
  public byte[] open() throws Malformed {
    return HpkeSuite.X25519.receiver(crypto, plain, plainEnc, aad).open(aad, plainSealed);
  }

  @Benchmark
  public byte[] sealHybrid() throws Malformed {
    return sender(hybrid).seal(aad, payload);
  }

  @Benchmark
  public byte[] openHybrid() throws Malformed {
    return HpkeSuite.X_WING.receiver(crypto, hybrid, hybridEnc, aad).open(aad, hybridSealed);
  }

  @Benchmark
  public byte[] blake2b() {
    return crypto.blake2b256(payload);
  }

  /** 256 tries on average: multiply by 256 for ids a second on one core. */
  @Benchmark
  public Identity proofOfWork() {
    return ProofOfWork.mint(8, Progress.NONE, random, crypto, 1);
  }
}
