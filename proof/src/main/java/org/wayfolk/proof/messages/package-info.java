/**
 * The proof that no message is lost: simulated people write to each other for days while their
 * machines are killed and their disks lose power, and judges compare what each was shown with what
 * is there.
 *
 * <p>The people know a messenger only as {@link org.wayfolk.proof.messages.Home} and {@link
 * org.wayfolk.proof.messages.Life}, and the judges know only what the people were shown: a twin of
 * the messenger with planted faults shows in the tests that each judge catches its kind.
 */
@NullMarked
package org.wayfolk.proof.messages;

import org.jspecify.annotations.NullMarked;
