package org.wayfolk.store;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wayfolk.store.Words.Word;

/**
 * Full-text search that shows no word to whoever reads the disk: an FTS5 table of keyed tokens in
 * place of words.
 *
 * <p>Each word becomes one token for itself and one for each of its beginnings; a run of a script
 * without spaces one for each character and each pair of neighbours. A token is 60 bits of {@link
 * Vault#tag}. What shows: how many tokens a document has, and which documents share one, so a thief
 * who knows the language may guess frequent words by counting; {@code docs/protocol/store.md}.
 *
 * <p>{@link #rekey} drops everything, since the index does not hold the words: whoever owns the
 * texts adds them again, in its own {@code rekey}, which always runs after this one.
 */
public final class SearchIndex implements Shelf {

  /** Beginnings that are indexed: who typed 12 letters of a word has found it. */
  static final int MAX_PREFIX = 12;

  /** Words of a query that count: more only make it slower. */
  static final int MAX_QUERY_WORDS = 32;

  private static final String TABLE = "search_token";
  private static final String KIND = "search_token";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int TOKEN_LETTERS = 12;

  /** A table of tokens and nothing else. */
  public SearchIndex() {}

  @Override
  public String name() {
    return "search";
  }

  @Override
  public List<String> migrations() {
    return List.of(
        "CREATE VIRTUAL TABLE search_token USING fts5(tokens, content='', contentless_delete=1,"
            + " detail=none, tokenize='ascii');"
            + "INSERT INTO search_token(search_token, rank) VALUES ('secure-delete', 1);");
  }

  /** Drops all: the tokens of the old key lead nowhere under the new one. */
  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    tx.run("INSERT INTO search_token(search_token) VALUES ('delete-all')");
  }

  /** Makes a text findable as {@code doc}, in place of what {@code doc} was before. */
  public void add(Tx tx, Vault vault, long doc, String text) {
    Set<String> tokens = new LinkedHashSet<>();
    for (Word word : Words.of(text)) {
      if (word.pairs()) {
        pairs(vault, word, true, tokens);
      } else {
        tokens.add(token(vault, "w", word.text()));
        int longest = Math.min(MAX_PREFIX, word.points().length);
        for (int length = 1; length <= longest; length++) {
          tokens.add(token(vault, "p", word.text(0, length)));
        }
      }
    }
    if (tokens.isEmpty()) {
      remove(tx, doc);
    } else {
      tx.run(
          "INSERT OR REPLACE INTO " + TABLE + "(rowid, tokens) VALUES (?, ?)",
          doc,
          String.join(" ", tokens));
    }
  }

  /** Forgets a document; nothing if it is not there. */
  public void remove(Tx tx, long doc) {
    tx.run("DELETE FROM " + TABLE + " WHERE rowid = ?", doc);
  }

  /**
   * Finds the documents that hold all words of the query, the highest number first. The last word
   * counts as a beginning (cut to {@value #MAX_PREFIX} letters), the others whole.
   *
   * @param limit how many at most
   */
  public List<Long> find(Tx tx, Vault vault, String query, int limit) {
    List<Word> words = Words.of(query);
    Set<String> tokens = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(words.size(), MAX_QUERY_WORDS); i++) {
      Word word = words.get(i);
      if (word.pairs()) {
        pairs(vault, word, word.points().length == 1, tokens);
      } else if (i == words.size() - 1) {
        int length = Math.min(MAX_PREFIX, word.points().length);
        tokens.add(token(vault, "p", word.text(0, length)));
      } else {
        tokens.add(token(vault, "w", word.text()));
      }
    }
    if (tokens.isEmpty()) {
      return List.of();
    }
    return tx.list(
        row -> row.i64("doc"),
        "SELECT rowid AS doc FROM "
            + TABLE
            + " WHERE search_token MATCH ? ORDER BY rowid DESC LIMIT ?",
        "\"" + String.join("\" AND \"", tokens) + "\"",
        limit);
  }

  private static void pairs(Vault vault, Word word, boolean single, Set<String> tokens) {
    for (int i = 0; i < word.points().length; i++) {
      if (single) {
        tokens.add(token(vault, "c", word.text(i, i + 1)));
      }
      if (i > 0) {
        tokens.add(token(vault, "c", word.text(i - 1, i + 1)));
      }
    }
  }

  private static String token(Vault vault, String form, String word) {
    byte[] tag =
        vault.tag(
            KIND, form.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (tag[i] & 0xFF);
    }
    StringBuilder letters = new StringBuilder(TOKEN_LETTERS);
    for (int i = 0; i < TOKEN_LETTERS; i++) {
      letters.append(LETTERS.charAt((int) (bits >>> (5 * i)) & 31));
    }
    return letters.toString();
  }
}
