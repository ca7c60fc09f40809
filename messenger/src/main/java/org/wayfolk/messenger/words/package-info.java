/**
 * Words that people read to each other or write on paper: the 24 words of a recovery phrase, the
 * words of a spoken code and of a verification. Knows lists and checksums, not what the words are
 * for.
 */
@NullMarked
package org.wayfolk.messenger.words;

import org.jspecify.annotations.NullMarked;
