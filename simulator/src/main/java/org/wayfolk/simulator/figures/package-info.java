/**
 * What every simulation tells in the same form: figures in a fixed order as JSON, histograms, and a
 * line of progress. It knows nothing of networks, reads no clock and no disk: what a run cost this
 * machine is measured by the command line and put under keys that begin with {@code wall} or {@code
 * rss}, so that all else of a result is a function of the command and its seed.
 */
@NullMarked
package org.wayfolk.simulator.figures;

import org.jspecify.annotations.NullMarked;
