/**
 * Benchmarks (JMH). Nothing imports them and no test depends on their figures: on a shared machine
 * a figure is an observation, with the load written beside it.
 */
@NullMarked
package org.wayfolk.bench;

import org.jspecify.annotations.NullMarked;
