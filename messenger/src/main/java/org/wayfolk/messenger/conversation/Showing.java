package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Lines as they are to be shown now. Only reads. */
final class Showing {
  /** Reactions of one person to one message that are shown; more would only be noise. */
  static final int MAX_REACTIONS = 8;

  /** Lines of one page; a reader that wants more asks again. */
  static final int MAX_LINES = 1_000;

  /** Documents that a search looks through for lines of one friend. */
  private static final int MAX_FOUND = 100_000;

  private static final int MIN_PREFIX = 6;

  private final Tx tx;
  private final Vault vault;
  private final Around around;
  private final Rows rows;

  Showing(Tx tx, Vault vault, Around around) {
    this.tx = tx;
    this.vault = vault;
    this.around = around;
    this.rows = new Rows(tx, vault);
  }

  List<Shown> history(long friend, @Nullable EventId before, int count) {
    int most = Math.clamp(count, 1, MAX_LINES);
    List<Kept> lines;
    if (before == null) {
      lines = rows.last(friend, most);
    } else {
      Kept end =
          rows.kept(before).filter(k -> k.talk() == friend).orElseThrow(() -> unknown(before));
      lines = rows.lastBefore(friend, end.place(), most);
    }
    return show(lines).reversed();
  }

  List<Shown> conversations(int count) {
    List<Kept> last = new ArrayList<>();
    for (long talk : new Desk(tx, vault).byNewest()) {
      if (last.size() >= count) {
        break;
      }
      last.addAll(rows.last(talk, 1));
    }
    return show(last);
  }

  List<Shown> search(SearchIndex index, String query, @Nullable Long friend, int count) {
    int most = Math.clamp(count, 1, MAX_LINES);
    int limit = most;
    while (true) {
      List<Long> found = index.find(tx, vault, query, limit);
      List<Kept> lines = new ArrayList<>();
      for (long number : found) {
        Optional<Kept> line = lines.size() < most ? rows.kept(number) : Optional.empty();
        line.filter(k -> k.line() && (friend == null || k.talk() == friend)).ifPresent(lines::add);
      }
      if (lines.size() >= most || found.size() < limit || limit >= MAX_FOUND) {
        return show(lines);
      }
      limit = Math.min(4 * limit, MAX_FOUND);
    }
  }

  Shown message(EventId id) {
    return show(line(id));
  }

  Shown message(String prefix) {
    return show(found(prefix));
  }

  /** The line of a beginning of its id, as kept. */
  Kept found(String prefix) {
    String hex = prefix.strip().toLowerCase(Locale.ROOT);
    int digits = 2 * EventId.BYTES;
    if (hex.length() < MIN_PREFIX
        || hex.length() > digits
        || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new Trouble(
          Trouble.Reason.MALFORMED, "a message is named by 6 to " + digits + " hex digits");
    }
    List<Kept> found = rows.between(filled(hex, '0', digits), filled(hex, 'f', digits), MIN_PREFIX);
    if (found.isEmpty()) {
      throw new Trouble(Trouble.Reason.UNKNOWN, prefix);
    }
    if (found.size() > 1) {
      List<String> ids = found.stream().map(k -> k.id().toString()).toList();
      throw new Trouble(Trouble.Reason.AMBIGUOUS, String.join(", ", ids));
    }
    return found.getFirst();
  }

  private static byte[] filled(String hex, char with, int digits) {
    char[] rest = new char[digits - hex.length()];
    Arrays.fill(rest, with);
    return HexFormat.of().parseHex(hex + new String(rest));
  }

  /** The line of an id, as kept. */
  Kept line(EventId id) {
    return rows.kept(id).filter(Kept::line).orElseThrow(() -> unknown(id));
  }

  private static Trouble unknown(EventId id) {
    return new Trouble(Trouble.Reason.UNKNOWN, id.toString());
  }

  private List<Shown> show(List<Kept> lines) {
    List<Shown> shown = new ArrayList<>(lines.size());
    lines.forEach(k -> shown.add(show(k)));
    return Collections.unmodifiableList(shown);
  }

  Shown show(Kept kept) {
    Note note = note(kept);
    boolean whole = note == null && !kept.gone();
    // Opened once: a page opens some hundred.
    Body body = whole ? rows.event(kept).body() : null;
    return new Shown(
        kept.id(),
        kept.talk(),
        kept.author(),
        kept.at(),
        kept.received(),
        body == null ? "" : rows.words(kept, body).orElse(""),
        note == null ? state(kept, body) : State.RECEIVED,
        note,
        kept.has(Kept.EDITED) && !kept.gone(),
        kept.has(Kept.DELETED),
        body instanceof Body.Text text ? text.replyTo() : null,
        whole ? reactions(kept) : List.of(),
        kept.place());
  }

  private static @Nullable Note note(Kept kept) {
    String key = kept.note();
    if (key != null) {
      return Note.valueOf(key.toUpperCase(Locale.ROOT));
    }
    return kept.kind() == Kinds.TEXT || kept.kind() == Kinds.GONE ? null : Note.FROM_NEWER_VERSION;
  }

  private List<Shown.Reaction> reactions(Kept kept) {
    Reactions reactions = new Reactions(tx, vault);
    List<Shown.Reaction> all = new ArrayList<>(reactions.of(kept, 0, MAX_REACTIONS));
    if (kept.talk() != Talk.NOTES_NUMBER) {
      all.addAll(reactions.of(kept, kept.talk(), MAX_REACTIONS));
    }
    return List.copyOf(all);
  }

  /** Of a message in parts, the part that is least far. */
  private State state(Kept kept, @Nullable Body body) {
    if (kept.author() != 0) {
      return State.RECEIVED;
    }
    if (kept.readAt() > 0) {
      return State.READ;
    }
    if (kept.talk() == Talk.NOTES_NUMBER) {
      return State.DELIVERED;
    }
    State least = State.DELIVERED;
    for (EventId id : Saying.pieces(rows, kept, body)) {
      State state = around.carried(tx, kept.talk(), id).orElseGet(() -> known(kept));
      if (rank(state) < rank(least)) {
        least = state;
      }
    }
    return least;
  }

  /** Without deliveries of ours, what the friend has seen says how far it came. */
  private State known(Kept kept) {
    Talk talk = rows.talk(kept.talk()).orElseThrow();
    Writers.Writer writer = new Writers(tx).of(talk, 0, kept.device());
    return kept.sequence() <= writer.theirs() ? State.DELIVERED : State.SENT;
  }

  static int rank(State state) {
    return switch (state) {
      case FAILED -> 0;
      case QUEUED -> 1;
      case SENT -> 2;
      case DELIVERED, RECEIVED -> 3;
      case READ -> 4;
    };
  }
}
