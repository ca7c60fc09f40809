/**
 * Keys: who a node is, what it may sign, how much work stands behind its name, and how bytes are
 * sealed to it.
 *
 * <p>Here are the {@link org.wayfolk.identity.Crypto} seam with its two providers, the private
 * {@link org.wayfolk.identity.Identity}, the public {@link org.wayfolk.identity.PublicIdentity},
 * HPKE, the rotating sealing keys and the certificate of a link. Not here: the network, any clock,
 * any source of randomness (both are arguments), any decision whom to trust.
 *
 * <p>Two threats shape it. First, two nodes that disagree whether a signature is valid can be
 * driven apart: so every verdict is decided by checks of our own before a provider is asked, and
 * both providers pass the same vectors. Second, a key that signs anything it is shown signs an
 * attacker's message one day: so there is no raw {@code sign}.
 */
@NullMarked
package org.wayfolk.identity;

import org.jspecify.annotations.NullMarked;
