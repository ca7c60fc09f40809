package org.wayfolk.messenger.ratchet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.MlKem768;
import org.wayfolk.wire.Malformed;

/**
 * The vectors computed again from docs/protocol/ratchet.md alone: with the JDK's own HMAC, X25519,
 * Ed25519 and ChaCha20-Poly1305, and no class of the room. Only ML-KEM is the one the room uses; it
 * has vectors of its own.
 */
class RatchetPageTest {

  private static final byte[] NONE = {};

  private final RatchetVectors vectors = new RatchetVectors();

  // The state of the walk: what either side would know, in one place.
  private byte[] root = NONE;
  private byte[] binding = NONE;
  private final byte[][] header = {NONE, NONE}; // of the current chain of a, b
  private final byte[][] nextHeader = {NONE, NONE};
  private final byte[][] chain = {NONE, NONE};
  private final byte[][] scalar = {NONE, NONE};
  private final byte[][] key = {NONE, NONE};
  private final int[] number = {0, 0};
  private final int[] previous = {0, 0};
  private byte[] offerSeed = NONE; // of whoever offered last
  private byte[] ciphertext = NONE; // of b's chain

  private byte[] get(String name) {
    return vectors.get(name);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] four(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] label(String name) {
    return ("wayfolk/1 " + name + "\0").getBytes(US_ASCII);
  }

  private static byte[] fields(String name, byte[]... fields) {
    byte[] out = label(name);
    for (byte[] field : fields) {
      out = join(out, four(field.length), field);
    }
    return out;
  }

  private static byte[] part(byte[] from, int at, int length) {
    return Arrays.copyOfRange(from, at, at + length);
  }

  private static byte[] sha256(byte[] of) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(of);
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.length == 0 ? new byte[32] : key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] prk = hmac(salt, secret);
    byte[] out = NONE;
    byte[] block = NONE;
    for (int i = 1; out.length < length; i++) {
      block = hmac(prk, join(block, info, new byte[] {(byte) i}));
      out = join(out, block);
    }
    return Arrays.copyOf(out, length);
  }

  private static byte[] seal(byte[] key, byte[] nonce, byte[] ad, byte[] plaintext)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305", "SunJCE");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(ad);
    return cipher.doFinal(plaintext);
  }

  private static byte[] dh(byte[] scalar, byte[] point) throws GeneralSecurityException {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[31 - i] = i == 31 ? (byte) (point[i] & 0x7f) : point[i];
    }
    KeyFactory keys = KeyFactory.getInstance("X25519", "SunEC");
    KeyAgreement agreement = KeyAgreement.getInstance("X25519", "SunEC");
    agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
    agreement.doPhase(
        keys.generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian))),
        true);
    return agreement.generateSecret();
  }

  private static byte[] publicOf(byte[] scalar) throws GeneralSecurityException {
    byte[] base = new byte[32];
    base[0] = 9;
    return dh(scalar, base);
  }

  private void step(int who, byte[] agreed, byte[] secret, byte[] fresh)
      throws GeneralSecurityException {
    byte[] out = hkdf(root, join(agreed, secret), join(label("ratchet step"), fresh), 96);
    root = part(out, 0, 32);
    chain[who] = part(out, 32, 32);
    nextHeader[who] = part(out, 64, 32);
  }

  // Section 2, and A's first step.
  @BeforeEach
  void setUp() throws GeneralSecurityException, Malformed {
    byte[] bundle = get("b.bundle");
    byte[] p = part(bundle, 13, 32);
    byte[] kem = part(bundle, 109, 1184);
    byte[] o = part(bundle, 1361, 32);
    byte[] random = get("setup.random");
    byte[] ephemeral = part(random, 0, 32);
    byte[] e = publicOf(ephemeral);
    byte[] a = publicOf(get("a.agreement"));
    byte[] b = publicOf(get("b.agreement"));
    MlKem768.Encapsulated made = MlKem768.encapsulate(kem, part(random, 32, 32));
    byte[] initial = join(new byte[] {1}, four(257), four(513), e, made.ciphertext());
    assertThat(initial).isEqualTo(get("initial"));
    binding =
        sha256(
            fields(
                "ratchet setup",
                new byte[] {1, 3},
                get("a.identity"),
                get("b.identity"),
                a,
                b,
                e,
                four(257),
                p,
                sha256(kem),
                sha256(made.ciphertext()),
                four(513),
                o));
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    byte[] secret =
        join(
            ones,
            dh(get("a.agreement"), p),
            dh(ephemeral, b),
            dh(ephemeral, p),
            dh(ephemeral, o),
            made.secret(),
            get("psk"));
    byte[] keys = hkdf(NONE, secret, join(label("ratchet keys"), binding), 96);
    root = part(keys, 0, 32);
    header[0] = part(keys, 32, 32);
    nextHeader[1] = part(keys, 64, 32);
    assertThat(root).isEqualTo(get("root"));
    assertThat(header[0]).isEqualTo(get("header.a"));
    assertThat(nextHeader[1]).isEqualTo(get("header.b"));
    scalar[0] = part(random, 64, 32);
    key[0] = publicOf(scalar[0]);
    key[1] = p;
    step(0, dh(scalar[0], p), NONE, NONE);
  }

  @Test
  void theBindingIsAsWritten() {
    assertThat(binding).isEqualTo(get("binding"));
  }

  @Test
  void theBundleIsSignedAsWritten() throws GeneralSecurityException {
    byte[] bundle = get("b.bundle");
    byte[] id = part(bundle, 1, 4);
    byte[] created = part(bundle, 5, 8);
    byte[] curve = part(bundle, 13, 32);
    byte[] kem = part(bundle, 109, 1184);
    byte[] one = fields("ratchet prekey", new byte[] {1}, id, created, curve);
    byte[] two = fields("ratchet prekey", new byte[] {2}, id, created, kem);
    assertThat(created).isEqualTo(get("created"));
    assertThat(verifies(one, part(bundle, 45, 64))).isTrue();
    assertThat(verifies(two, part(bundle, 1293, 64))).isTrue();
    assertThat(verifies(two, part(bundle, 45, 64))).isFalse();
  }

  private boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException {
    byte[] encoded = Crypto.best().ed25519Public(get("b.signing"));
    boolean odd = encoded[31] < 0;
    byte[] y = new byte[32];
    for (int i = 0; i < 32; i++) {
      y[31 - i] = i == 31 ? (byte) (encoded[i] & 0x7f) : encoded[i];
    }
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    Signature verifier = Signature.getInstance("Ed25519", "SunEC");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519", "SunEC")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
    verifier.update(message);
    return verifier.verify(signature);
  }

  // Which messages begin a chain, carry an offer or a ciphertext: read off the vectors' story.
  @Test
  void everyMessageIsSealedAsWritten() throws GeneralSecurityException, Malformed {
    message(1, false, 0);
    message(2, false, 0);
    message(3, true, 0);
    message(4, true, 1);
    message(5, true, 2);
    message(6, false, 2);
    message(7, true, 0);
  }

  private void message(int i, boolean steps, int flags) throws GeneralSecurityException, Malformed {
    int who = get("m" + i + ".from")[0];
    byte[] random = get("m" + i + ".random");
    byte[] nonce = part(random, 0, 12);
    byte[] salt = part(random, 12, 16);
    int drawn = 28;
    if (steps) {
      begin(who, random, flags == 2);
      drawn += 32;
    }
    if (flags == 1) {
      offerSeed = part(random, drawn, 64);
    }
    byte[] extension =
        flags == 0 ? NONE : flags == 1 ? MlKem768.keyPair(offerSeed).publicKey() : ciphertext;

    nonce[0] &= 0x7f;
    byte[] plain =
        join(new byte[] {(byte) flags}, key[who], four(previous[who]), four(number[who]), salt);
    byte[] sealed = join(nonce, seal(header[who], nonce, binding, plain));
    if (flags != 0) {
      byte[] other = nonce.clone();
      other[0] |= (byte) 0x80;
      sealed = join(sealed, seal(header[who], other, binding, extension));
    }
    byte[] body = hkdf(salt, hmac(chain[who], new byte[] {1}), label("ratchet body"), 44);
    byte[] ad = get("m" + i + ".ad");
    byte[] text = get("m" + i + ".text");
    int around = ByteBuffer.wrap(get("m" + i + ".around")).getInt();
    int whole = 256;
    while (whole < around + sealed.length + text.length + 17) {
      whole *= 2;
    }
    byte[] padded =
        Arrays.copyOf(join(text, new byte[] {(byte) 0x80}), whole - around - sealed.length - 16);
    byte[] bodyAd = join(binding, four(ad.length), ad, sealed);
    byte[] payload = join(sealed, seal(part(body, 0, 32), part(body, 32, 12), bodyAd, padded));
    assertThat(payload).as("m%d", i).isEqualTo(get("m" + i + ".payload"));
    chain[who] = hmac(chain[who], new byte[] {2});
    assertThat(chain[who]).isEqualTo(get("m" + i + ".chain"));
    number[who]++;
  }

  private void begin(int who, byte[] random, boolean answers)
      throws GeneralSecurityException, Malformed {
    scalar[who] = part(random, 28, 32);
    key[who] = publicOf(scalar[who]);
    header[who] = nextHeader[who];
    previous[who] = number[who];
    number[who] = 0;
    byte[] agreed = dh(scalar[who], key[1 - who]);
    if (!answers) {
      step(who, agreed, NONE, NONE);
      return;
    }
    byte[] offered = MlKem768.keyPair(offerSeed).publicKey();
    MlKem768.Encapsulated made = MlKem768.encapsulate(offered, part(random, 60, 32));
    ciphertext = made.ciphertext();
    step(who, agreed, made.secret(), sha256(join(offered, ciphertext)));
  }
}
