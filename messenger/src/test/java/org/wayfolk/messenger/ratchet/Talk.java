package org.wayfolk.messenger.ratchet;

import java.util.Random;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Opening.Opened;
import org.wayfolk.wire.Malformed;

/** Two devices with a session between them, for tests: 0 began it, 1 accepted. */
final class Talk {

  static final long NOW = 1_800_000_000_000L;

  final Crypto crypto;
  final Ratchet ratchet;
  final Random random;
  final RatchetState[] states = new RatchetState[2];
  long now = NOW;

  Talk(Crypto crypto, long seed) throws Malformed {
    this.crypto = crypto;
    this.ratchet = new Ratchet(crypto);
    this.random = new Random(seed);
    Device alice = Device.named(crypto, "alice", random, NOW);
    Device bob = Device.named(crypto, "bob", random, NOW);
    Handshake.Initiated begun = alice.with(bob).initiate(bob.bundle(), Device.NO_PSK, random, NOW);
    states[0] = begun.state();
    states[1] = bob.accept(alice, begun.initial(), Device.NO_PSK, NOW);
  }

  /** One message each way, so that both have both chains. */
  static Talk begun(Crypto crypto, long seed) throws Malformed {
    Talk talk = new Talk(crypto, seed);
    talk.pass(0);
    talk.pass(1);
    talk.pass(0);
    return talk;
  }

  byte[] seal(int who, byte[] text) {
    Sealed sealed = ratchet.seal(states[who], text, Device.NO_AD, 0, random, now);
    states[who] = sealed.next();
    return sealed.payload();
  }

  byte[] seal(int who) {
    return seal(who, new byte[] {(byte) who});
  }

  /** Opens and moves on if it opens. */
  Opening open(int who, byte[] payload) {
    Opening opening = ratchet.open(states[who], payload, Device.NO_AD, now);
    if (opening instanceof Opened opened) {
      states[who] = opened.next();
    }
    return opening;
  }

  /** A message of that side, opened by the other. */
  void pass(int from) {
    Opening opening = open(1 - from, seal(from));
    if (!(opening instanceof Opened)) {
      throw new AssertionError("does not open: " + opening);
    }
  }
}
