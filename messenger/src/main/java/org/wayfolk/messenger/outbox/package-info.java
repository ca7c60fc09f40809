/**
 * Messages on their way: a journal of events, and for each device whether it has them. Law: what
 * was shown as sent or delivered survives any crash.
 */
@NullMarked
package org.wayfolk.messenger.outbox;

import org.jspecify.annotations.NullMarked;
