/**
 * Keeps the house in order: what the design says about all the code, as tests over all the code,
 * and the formatter.
 *
 * <p>It judges every other module and is used by none. It is not a style guide: a rule stands here
 * only if a machine can decide it, and each has a canary test which shows that it can fail. The law
 * that shapes it: imports go down.
 */
@NullMarked
package org.wayfolk.house;

import org.jspecify.annotations.NullMarked;
