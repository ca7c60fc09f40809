/**
 * The result of a run as one HTML file that needs nothing else: its charts are drawn here as SVG,
 * its style is inside, no script runs, and its policy lets nothing be fetched. It judges nothing
 * and knows no run: it reads the figures alone, and draws of them what is there. Texts of a result
 * are never markup.
 */
@NullMarked
package org.wayfolk.simulator.report;

import org.jspecify.annotations.NullMarked;
