package org.wayfolk.messenger.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of each kind, with fixed values: those of the vectors. */
final class Samples {
  static final Hash32 ALICE = hash(0xa1);
  static final Hash32 BOB = hash(0xb2);
  static final EventId FIRST = new EventId(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
  static final EventId TARGET = new EventId(0x1112131415161718L, 0x191a1b1c1d1e1f20L);
  static final long SENT = 1_800_000_000_123L;

  private Samples() {}

  static Hash32 hash(int value) {
    byte[] bytes = new byte[Hash32.BYTES];
    Arrays.fill(bytes, (byte) value);
    return Hash32.of(bytes);
  }

  static Event of(EventId id, long sequence, Body body) {
    return new Event(
        id,
        ConversationName.ofTwo(ALICE, BOB),
        new Author(ALICE, 1),
        new Stamp(sequence, 300, SENT),
        new ListMark(1_799_999_999_000L, hash(0x4c)),
        List.of(new Head(BOB.prefix(), 2, 129)),
        body);
  }

  static Event of(Body body) {
    return of(FIRST, body.counted() ? 7 : 0, body);
  }

  static Map<String, Event> all() {
    Map<String, Event> all = new LinkedHashMap<>();
    all.put("text", of(new Body.Text(Part.WHOLE, null, "Grüße 👋")));
    all.put("reply", of(new Body.Text(Part.WHOLE, TARGET, "yes")));
    all.put("text.part0", of(new Body.Text(new Part(0, 2, null), null, "be")));
    all.put("text.part1", of(new Body.Text(new Part(1, 2, TARGET), null, "gun")));
    all.put("edit", of(new Body.Edit(TARGET, Part.WHOLE, "better")));
    all.put("delete.all", of(new Body.Delete(TARGET, true)));
    all.put("delete.me", of(new Body.Delete(TARGET, false)));
    all.put("reaction.on", of(new Body.Reaction(TARGET, true, "👍")));
    all.put("reaction.off", of(new Body.Reaction(TARGET, false, "👍")));
    all.put(
        "read",
        of(new Body.Read(List.of(new Head(BOB.prefix(), 1, 5), new Head(BOB.prefix(), 2, 129)))));
    all.put("name", of(new Body.Name("Alice")));
    all.put("prekeys", of(new Body.Prekeys(new byte[] {1, 2, 3})));
    all.put("devices", of(new Body.Devices(new byte[] {4, 5, 6})));
    all.put("gone.line", of(new Body.Gone(true)));
    all.put("gone.quiet", of(new Body.Gone(false)));
    all.put("unknown.shown", of(new Body.Unknown(99, true, new byte[] {9})));
    all.put("unknown.quiet", of(new Body.Unknown(200, false, new byte[] {9})));
    return all;
  }
}
