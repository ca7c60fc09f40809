package org.wayfolk.house;

/**
 * One package of ours uses another.
 *
 * @param module the module in which the user was found
 * @param from the using package
 * @param to the used package
 * @param where the class or file, for the reader of a failure
 */
record Import(String module, String from, String to, String where) {}
