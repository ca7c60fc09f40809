package org.wayfolk.messenger.conversation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.wayfolk.messenger.event.Body;
import org.wayfolk.messenger.event.EventId;
import org.wayfolk.store.Row;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** The rows of reactions: for each person, message and emoji the last word. */
record Reactions(Tx tx, Vault vault) {
  private static final String EMOJI = "conversation_reaction.emoji";

  /** What one person says with one emoji about one message: the last in order counts. */
  boolean react(Talk talk, long author, Body.Reaction what, byte[] place) {
    byte[] emoji = what.emoji().getBytes(StandardCharsets.UTF_8);
    byte[] target = what.target().bytes();
    byte[] tag = tag(what.target(), emoji);
    int changed =
        tx.run(
            "UPDATE conversation_reaction SET active = ?, place = ?"
                + " WHERE talk = ? AND target = ? AND author = ? AND emoji_tag = ? AND place < ?",
            what.on(),
            place,
            talk.number(),
            target,
            author,
            tag,
            place);
    if (changed > 0) {
      return true;
    }
    long number =
        tx.one(
                row -> row.i64("next"),
                "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM conversation_reaction")
            .orElseThrow();
    return tx.run(
            "INSERT OR IGNORE INTO conversation_reaction"
                + " (number, talk, target, author, emoji_tag, emoji, place, active)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            number,
            talk.number(),
            target,
            author,
            tag,
            vault.seal(EMOJI, Vault.row(number), emoji),
            place,
            what.on())
        > 0;
  }

  void retag(long number) {
    tx.one(
            row -> tag(EventId.of(row.blob("target")), emoji(number, row)),
            "SELECT target, emoji FROM conversation_reaction WHERE number = ?",
            number)
        .ifPresent(tag ->
            tx.run("UPDATE conversation_reaction SET emoji_tag = ? WHERE number = ?", tag, number));
  }

  void forget(Kept message) {
    tx.run(
        "DELETE FROM conversation_reaction WHERE talk = ? AND target = ?",
        message.talk(),
        message.id().bytes());
  }

  /** The reactions of one person to a message, the first {@code count} in order. */
  List<Shown.Reaction> of(Kept message, long author, int count) {
    return tx.list(
        row ->
            new Shown.Reaction(
                author, new String(emoji(row.i64("number"), row), StandardCharsets.UTF_8)),
        "SELECT number, emoji FROM conversation_reaction"
            + " WHERE active = 1 AND talk = ? AND target = ? AND author = ? ORDER BY place LIMIT ?",
        message.talk(),
        message.id().bytes(),
        author,
        count);
  }

  private byte[] emoji(long number, Row row) {
    return vault.open(EMOJI, Vault.row(number), row.blob("emoji"));
  }

  /** The tag by which one emoji on one message is found. */
  private byte[] tag(EventId target, byte[] emoji) {
    return vault.tag(EMOJI, target.bytes(), emoji);
  }
}
