package org.wayfolk.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wayfolk.delivery.VectorFile;
import org.wayfolk.id.NodeId;
import org.wayfolk.peer.PeerRecord;
import org.wayfolk.peer.Records;
import org.wayfolk.transport.Address;
import org.wayfolk.wire.FrameHeader;
import org.wayfolk.wire.FrameType;
import org.wayfolk.wire.Malformed;
import org.wayfolk.wire.Reader;
import org.wayfolk.wire.Writer;

/** The frames of docs/protocol/lookup.md and docs/protocol/routing.md, made anew. */
class RoutingVectorsTest {
  private static final NodeId TARGET = new NodeId(0x1111L << 48, 2, 3, 4);
  private static final NodeId A = new NodeId(0xaaaaL << 48, 0, 0, 0xa);
  private static final NodeId B = new NodeId(0xbbbbL << 48, 0, 0, 0xb);
  private static final long NONCE = 0x0102030405060708L;

  static Map<String, byte[]> lookup() {
    PeerRecord one = Records.of(Stand.NET, 1, 1_800_000_000_000L, "10.0.0.1:4242");
    PeerRecord two = Records.of(Stand.NET, 2, 1_800_000_000_000L);
    Map<String, byte[]> v = new LinkedHashMap<>();
    v.put("find.one_hop", new Find(NONCE, TARGET, List.of(), 0).frame());
    v.put("find.path", new Find(NONCE, TARGET, List.of(A, B), 0).frame());
    v.put("find.path.passed_on", new Find(NONCE + 1, TARGET, List.of(A, B), 1).frame());
    v.put("found.none", new Found(NONCE, List.of()).frame());
    v.put("found.two", new Found(NONCE, List.of(one, two)).frame());
    return v;
  }

  static Map<String, byte[]> routing() {
    byte[] route =
        Envelope.frame(FrameType.ROUTE, TARGET, new byte[32], 0, new byte[] {5}, new byte[64]);
    Writer pong = new Writer(64);
    Address.parse("192.0.2.7:443").write(pong);
    Map<String, byte[]> v = new LinkedHashMap<>();
    v.put("ping", FrameHeader.frame(FrameType.PING, new byte[0]));
    v.put("pong", FrameHeader.frame(FrameType.PONG, pong.toBytes()));
    v.put("leave", FrameHeader.frame(FrameType.LEAVE, new byte[0]));
    v.put("route", route);
    v.put("returned", Stand.returned(2, route));
    v.put("table.whole", LinkTables.frame(0, new long[0], new long[] {A.a(), B.a()}, null));
    v.put("table.changes", LinkTables.frame(1, new long[] {A.a()}, new long[] {TARGET.a()}, null));
    long[] marks = {B.a()};
    v.put("table.whole.marked", LinkTables.frame(0, new long[0], new long[] {A.a(), B.a()}, marks));
    v.put("table.changes.marked", LinkTables.frame(1, new long[0], new long[0], marks));
    v.put("table.changes.unmarked", LinkTables.frame(1, new long[0], new long[0], new long[0]));
    v.put("link.spare", FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {Trim.SPARE}));
    v.put("link.needed", FrameHeader.frame(FrameType.LINK_TABLE, new byte[] {Trim.NEEDED}));
    return v;
  }

  private static void equal(String file, Map<String, byte[]> made) {
    Map<String, String> hex = new LinkedHashMap<>();
    made.forEach((k, b) -> hex.put(k, HexFormat.of().formatHex(b)));
    Map<String, String> read = new LinkedHashMap<>(VectorFile.named(file).all());
    read.keySet().removeIf(k -> k.startsWith("reject."));
    assertThat(read).isEqualTo(hex);
  }

  @Test
  void lookupFramesAreMadeByteForByte() {
    equal("lookup.txt", lookup());
  }

  @Test
  void routingFramesAreMadeByteForByte() {
    equal("routing.txt", routing());
  }

  private static Reader payload(byte[] frame) throws Malformed {
    Reader r = new Reader(frame);
    FrameHeader.read(r);
    return r;
  }

  @Test
  void whatIsMadeIsReadBack() throws Malformed {
    VectorFile v = VectorFile.named("lookup.txt");
    assertThat(Find.read(payload(v.get("find.path"))))
        .isEqualTo(new Find(NONCE, TARGET, List.of(A, B), 0));
    Found found = Found.read(payload(v.get("found.two")));
    assertThat(found.records()).hasSize(2);
    assertThat(found.frame()).isEqualTo(v.get("found.two"));
  }

  @Test
  void whatIsToBeRefusedIs() {
    VectorFile v = VectorFile.named("lookup.txt");
    for (String name : v.all().keySet()) {
      if (name.startsWith("reject.find.")) {
        assertThatThrownBy(() -> Find.read(new Reader(v.get(name))))
            .as(name)
            .isInstanceOf(Malformed.class);
      } else if (name.startsWith("reject.found.")) {
        assertThatThrownBy(() -> Found.read(new Reader(v.get(name))))
            .as(name)
            .isInstanceOf(Malformed.class);
      }
    }
  }
}
