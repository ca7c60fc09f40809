package org.wayfolk.messenger.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.store.SearchIndex;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/**
 * Conversations as one snapshot shows them, for whoever draws them. Made for one transaction, on
 * its thread; throws {@link Trouble} UNKNOWN for what is not there.
 */
public final class Reading {
  /** Texts of one message that are handed over: who edits more often is a program. */
  private static final int MAX_VERSIONS = 100;

  private final Tx tx;
  private final SearchIndex search;
  private final Showing showing;
  private final Rows rows;
  private final Desk desk;

  Reading(Tx tx, Vault vault, Around around, SearchIndex search) {
    this.tx = tx;
    this.search = search;
    this.showing = new Showing(tx, vault, around);
    this.rows = new Rows(tx, vault);
    this.desk = new Desk(tx, vault);
  }

  /**
   * The list of conversations: pinned ones first, then those with the newest line.
   *
   * @param after only those behind this one's; null from the first
   * @param count 1 to 1,000
   */
  public List<Brief> list(@Nullable Long after, int count) {
    return desk.items(after, most(count)).stream().map(this::brief).toList();
  }

  /** One conversation as the list shows it. */
  public Brief brief(long friend) {
    return brief(desk.item(friend).orElse(new Desk.Item(friend, Brief.Choices.NONE)));
  }

  private Brief brief(Desk.Item item) {
    int unread = rows.unread(item.number());
    return new Brief(
        item.number(),
        item.choices(),
        unread,
        unread == 0 ? null : desk.firstUnread(item.number()).orElse(null),
        rows.draft(item.number()),
        rows.last(item.number(), 1).stream().findFirst().map(this::line).orElse(null));
  }

  /** What is chosen for a conversation. */
  public Brief.Choices choices(long friend) {
    return desk.item(friend).map(Desk.Item::choices).orElse(Brief.Choices.NONE);
  }

  /** What is chosen, by numbers; those for which nothing is chosen are left out. */
  public Map<Long, Brief.Choices> chosen() {
    return desk.chosen();
  }

  /**
   * How many conversations have lines that are not read, without those that are muted; at most a
   * thousand.
   */
  public int unread() {
    return desk.unread();
  }

  /** Lines of all conversations: every row of an index is looked at. */
  public long lines() {
    return desk.lines();
  }

  /** How many conversations there are. */
  public int conversations() {
    return desk.talks();
  }

  /**
   * Some lines of a conversation.
   *
   * @param count 1 to 1,000
   */
  public Page page(long friend, Window window, int count) {
    int most = most(count);
    return switch (window) {
      case Window.Newest() -> {
        List<Kept> older = rows.last(friend, most + 1);
        yield page(first(older, most).reversed(), older.size() <= most, true);
      }
      case Window.Before(EventId id) -> {
        byte[] place = place(friend, id);
        List<Kept> older = rows.lastBefore(friend, place, most + 1);
        boolean end = rows.from(friend, place, true, 1).isEmpty();
        yield page(first(older, most).reversed(), older.size() <= most, end);
      }
      case Window.After(EventId id) -> {
        byte[] place = place(friend, id);
        List<Kept> newer = rows.from(friend, place, false, most + 1);
        boolean start =
            rows.lastBefore(friend, place, 1).isEmpty()
                && rows.kept(id).filter(Kept::line).isEmpty();
        yield page(first(newer, most), start, newer.size() <= most);
      }
      case Window.Around(EventId id) -> around(friend, place(friend, id), most);
    };
  }

  /** As many before as after; where there are fewer on one side, more of the other. */
  private Page around(long friend, byte[] place, int most) {
    List<Kept> older = rows.lastBefore(friend, place, most + 1);
    List<Kept> newer = rows.from(friend, place, true, most + 1);
    int before = Math.min(older.size(), Math.max(most / 2, most - newer.size()));
    int after = Math.min(newer.size(), most - before);
    List<Kept> all = new ArrayList<>(first(older, before).reversed());
    all.addAll(first(newer, after));
    return page(all, older.size() <= before, newer.size() <= after);
  }

  private byte[] place(long friend, EventId id) {
    return rows.kept(id)
        .filter(k -> k.talk() == friend)
        .orElseThrow(() -> new Trouble(Trouble.Reason.UNKNOWN, id.toString()))
        .place();
  }

  private static List<Kept> first(List<Kept> lines, int count) {
    return lines.subList(0, Math.min(lines.size(), count));
  }

  private Page page(List<Kept> lines, boolean start, boolean end) {
    return new Page(lines.stream().map(this::line).toList(), start, end);
  }

  private static int most(int count) {
    return Math.clamp(count, 1, Showing.MAX_LINES);
  }

  /** One line. */
  public Line line(EventId id) {
    return line(showing.line(id));
  }

  /** One line by the beginning of its id, at least 6 hex digits; also AMBIGUOUS, MALFORMED. */
  public Line line(String prefix) {
    return line(showing.found(prefix));
  }

  private Line line(Kept kept) {
    return with(showing.show(kept));
  }

  /** A line with what stands around it. */
  private Line with(Shown shown) {
    EventId replyTo = shown.replyTo();
    return new Line(
        shown,
        replyTo == null ? null : quote(shown.conversation(), replyTo).orElse(null),
        shown.mine() ? new SentKeys(tx).key(shown.id()).orElse(null) : null);
  }

  private Optional<Line.Quote> quote(long friend, EventId id) {
    return rows.kept(id)
        .filter(k -> k.talk() == friend && k.line())
        .map(k ->
            new Line.Quote(
                id, k.author(), rows.words(k).map(Line::cut).orElse(""), k.has(Kept.DELETED)));
  }

  /**
   * The texts that a message had, the first one first; none of one that is deleted. Of very many
   * the last ones.
   */
  public List<Version> versions(EventId message) {
    Kept kept = showing.line(message);
    if (kept.gone() || kept.note() != null) {
      return List.of();
    }
    Wholes texts = new Wholes(rows);
    List<Version> all = new ArrayList<>();
    if (kept.piece() == 1) {
      all.add(new Version(texts.joined(kept), kept.at()));
    }
    for (Kept edit : rows.wholeEdits(kept, MAX_VERSIONS - 1).reversed()) {
      all.add(new Version(texts.joined(edit), edit.at()));
    }
    return all;
  }

  /** Lines that have all words of the query, the last as a beginning; those stored last first. */
  public List<Line> search(String query, @Nullable Long friend, int count) {
    return showing.search(search, query, friend, count).stream().map(this::with).toList();
  }

  /** The last line of each conversation that has one, the most recent first. */
  public List<Line> newest(int count) {
    return showing.conversations(count).stream().map(this::with).toList();
  }
}
