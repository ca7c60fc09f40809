package org.wayfolk.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wayfolk.hello.HelloFrame.Claim;
import org.wayfolk.hello.HelloFrame.First;
import org.wayfolk.hello.HelloFrame.Second;
import org.wayfolk.hello.HelloFrame.Third;
import org.wayfolk.hello.Transcript.Role;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.peer.Network;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.RecordCheck;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;

/**
 * The vectors of docs/protocol/network.md, record.md and hello.md: read from the files, and made
 * anew from the values that the pages name. Ed25519 signs deterministically, so whole frames
 * compare.
 */
class HelloVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Network NET = Network.local("demo");
  private static final long TIME = 1_800_000_000_000L;

  private static Map<String, String> file(String name) throws IOException {
    Properties p = new Properties();
    try (InputStream in =
        Objects.requireNonNull(HelloVectorsTest.class.getResourceAsStream("/vectors/" + name))) {
      p.load(new InputStreamReader(in, StandardCharsets.US_ASCII));
    }
    Map<String, String> out = new TreeMap<>();
    p.stringPropertyNames().forEach(k -> out.put(k, p.getProperty(k)));
    return out;
  }

  private static byte[] filled(int value) {
    byte[] b = new byte[32];
    Arrays.fill(b, (byte) value);
    return b;
  }

  private static Identity identity(int seedByte) {
    return Identity.ofSeed(filled(seedByte));
  }

  private static Map<String, String> networks() {
    Map<String, String> out = new TreeMap<>();
    for (Network n : List.of(Network.main(), Network.local(), NET)) {
      out.put(n.name().replace(':', '.'), HEX.formatHex(n.id()));
    }
    return out;
  }

  private static PeerRecord plain(Identity identity) {
    return new RecordCheck(Crypto.best(), NET)
        .sign(
            identity,
            new PeerRecord.Body(
                identity.publicIdentity().key(),
                TIME,
                TIME + PeerRecord.LIFE_MILLIS,
                filled(0xcc),
                0,
                List.of(),
                List.of()));
  }

  private static PeerRecord dialable(Identity identity, Identity entry) {
    return new RecordCheck(Crypto.best(), NET)
        .sign(
            identity,
            new PeerRecord.Body(
                identity.publicIdentity().key(),
                TIME + 1,
                TIME + 1 + PeerRecord.LIFE_MILLIS,
                filled(0xcc),
                PeerRecord.RELAY,
                List.of(Address.parse("192.168.1.2:4242"), Address.parse("[2a00:1450::1]:443")),
                List.of(new PeerRecord.Entry(entry.id(), Address.parse("8.8.8.8:4242")))));
  }

  private static Map<String, String> records() {
    Identity one = identity(1);
    PeerRecord dialable = dialable(one, identity(2));
    Map<String, String> out = new TreeMap<>();
    out.put("key", HEX.formatHex(one.publicIdentity().key()));
    out.put("id", one.id().hex());
    out.put("plain", HEX.formatHex(plain(one).bytes()));
    out.put("dialable", HEX.formatHex(dialable.bytes()));
    return out;
  }

  private static Map<String, String> hellos() {
    Identity dialler = identity(1);
    Identity acceptor = identity(2);
    Transcript t =
        new Transcript(
            filled(0xd1),
            filled(0xa1),
            filled(0xd2),
            filled(0xa2),
            dialler.id(),
            acceptor.id(),
            LinkHello.ALPN);
    Claim d = new Claim(NET.id(), 0, TIME + 40, 7_000, plain(dialler).bytes());
    Claim a = new Claim(NET.id(), 1, TIME + 20, 9_000, plain(acceptor).bytes());
    Map<String, String> out = new TreeMap<>();
    out.put("dialler.id", dialler.id().hex());
    out.put("acceptor.id", acceptor.id().hex());
    out.put("first", HEX.formatHex(new First(filled(0xd1)).encode()));
    out.put(
        "second",
        HEX.formatHex(new Second(filled(0xa1), t.sign(acceptor, Role.ACCEPTOR, a)).encode()));
    out.put("third", HEX.formatHex(new Third(t.sign(dialler, Role.DIALLER, d)).encode()));
    byte[] seed = Effort.seed(Crypto.best(), t);
    long solution = Effort.solve(Crypto.best(), seed, Effort.LEAST);
    out.put("effort.seed", HEX.formatHex(seed));
    out.put("ask", HEX.formatHex(new ChallengeFrame.Ask(filled(0xa1), Effort.LEAST).encode()));
    out.put("answer", HEX.formatHex(new ChallengeFrame.Answer(Effort.LEAST, solution).encode()));
    return out;
  }

  @Test
  void challengesOfTheFileAreReadAndWrittenAlike() throws IOException, Malformed {
    Map<String, String> file = file("hello.txt");
    for (String name : List.of("ask", "answer")) {
      byte[] bytes = HEX.parseHex(file.get(name));
      Reader r = new Reader(bytes);
      assertThat(FrameHeader.read(r)).isEqualTo(FrameType.CHALLENGE);
      assertThat(ChallengeFrame.read(r).encode()).isEqualTo(bytes);
    }
  }

  @Test
  void networkIdsAreThoseOfTheFile() throws IOException {
    assertThat(networks()).isEqualTo(file("network.txt"));
  }

  @Test
  void recordsAreThoseOfTheFile() throws IOException {
    assertThat(records()).isEqualTo(file("record.txt"));
  }

  @Test
  void helloFramesAreThoseOfTheFile() throws IOException {
    assertThat(hellos()).isEqualTo(file("hello.txt"));
  }

  @Test
  void recordsOfTheFileAreReadAndValid() throws IOException {
    Map<String, String> file = file("record.txt");
    RecordCheck check = new RecordCheck(Crypto.best(), NET);
    for (String name : List.of("plain", "dialable")) {
      byte[] bytes = HEX.parseHex(file.get(name));
      assertThat(check.check(bytes, TIME)).isInstanceOf(RecordCheck.Verdict.Valid.class);
    }
  }

  @Test
  void helloFramesOfTheFileAreReadAndWrittenAlike() throws IOException, Malformed {
    Map<String, String> file = file("hello.txt");
    for (String name : List.of("first", "second", "third")) {
      byte[] bytes = HEX.parseHex(file.get(name));
      Reader r = new Reader(bytes);
      assertThat(FrameHeader.read(r)).isEqualTo(FrameType.LINK_HELLO);
      assertThat(HelloFrame.read(r).encode()).isEqualTo(bytes);
    }
  }
}
