package org.wayfolk.messenger.keep;

import java.util.List;

/**
 * A table of which rows go into a backup.
 *
 * @param id the integer primary key under which its values are sealed; empty if none are
 * @param sealed columns sealed as {@link org.wayfolk.store.Resealing} says; travel opened, inside
 *     the sealed file
 * @param left columns that stay behind: their default stands in their place, or empty bytes until
 *     their room fills them
 * @param where which rows
 */
record Table(String name, String id, List<String> sealed, List<String> left, String where) {

  /**
   * What is a person's own. A new column goes along by itself, a new sealed one has to be named
   * here; a test compares this with the tables as they are.
   */
  static final List<Table> ALL =
      List.of(
          new Table(
              "people_me",
              "id",
              List.of("entropy", "root", "claim", "name", "list"),
              List.of("device"),
              "1"),
          new Table(
              "people_friend", "id", List.of("claim", "name", "list"), List.of(), "proposed = 0"),
          new Table(
              "people_device",
              "",
              List.of(),
              List.of(),
              "friend IN (SELECT id FROM people_friend WHERE proposed = 0)"),
          new Table("conversation_talk", "number", List.of("name", "draft"), List.of(), "1"),
          new Table("conversation_event", "number", List.of("bytes", "text"), List.of(), "1"),
          new Table("conversation_writer", "", List.of(), List.of(), "1"),
          new Table("conversation_reaction", "number", List.of("emoji"), List.of(), "1"),
          new Table("conversation_setting", "", List.of(), List.of(), "1"),
          // Who asks again after a restoration sends nothing twice.
          new Table("conversation_key", "", List.of(), List.of(), "1"),
          new Table("setting_value", "id", List.of("value"), List.of(), "1"),
          // What waits goes on, in new sessions, under the same ids; how far the rest came is told.
          new Table("outbox_journal", "id", List.of("bytes"), List.of(), "1"),
          new Table(
              "outbox_delivery", "", List.of(), List.of("payload", "flight", "replaces"), "1"));

  boolean isSealed(String column) {
    return sealed.contains(column);
  }

  String place(String column) {
    return name + "." + column;
  }
}
