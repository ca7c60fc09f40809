package org.wayfolk.messenger.conversation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.event.Part;
import org.wayfolk.messenger.event.Texts;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.SearchIndex;

/**
 * Works out what a message shows, from the events that are here about it. Whatever the order in
 * which events come, and however often, the same events show the same: nothing here depends on what
 * was shown before, except that what was deleted stays so.
 */
final class Settling {
  private final Turn turn;
  private final Rows rows;
  private final SearchIndex search;
  private final Wholes texts;

  Settling(Turn turn, SearchIndex search) {
    this.turn = turn;
    this.rows = new Rows(turn.tx(), turn.vault());
    this.search = search;
    this.texts = new Wholes(rows);
  }

  /** A row was added: whatever it says is done, and so is what waited for it. */
  void arrived(Kept row, Body body) {
    switch (body) {
      case Body.Text b -> text(row, b.part());
      case Body.Edit b -> edit(row, b.part());
      case Body.Delete b -> delete(row);
      case Body.Reaction b -> changed(b.target(), row.talk());
      case Body.Gone b -> lineOf(row);
      case Body.Unknown b -> lineOf(row);
      case Body.Read b -> {}
      case Body.Name b -> {}
      case Body.Prekeys b -> {}
      case Body.Devices b -> {}
    }
  }

  private void lineOf(Kept row) {
    if (row.line()) {
      turn.tell(new Changed(row.talk(), row.id(), true, row.mine()));
    }
  }

  private void changed(EventId message, long talk) {
    rows.kept(message)
        .filter(m -> m.talk() == talk && m.line())
        .ifPresent(m -> turn.tell(new Changed(talk, m.id(), false, m.mine())));
  }

  private void text(Kept row, Part part) {
    if (part.first() == null) {
      message(row);
    } else {
      first(row, Kinds.TEXT)
          .ifPresentOrElse(
              m -> {
                if (m.gone()) {
                  scrub(row);
                } else {
                  message(m);
                }
              },
              () -> scrubIfDeleted(row));
    }
  }

  /** A further part whose first one is not here, of a message that is deleted already. */
  private void scrubIfDeleted(Kept part) {
    EventId first = part.target();
    if (first != null && isDeleted(first, part)) {
      scrub(part);
    }
  }

  /** The first part of what a further part belongs to, if it is here and of the same kind. */
  private Optional<Kept> first(Kept part, int kind) {
    EventId first = part.target();
    return first == null
        ? Optional.empty()
        : rows.kept(first).filter(f -> sameWriter(f, part) && f.kind() == kind && f.piece() >= 0);
  }

  private static boolean sameWriter(Kept one, Kept other) {
    return one.talk() == other.talk() && one.author() == other.author();
  }

  private void edit(Kept row, Part part) {
    if (part.first() == null) {
      settleEdit(row);
    } else {
      first(row, Kinds.EDIT)
          .ifPresent(e -> {
            if (e.gone()) {
              scrub(row);
            } else {
              settleEdit(e);
            }
          });
    }
  }

  private void settleEdit(Kept edit) {
    whole(edit);
    EventId target = edit.target();
    if (target == null) {
      return;
    }
    Optional<Kept> message = rows.kept(target).filter(m -> sameWriter(m, edit) && isMessage(m));
    if (message.isEmpty() ? isDeleted(target, edit) : message.get().gone()) {
      scrubAll(edit.id(), edit, Kinds.EDIT);
      scrub(edit);
    } else {
      message.ifPresent(this::show);
    }
  }

  /** Whether a row is a message: the first part of a text, or what took its place. */
  static boolean isMessage(Kept kept) {
    return kept.piece() >= 0 && (kept.kind() == Kinds.TEXT || kept.kind() == Kinds.GONE);
  }

  private void delete(Kept delete) {
    EventId target = delete.target();
    if (target == null) {
      return;
    }
    boolean forAll = delete.piece() == 1;
    rows.kept(target)
        .filter(m -> m.talk() == delete.talk())
        .filter(m -> !forAll || (sameWriter(m, delete) && isMessage(m)))
        .ifPresentOrElse(m -> remove(m, forAll), () -> scrubWhatWaits(target, delete));
  }

  private void message(Kept message) {
    Kept m = message;
    if (isDeleted(m.id(), m)) {
      remove(m, true);
      m = rows.kept(m.number()).orElseThrow();
    }
    if (isHidden(m)) {
      remove(m, false);
      m = rows.kept(m.number()).orElseThrow();
    }
    if (!m.gone()) {
      show(whole(m));
    }
  }

  /** Notes that a text or an edit has all its parts, if it has them now. */
  private Kept whole(Kept first) {
    if (first.piece() != 0 || !hasAllParts(first)) {
      return first;
    }
    rows.piece(first, 1);
    return rows.kept(first.number()).orElseThrow();
  }

  private boolean isDeleted(EventId message, Kept like) {
    return rows.about(message, like, Kinds.DELETE, like.author(), 1).isPresent();
  }

  private boolean isHidden(Kept message) {
    return rows.about(message.id(), message, Kinds.DELETE, 0, 0).isPresent();
  }

  /** Shows a message with its last edit, if it is whole. */
  private void show(Kept m) {
    if (m.piece() != 1) {
      return;
    }
    Optional<Kept> edit = rows.about(m.id(), m, Kinds.EDIT, m.author(), 1);
    String text = texts.joined(edit.orElse(m));
    if (Texts.bytes(text) > Texts.MAX) {
      return;
    }
    if (m.line()
        && m.has(Kept.EDITED) == edit.isPresent()
        && rows.words(m).filter(text::equals).isPresent()) {
      // A friend can send any number of edits that change nothing, and an index costs its length.
      return;
    }
    boolean own = edit.isEmpty() && texts.count(m) == 1;
    rows.show(m, edit.isEmpty() ? m.flags() : m.flags() | Kept.EDITED, own ? null : text);
    search.add(turn.tx(), turn.vault(), m.number(), text);
    turn.tell(new Changed(m.talk(), m.id(), !m.line(), m.mine()));
  }

  private boolean hasAllParts(Kept first) {
    for (int i = 1; i < texts.count(first); i++) {
      if (rows.further(first, i).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes a message away: its text, its parts, its edits, its reactions.
   *
   * @param forAll a line stays that says so; else nothing stays
   */
  void remove(Kept message, boolean forAll) {
    if (message.has(Kept.HIDDEN) || (message.has(Kept.DELETED) && forAll)) {
      return;
    }
    boolean line = forAll;
    int flags = message.flags() | (forAll ? Kept.DELETED : Kept.HIDDEN);
    boolean said = message.has(Kept.DELETED) || forAll;
    rows.replace(message, line, flags, without(message, said));
    scrubAll(message.id(), message, Kinds.TEXT);
    scrubEdits(message.id(), message);
    new Reactions(turn.tx(), turn.vault()).forget(message);
    search.remove(turn.tx(), message.number());
    if (line || message.line()) {
      turn.tell(new Changed(message.talk(), message.id(), line && !message.line(), message.mine()));
    }
  }

  private byte @Nullable [] without(Kept kept, boolean line) {
    // Without a sequence it is never sent again, so nothing has to stand in its place.
    return kept.sequence() == 0 ? null : rows.event(kept).gone(line).encode();
  }

  /** Edits and further parts of a deleted message that is not here. */
  private void scrubWhatWaits(EventId message, Kept delete) {
    if (delete.piece() == 1) {
      scrubEdits(message, delete);
      scrubAll(message, delete, Kinds.TEXT);
    }
  }

  private void scrubEdits(EventId message, Kept like) {
    List<Kept> some;
    do {
      some = rows.someAbout(message, like, Kinds.EDIT);
      for (Kept edit : some) {
        scrubAll(edit.id(), edit, Kinds.EDIT);
        scrub(edit);
      }
    } while (!some.isEmpty());
  }

  /** The further parts of a text or an edit. */
  private void scrubAll(EventId first, Kept like, int kind) {
    List<Kept> some;
    do {
      some = rows.someAbout(first, like, kind);
      some.forEach(this::scrub);
    } while (!some.isEmpty());
  }

  private void scrub(Kept kept) {
    rows.replace(kept, false, kept.flags() | Kept.HIDDEN, without(kept, false));
  }
}
