/**
 * Bytes to values and back, over a borrowed array.
 *
 * <p>No I/O, no growth, no retained references. Whatever bytes a peer sends, a decoder here answers
 * with a value or with {@link org.wayfolk.wire.Malformed}; it never allocates by a length it has
 * not checked against what is really there.
 */
@NullMarked
package org.wayfolk.wire;

import org.jspecify.annotations.NullMarked;
