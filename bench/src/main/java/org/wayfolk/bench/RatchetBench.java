package org.wayfolk.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wayfolk.identity.Crypto;
import org.wayfolk.messenger.ratchet.Handshake;
import org.wayfolk.messenger.ratchet.Opening;
import org.wayfolk.messenger.ratchet.Party;
import org.wayfolk.messenger.ratchet.PrekeySecrets;
import org.wayfolk.messenger.ratchet.Ratchet;
import org.wayfolk.messenger.ratchet.RatchetState;
import org.wayfolk.messenger.ratchet.Sealed;
import org.wayfolk.wire.Malformed;

/**
 * What a text of 200 bytes costs in the ratchet, both ends together, with the states read from and
 * written to their stored form as the messenger does it. One thread: operations per CPU second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class RatchetBench {

  private static final long NOW = 1_800_000_000_000L;
  private static final byte[] NONE = {};

  /** Which provider. */
  @Param({"conscrypt", "bouncycastle"})
  public String provider = "";

  private final Random random = new Random(1);
  private final byte[] text = new byte[200];
  private final byte[][] states = {NONE, NONE};
  private Ratchet ratchet = new Ratchet(Crypto.best());
  private int turn;

  /** A session that both sides have used. */
  @Setup(Level.Iteration)
  public void setUp() throws Malformed {
    Crypto crypto = Crypto.named(provider);
    ratchet = new Ratchet(crypto);
    byte[] a = bytes(32);
    byte[] b = bytes(32);
    Crypto.SigningKey signing = crypto.signingKey(bytes(32));
    PrekeySecrets prekeys = PrekeySecrets.generate(1, random, NOW);
    Party partyA = new Party(new byte[] {1}, crypto.x25519Public(a), signing.publicKey());
    Party partyB = new Party(new byte[] {2}, crypto.x25519Public(b), signing.publicKey());
    Handshake.Initiated begun =
        new Handshake(crypto, new Party.Own(new byte[] {1}, a), partyB)
            .initiate(
                prekeys.bundle(
                    crypto, (purpose, fields) -> signing.sign(purpose.signedBytes(fields))),
                NONE,
                random,
                NOW);
    RatchetState accepted =
        new Handshake(crypto, new Party.Own(new byte[] {2}, b), partyA)
            .accept(begun.initial(), prekeys, null, NONE, NOW);
    states[0] = begun.state().encode();
    states[1] = accepted.encode();
    pass(0);
    pass(1);
  }

  private byte[] bytes(int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }

  private int pass(int from) throws Malformed {
    Sealed sealed = ratchet.seal(RatchetState.decode(states[from]), text, NONE, 1, random, NOW);
    states[from] = sealed.next().encode();
    Opening opening =
        ratchet.open(RatchetState.decode(states[1 - from]), sealed.payload(), NONE, NOW);
    if (!(opening instanceof Opening.Opened opened)) {
      throw new IllegalStateException("does not open");
    }
    states[1 - from] = opened.next().encode();
    return opened.plaintext().length;
  }

  /** One side talks, the other never answers: one message in eight carries an offer of 1.2 KB. */
  @Benchmark
  public int oneWay() throws Malformed {
    return pass(0);
  }

  /** Both in turn: each message is a step, one in fifty a refresh. */
  @Benchmark
  public int inTurn() throws Malformed {
    turn = 1 - turn;
    return pass(turn);
  }

  /** Twenty of one side, then twenty of the other: what talk is like. */
  @Benchmark
  public int inBursts() throws Malformed {
    turn++;
    return pass(turn / 20 % 2);
  }
}
