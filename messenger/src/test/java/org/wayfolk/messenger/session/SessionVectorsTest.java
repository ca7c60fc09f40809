package org.wayfolk.messenger.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wayfolk.id.NodeId;
import org.wayfolk.identity.Crypto;
import org.wayfolk.identity.Identity;
import org.wayfolk.messenger.person.DeviceCertificate;
import org.wayfolk.messenger.person.DeviceClaim;
import org.wayfolk.messenger.person.DeviceKeys;
import org.wayfolk.messenger.person.DeviceList;
import org.wayfolk.messenger.person.RootClaim;
import org.wayfolk.messenger.person.RootKey;
import org.wayfolk.messenger.ratchet.InitialMessage;
import org.wayfolk.messenger.ratchet.OneTimePrekey;
import org.wayfolk.messenger.ratchet.PrekeyBundle;
import org.wayfolk.messenger.ratchet.PrekeySecrets;
import org.wayfolk.wire.Malformed;

/** docs/protocol/session.md: the file is read and made anew, byte for byte. */
final class SessionVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long NOW = 1_800_000_000_000L;

  private final DeviceKeys keys = DeviceKeys.ofSeed(bytes(32, 1));
  private final NodeId receiver = Identity.ofSeed(bytes(32, 2)).publicIdentity().id();
  private final DeviceList list = list();
  private final PrekeyBundle bundle = bundle();
  private final InitialMessage initial = new InitialMessage(7, 8, bytes(32, 9), bytes(1088, 10));

  private static byte[] bytes(int count, int value) {
    byte[] out = new byte[count];
    Arrays.fill(out, (byte) value);
    return out;
  }

  private DeviceList list() {
    RootKey root = RootKey.ofSeed(bytes(32, 3));
    RootClaim claim = RootClaim.of(root, RootKey.ofSeed(bytes(32, 4)));
    DeviceClaim device = DeviceClaim.make(claim.card(), keys, Identity.ofSeed(bytes(32, 5)));
    DeviceCertificate certificate =
        DeviceCertificate.issue(root, claim.card(), 1, device, NOW, NOW + 86_400_000L);
    return DeviceList.issue(root, claim.card(), NOW, List.of(certificate), Set.of());
  }

  private PrekeyBundle bundle() {
    SplittableRandom random = new SplittableRandom(1);
    Crypto crypto = Crypto.best();
    return PrekeySecrets.generate(6, random, NOW)
        .bundle(crypto, keys::sign)
        .with(OneTimePrekey.Secret.generate(11, random).toPublic(crypto));
  }

  private byte[] ask() {
    return Frames.ask(keys, receiver, list, new SessionId(1, 2), new SessionId(3, 4));
  }

  private byte[] answer() {
    return Frames.bundle(keys, receiver, new SessionId(1, 2), NOW, new Held(300, 5), bundle);
  }

  private byte[] first() {
    return Frames.first(keys, receiver, list, initial, bytes(300, 12));
  }

  private Map<String, byte[]> insides() {
    Map<String, byte[]> made = new LinkedHashMap<>();
    byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
    OneTimePrekey one = Objects.requireNonNull(bundle.oneTime());
    Inside.Begin begin = new Inside.Begin(NOW, new SessionId(3, 4));
    made.put("inside.plain", new Inside(null, null, List.of(), null, 0, content).encode());
    made.put("inside.arrived", new Inside(null, null, List.of(), null, 300, content).encode());
    made.put(
        "inside.all",
        new Inside(begin, new Held(7, 8), List.of(one), bundle.with(null), 1, content).encode());
    return made;
  }

  private Map<String, String> made() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("receiver", HEX.formatHex(receiver.bytes()));
    made.put("device.seed", HEX.formatHex(bytes(32, 1)));
    made.put("initial", HEX.formatHex(initial.encode()));
    made.put("name", HEX.formatHex(Resets.name(Crypto.best(), initial).bytes()));
    made.put("ask", HEX.formatHex(ask()));
    made.put("bundle", HEX.formatHex(answer()));
    made.put("first", HEX.formatHex(first()));
    insides().forEach((name, bytes) -> made.put(name, HEX.formatHex(bytes)));
    return made;
  }

  private static String file() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SessionVectorsTest.class.getResourceAsStream("/vectors/session.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theFileIsWhatThisCodeMakes() throws IOException {
    StringBuilder made = new StringBuilder("# docs/protocol/session.md\n");
    made().forEach((name, hex) -> made.append(name).append(" = ").append(hex).append('\n'));
    assertThat(file()).isEqualTo(made.toString());
  }

  @Test
  void whatIsWrittenIsReadAgainAndIsSigned() throws Malformed {
    DeviceClaim device = list.devices().getFirst().claim();
    NodeId other = NodeId.of(bytes(32, 13));

    Frames.Ask ask = Frames.readAsk(ask());
    assertThat(ask.name()).isEqualTo(new SessionId(1, 2));
    assertThat(ask.last()).isEqualTo(new SessionId(3, 4));
    assertThat(ask.list()).isEqualTo(list);
    assertThat(ask.by(device, receiver)).isTrue();
    assertThat(ask.by(device, other)).isFalse();

    Frames.Bundle answer = Frames.readBundle(answer());
    assertThat(answer.re()).isEqualTo(new SessionId(1, 2));
    assertThat(answer.generation()).isEqualTo(NOW);
    assertThat(answer.held()).isEqualTo(new Held(300, 5));
    assertThat(answer.prekeys().encode()).isEqualTo(bundle.encode());
    assertThat(answer.by(device, receiver)).isTrue();
    assertThat(answer.by(device, other)).isFalse();

    Frames.First first = Frames.readFirst(first());
    assertThat(first.initial().encode()).isEqualTo(initial.encode());
    assertThat(first.message()).isEqualTo(bytes(300, 12));
    assertThat(first.by(device, receiver)).isTrue();
    assertThat(first.by(device, other)).isFalse();

    for (byte[] inside : insides().values()) {
      assertThat(Inside.decode(inside).encode()).isEqualTo(inside);
    }
  }

  @Test
  void whatIsCutIsMalformed() {
    byte[] ask = ask();
    byte[] answer = answer();
    byte[] first = first();
    byte[] inside = Objects.requireNonNull(insides().get("inside.all"));
    for (int i = 0; i < ask.length; i++) {
      byte[] cut = Arrays.copyOf(ask, i);
      assertThatThrownBy(() -> Frames.readAsk(cut)).isInstanceOf(Malformed.class);
    }
    for (int i = 0; i < answer.length; i++) {
      byte[] cut = Arrays.copyOf(answer, i);
      assertThatThrownBy(() -> Frames.readBundle(cut)).isInstanceOf(Malformed.class);
    }
    for (int i = 0; i < first.length - 300; i++) {
      byte[] cut = Arrays.copyOf(first, i);
      assertThatThrownBy(() -> Frames.readFirst(cut)).isInstanceOf(Malformed.class);
    }
    for (int i = 0; i < inside.length - 8; i++) {
      byte[] cut = Arrays.copyOf(inside, i);
      assertThatThrownBy(() -> Inside.decode(cut)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void whatALaterVersionMightSayIsRefusedNotGuessed() {
    assertThatThrownBy(() -> Inside.decode(new byte[] {32, 1})).isInstanceOf(Malformed.class);
    byte[] ask = ask();
    ask[ask.length - 1] = 1;
    assertThatThrownBy(() -> Frames.readAsk(ask)).isInstanceOf(Malformed.class);
  }
}
