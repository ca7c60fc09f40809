/**
 * How a connection becomes a link, what a node says about itself, and that there is one link a
 * peer.
 *
 * <p>TLS has proved the key at the other end before anything here runs; the hello binds that key to
 * one connection, one network and one role, and brings the signed record. Not here: whom to dial
 * ({@code routing}), what a frame of a proven link may cost ({@code admission}).
 *
 * <p>The threat: whatever is proven on one connection must be worth nothing on another, and two
 * ends that dialled each other must not close each other's link. So the signature covers both
 * nonces and both certificates (security.md 3), and which of two links stays is decided by values
 * that both ends hold. Law: no signature is made or checked on the loop for a stranger.
 */
@NullMarked
package org.wayfolk.hello;

import org.jspecify.annotations.NullMarked;
