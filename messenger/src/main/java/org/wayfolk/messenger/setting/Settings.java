package org.wayfolk.messenger.setting;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wayfolk.messenger.work.Trouble;
import org.wayfolk.messenger.work.Turn;
import org.wayfolk.store.Row;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** Values by name. What a value means is its writer's. */
public final class Settings {
  /** Names: a page has some dozens of switches. */
  public static final int MAX_COUNT = 100;

  /** Characters of a name. */
  public static final int MAX_NAME = 64;

  /** Bytes of a value: a setting is no document. */
  public static final int MAX_VALUE = 4 * 1024;

  private static final String VALUE = "setting_value.value";

  /** The table. */
  public static Shelf tables() {
    return new SettingShelf();
  }

  /** All values by their names. */
  public Map<String, String> all(Tx tx, Vault vault) {
    Map<String, String> all = new TreeMap<>();
    tx.each(
        row -> all.put(row.text("name"), value(vault, row)),
        "SELECT id, name, value FROM setting_value");
    return all;
  }

  private static String value(Vault vault, Row row) {
    byte[] plain = vault.open(VALUE, Vault.row(row.i64("id")), row.blob("value"));
    return new String(plain, StandardCharsets.UTF_8);
  }

  /**
   * Sets a value.
   *
   * @param value null forgets it
   * @throws Trouble TOO_LONG, TOO_MANY, MALFORMED
   */
  public void set(Turn turn, String name, @Nullable String value) {
    if (name.isEmpty() || name.length() > MAX_NAME || !name.matches("[A-Za-z0-9_.-]+")) {
      throw new Trouble(
          Trouble.Reason.MALFORMED, "a setting is named by 1 to " + MAX_NAME + " letters");
    }
    Map<String, String> all = all(turn.tx(), turn.vault());
    String before = all.get(name);
    if (Objects.equals(before, value)) {
      return;
    }
    turn.tell(new SettingsChanged());
    if (value == null) {
      turn.tx().run("DELETE FROM setting_value WHERE name = ?", name);
      return;
    }
    byte[] plain = value.getBytes(StandardCharsets.UTF_8);
    if (plain.length > MAX_VALUE) {
      throw new Trouble(Trouble.Reason.TOO_LONG, MAX_VALUE + " bytes");
    }
    if (before == null && all.size() >= MAX_COUNT) {
      throw new Trouble(Trouble.Reason.TOO_MANY);
    }
    put(turn, name, plain);
  }

  private static void put(Turn turn, String name, byte[] plain) {
    Optional<Long> known =
        turn.tx().one(r -> r.i64("id"), "SELECT id FROM setting_value WHERE name = ?", name);
    // The row's number is part of what is sealed, and known only once the row is there.
    long id =
        known.orElseGet(() ->
            turn.tx().insert("INSERT INTO setting_value (name, value) VALUES (?, x'')", name));
    byte[] sealed = turn.vault().seal(VALUE, Vault.row(id), plain);
    turn.tx().run("UPDATE setting_value SET value = ? WHERE id = ?", sealed, id);
  }
}
