package org.wayfolk.messenger;

import java.util.List;

/**
 * What two friends compare to be sure of each other.
 *
 * @param words twelve words, the same at both; to be read aloud
 * @param qr text of the code that the other scans
 */
public record Verifying(List<String> words, String qr) {}
