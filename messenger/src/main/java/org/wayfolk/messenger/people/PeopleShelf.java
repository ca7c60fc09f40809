package org.wayfolk.messenger.people;

import java.util.List;
import org.wayfolk.store.Shelf;
import org.wayfolk.store.Tx;
import org.wayfolk.store.Vault;

/** The tables of me and of my friends. */
final class PeopleShelf implements Shelf {
  @Override
  public String name() {
    return "people";
  }

  @Override
  public List<String> migrations() {
    return List.of(MyRow.TABLE + FriendRows.TABLES);
  }

  @Override
  public void rekey(Tx tx, Vault from, Vault to) {
    new MyRow(tx, from).rekey(to);
    new FriendRows(tx, from).rekey(to);
  }
}
