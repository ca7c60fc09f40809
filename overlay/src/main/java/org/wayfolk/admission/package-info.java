/**
 * Every gate that something untrusted must pass, cheap first, each refusal counted under its
 * reason.
 *
 * <p>Two doors. {@link org.wayfolk.admission.Admission#admit}: each frame of a proven link, before
 * any room sees it. And the envelopes that end here: form, freshness, work, budgets, replay,
 * whether the sender is wanted, then the signature on a worker. Not here: deciding the way
 * (routing), what a payload means (the rooms above).
 *
 * <p>Threat: a forger has everything but the key. So until a signature verifies, a frame is charged
 * to its link and to nobody else: origin budgets and the replay window are read before and written
 * after. Else a forged frame would spend its victim's budget and make the genuine one a duplicate.
 */
@NullMarked
package org.wayfolk.admission;

import org.jspecify.annotations.NullMarked;
