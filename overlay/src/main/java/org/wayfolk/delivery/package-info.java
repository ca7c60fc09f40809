/**
 * Messages between two ends: sealed, receipted, repeated on other ways, delivered once.
 *
 * <p>Here are the sender's patience (copies, time-outs, repeats, exactly one outcome) and the
 * receiver's memory (which message ids are running, accepted or refused). Not here: finding the way
 * (routing), finding the key (rendezvous), who may send at all (admission), running the
 * application's handler (node).
 *
 * <p>Law: nothing unverified reaches the application, and nothing is called delivered before its
 * handler has accepted it. Threat: every forwarder may drop, delay, copy and replay; none may read,
 * alter, forge a receipt or make one message run twice.
 */
@NullMarked
package org.wayfolk.delivery;

import org.jspecify.annotations.NullMarked;
