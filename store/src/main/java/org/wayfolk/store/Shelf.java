package org.wayfolk.store;

import java.util.List;

/**
 * The tables of one room: how they are made, and how they follow a new profile key.
 *
 * <p>A shelf's migrations are SQL scripts numbered from 1. A script that has been released is never
 * edited; what changes later is a further script. All that are missing run in one transaction when
 * the store opens. Tables are STRICT and their names begin with the shelf's.
 */
public interface Shelf {

  /** Name in the file, for ever: {@code [a-z][a-z0-9_]*}, at most 32 characters. */
  String name();

  /** Scripts of one or more statements each; the n-th (from 1) brings the tables to version n. */
  List<String> migrations();

  /**
   * Writes every sealed value and every tag of this shelf anew: read with {@code from}, write with
   * {@code to}. Called inside the one transaction that changes the profile key; whatever it leaves
   * under the old key cannot be read afterwards. Must go through its rows piecemeal ({@link
   * Resealing} does): a database may be larger than memory.
   */
  void rekey(Tx tx, Vault from, Vault to);
}
