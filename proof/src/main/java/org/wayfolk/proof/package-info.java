/**
 * Long proofs, run by hand: whole networks of simulated people over hours, whose results are
 * committed under docs/proof. Nobody uses this module.
 */
@NullMarked
package org.wayfolk.proof;

import org.jspecify.annotations.NullMarked;
