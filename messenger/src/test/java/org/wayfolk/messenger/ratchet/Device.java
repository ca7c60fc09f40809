package org.wayfolk.messenger.ratchet;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wayfolk.identity.Crypto;
import org.wayfolk.wire.Malformed;

/** A device with all its keys, for tests. */
record Device(
    Crypto crypto,
    Party.Own own,
    Crypto.SigningKey signing,
    PrekeySecrets prekeys,
    OneTimePrekey.Secret oneTime) {

  static final byte[] NO_AD = {};
  static final byte[] NO_PSK = {};

  static Device named(Crypto crypto, String name, RandomGenerator random, long now) {
    byte[] agreement = bytes(random, 32);
    byte[] identity = crypto.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Device(
        crypto,
        new Party.Own(identity, agreement),
        crypto.signingKey(bytes(random, 32)),
        PrekeySecrets.generate(7, random, now),
        OneTimePrekey.Secret.generate(11, random));
  }

  Party party() {
    return new Party(own.identity(), crypto.x25519Public(own.agreement()), signing.publicKey());
  }

  PrekeyBundle bundle() {
    return prekeys
        .bundle(crypto, (purpose, fields) -> signing.sign(purpose.signedBytes(fields)))
        .with(oneTime.toPublic(crypto));
  }

  Handshake with(Device other) {
    return new Handshake(crypto, own, other.party());
  }

  RatchetState accept(Device from, InitialMessage initial, byte[] psk, long now) throws Malformed {
    OneTimePrekey.@Nullable Secret used = initial.oneTime() == 0 ? null : oneTime;
    return with(from).accept(initial, prekeys, used, psk, now);
  }

  static byte[] bytes(RandomGenerator random, int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }
}
