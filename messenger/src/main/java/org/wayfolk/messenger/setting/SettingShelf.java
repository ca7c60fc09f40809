package org.wayfolk.messenger.setting;

import java.util.List;
import org.wayfolk.store.Resealing;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** The table of settings: names in clear, values sealed. */
final class SettingShelf implements Shelf {
  private static final String V1 =
      """
      CREATE TABLE setting_value (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        value BLOB NOT NULL
      ) STRICT;
      """;

  @Override
  public String name() {
    return "setting";
  }

  @Override
  public List<String> migrations() {
    return List.of(V1);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    Resealing.rows(tx, from, to, "setting_value", "id", List.of("value"));
  }
}
