package org.wayfolk.messenger.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wayfolk.wire.Malformed;

/** docs/protocol/event.md: the file is read and made anew, byte for byte. */
class EventVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static Map<String, String> file() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(EventVectorsTest.class.getResourceAsStream("/vectors/event.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" = ", 2);
          values.put(parts[0], parts[1]);
        }
      }
    }
    return values;
  }

  /** Everything that the file holds, as this code makes it. */
  private static Map<String, String> made() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("card.alice", HEX.formatHex(Samples.ALICE.bytes()));
    made.put("card.bob", HEX.formatHex(Samples.BOB.bytes()));
    made.put("conversation.two", name(Samples.ALICE, Samples.BOB));
    made.put("conversation.notes.alice", name(Samples.ALICE, Samples.ALICE));
    Samples.all()
        .forEach((name, event) -> made.put("event." + name, HEX.formatHex(event.encode())));
    made.put(
        "place.of.text",
        HEX.formatHex(
            Place.of(300, Place.writer(Samples.ALICE, Samples.BOB), 1, 7, Samples.FIRST)));
    made.put(
        "place.of.answer",
        HEX.formatHex(
            Place.of(301, Place.writer(Samples.BOB, Samples.ALICE), 2, 130, Samples.TARGET)));
    return made;
  }

  private static String name(Hash32 one, Hash32 other) {
    return HEX.formatHex(ConversationName.ofTwo(one, other).bytes());
  }

  @Test
  void theFileIsWhatThisCodeMakes() throws IOException {
    StringBuilder made = new StringBuilder();
    made().forEach((name, hex) -> made.append(name).append(" = ").append(hex).append('\n'));
    StringBuilder read = new StringBuilder();
    file().forEach((name, hex) -> read.append(name).append(" = ").append(hex).append('\n'));
    assertThat(read.toString()).isEqualTo(made.toString());
  }

  @Test
  void theEventsInTheFileAreTheSamples() throws IOException, Malformed {
    Map<String, String> file = file();
    for (Map.Entry<String, Event> sample : Samples.all().entrySet()) {
      byte[] bytes = HEX.parseHex(Objects.requireNonNull(file.get("event." + sample.getKey())));
      assertThat(Event.decode(bytes)).usingRecursiveComparison().isEqualTo(sample.getValue());
    }
  }

  @Test
  void theNameOfAConversationIsTheSameFromBothSides() {
    assertThat(ConversationName.ofTwo(Samples.BOB, Samples.ALICE))
        .isEqualTo(ConversationName.ofTwo(Samples.ALICE, Samples.BOB))
        .isNotEqualTo(ConversationName.ofTwo(Samples.ALICE, Samples.ALICE));
  }
}
