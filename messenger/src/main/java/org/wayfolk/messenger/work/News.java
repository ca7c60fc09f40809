package org.wayfolk.messenger.work;

/**
 * Something that became true and is on disk. Each room has records of its own; listeners switch
 * over those they know and pass by the others.
 */
public interface News {}
