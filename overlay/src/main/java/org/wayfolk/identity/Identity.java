package org.wayfolk.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.wayfolk.id.NodeId;
import org.wayfolk.wire.Malformed;

/**
 * Our private keys, all derived from one 32-byte master seed, which is the only secret to keep.
 *
 * <p>PRK = HKDF-Extract(no salt, seed); Ed25519 seed = HKDF-Expand(PRK,
 * "nodenet/v1/identity-ed25519", 32); X25519 scalar = HKDF-Expand(PRK, "nodenet/v1/kex-x25519",
 * 32); id = BLAKE2b-256 of the Ed25519 public key. The labels are the older protocol's, so that one
 * seed has one id in both.
 *
 * <p>It signs only for a {@link Purpose} and in the formats shared with nodenet; there is no raw
 * signature. Safe for many threads; after {@link #close} it signs no more. Its text form shows the
 * id and nothing secret.
 */
public final class Identity implements AutoCloseable {

  /** Bytes of the master seed. */
  public static final int SEED_BYTES = 32;

  private static final byte[] ED25519 = Nodenet.ascii("nodenet/v1/identity-ed25519");
  private static final byte[] X25519 = Nodenet.ascii("nodenet/v1/kex-x25519");

  private final Crypto crypto;
  private final byte[] seed;
  private final Crypto.SigningKey signing;
  private final byte[] exchange;
  private final PublicIdentity publicIdentity;
  private volatile boolean closed;

  private Identity(byte[] seed, Crypto crypto) {
    StrictCrypto.require(seed, SEED_BYTES, "a master seed");
    this.crypto = crypto;
    this.seed = seed.clone();
    byte[] prk = crypto.hkdfExtract(new byte[0], seed);
    byte[] edSeed = crypto.hkdfExpand(prk, Crypto.KEY_BYTES, ED25519);
    signing = crypto.signingKey(edSeed);
    exchange = crypto.hkdfExpand(prk, Crypto.KEY_BYTES, X25519);
    Arrays.fill(prk, (byte) 0);
    Arrays.fill(edSeed, (byte) 0);
    try {
      publicIdentity = PublicIdentity.of(signing.publicKey());
    } catch (Malformed e) {
      throw new IllegalStateException("a derived key is canonical and of full order", e);
    }
  }

  /**
   * The public key that {@code new Identity} would derive, without keeping anything: one try of a
   * proof of work.
   */
  static byte[] publicKeyOf(byte[] seed, Crypto crypto) {
    byte[] prk = crypto.hkdfExtract(new byte[0], seed);
    return crypto.ed25519Public(crypto.hkdfExpand(prk, Crypto.KEY_BYTES, ED25519));
  }

  /** The identity of a 32-byte master seed, which is copied. */
  public static Identity ofSeed(byte[] seed) {
    return ofSeed(seed, Crypto.best());
  }

  /** {@link #ofSeed(byte[])} on a given provider. */
  public static Identity ofSeed(byte[] seed, Crypto crypto) {
    return new Identity(seed, crypto);
  }

  /**
   * Mints a new identity whose id has {@code difficulty} leading zero bits, on all cores, blocking
   * until it is found: about 2<sup>difficulty</sup> tries, some seconds at 16. Its seed comes from
   * the operating system.
   *
   * @throws java.util.concurrent.CancellationException if {@code progress} said stop or the thread
   *     was interrupted
   */
  public static Identity mint(int difficulty, Progress progress) {
    int cores = Runtime.getRuntime().availableProcessors();
    return ProofOfWork.mint(difficulty, progress, SystemRandom.open(), Crypto.best(), cores);
  }

  /**
   * Reads a seed file: exactly 32 raw bytes.
   *
   * @throws IOException if it cannot be read or has another length; the message says which, fit to
   *     show a user
   */
  public static Identity load(Path seedFile) throws IOException {
    byte[] seed = readSeed(seedFile);
    try {
      return ofSeed(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] readSeed(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SEED_BYTES + 1); // one more, so that a longer file shows
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      while (bytes.hasRemaining() && in.read(bytes) >= 0) {
        // read on
      }
    }
    if (bytes.position() != SEED_BYTES) {
      throw new IOException(file + " is not a seed: it must have exactly 32 bytes");
    }
    return Arrays.copyOf(bytes.array(), SEED_BYTES);
  }

  /**
   * Writes the 32-byte seed to a new file that only its owner can read (0600 where the file system
   * knows it) and forces it to disk. Blocks on the disk.
   *
   * @throws FileAlreadyExistsException if the file is there: a seed is never overwritten
   * @throws IOException if it cannot be written; nothing half-written is left then
   */
  public void save(Path seedFile) throws IOException {
    requireOpen();
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(seedFile, options, ownerOnly())) {
      writeOrDelete(out, seedFile);
    }
  }

  private void writeOrDelete(FileChannel out, Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(seed);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Our name. */
  public NodeId id() {
    return publicIdentity.id();
  }

  /** What peers verify with. */
  public PublicIdentity publicIdentity() {
    return publicIdentity;
  }

  /** The provider that this identity was made on. */
  public Crypto crypto() {
    return crypto;
  }

  /**
   * The 64-byte signature for a purpose over delimited fields; see {@link Purpose} for the signed
   * bytes. About 30 microseconds.
   */
  public byte[] sign(Purpose purpose, byte[]... fields) {
    return signRaw(purpose.signedBytes(fields));
  }

  /**
   * The 64-byte signature of an envelope of the routed frame formats, laid out as {@link
   * PublicIdentity#verifyEnvelope} says. The envelope must name us as its origin.
   *
   * @throws IllegalArgumentException if the origin key in it is not ours
   */
  public byte[] signEnvelope(
      int type, byte[] envelope, int targetAt, int payloadAt, int payloadLength) {
    int originAt = targetAt + Nodenet.ORIGIN_AT;
    byte[] ours = publicIdentity.key();
    if (!Arrays.equals(envelope, originAt, originAt + ours.length, ours, 0, ours.length)) {
      throw new IllegalArgumentException("the envelope names another origin");
    }
    return signRaw(Nodenet.envelopeDigest(type, envelope, targetAt, payloadAt, payloadLength));
  }

  /**
   * The signature that binds a leaf certificate to us: over its SubjectPublicKeyInfo, which must be
   * a P-256 key.
   */
  byte[] signSpki(byte[] spki) {
    if (!LeafCertificate.isP256(spki)) {
      throw new IllegalArgumentException("not the public key of a leaf certificate");
    }
    return signRaw(spki);
  }

  /** The X25519 public key of this seed (32 bytes), used toward nodenet peers only. */
  public byte[] exchangeKey() {
    requireOpen();
    return crypto.x25519Public(exchange);
  }

  /**
   * The shared secret of our X25519 key of {@link #exchangeKey} and a peer's; toward nodenet peers
   * only.
   *
   * @throws Malformed as {@link Crypto#x25519Agree}
   */
  public byte[] agree(byte[] peer) throws Malformed {
    requireOpen();
    return crypto.x25519Agree(exchange, peer);
  }

  private byte[] signRaw(byte[] message) {
    requireOpen();
    return signing.sign(message);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the identity is closed");
    }
  }

  /**
   * Overwrites the private keys, as far as the virtual machine and the provider have left no
   * copies.
   */
  @Override
  public void close() {
    closed = true;
    signing.close();
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(exchange, (byte) 0);
  }

  /** The public id; never a secret. */
  @Override
  public String toString() {
    return "Identity[" + id().hex() + "]";
  }
}
