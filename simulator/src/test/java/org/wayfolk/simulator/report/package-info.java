/** Tests of the page of a result. */
@NullMarked
package org.wayfolk.simulator.report;

import org.jspecify.annotations.NullMarked;
