package org.wayfolk.messenger.conversation;

import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.Part;

/** Texts put together of their parts. */
record Wholes(Rows rows) {
  private Part part(Kept kept) {
    return switch (rows.event(kept).body()) {
      case Body.Text b -> b.part();
      case Body.Edit b -> b.part();
      default -> Part.WHOLE;
    };
  }

  /** In how many parts a text or an edit came. */
  int count(Kept first) {
    return part(first).count();
  }

  /** The text of all parts that are here. */
  String joined(Kept first) {
    StringBuilder text = new StringBuilder(own(first));
    for (int i = 1; i < count(first); i++) {
      text.append(rows.further(first, i).map(this::own).orElse(""));
    }
    return text.toString();
  }

  private String own(Kept kept) {
    return switch (rows.event(kept).body()) {
      case Body.Text b -> b.text();
      case Body.Edit b -> b.text();
      default -> "";
    };
  }
}
